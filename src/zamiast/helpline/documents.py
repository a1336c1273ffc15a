"""Documents of cases: checked by content and size, kept outside the web root.

A file is stored under a random name in ``home()/documents`` and never served as what it
says it is. The original name passes the doorway like any other typed text.

Who may: a specialist in every case; in a case whose matter needs no specialist, whoever has
taken it, and nobody else at the desk. Each look is an event that the holder sees.

>>> kind_of(b"%PDF-1.7 ..."), kind_of(b"<html>"), kind_of(b"MZ")
('pdf', None, None)
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zamiast.audit.services import Actor, Purpose, record, record_refusal
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.guardianship.services.deciding import require_specialist
from zamiast.helpline.casework import MATTERS
from zamiast.helpline.models import LARGEST_DOCUMENT, Case, Document
from zamiast.helpline.moves import WORKING
from zamiast.login.models import Role, User
from zamiast.verification.services import consultant as staff

_ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",)}
_BEGINNINGS = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))


def kind_of(content: bytes) -> str | None:
    """What the content is, told by its first bytes; None for what is not taken."""
    return next((kind for start, kind in _BEGINNINGS if content.startswith(start)), None)


def add_document(case_number: int, *, name: str, content: bytes, by: User) -> Document:
    """Keep a document of a case. The file is whole on the disk before its row is there.

    Raises NotAllowed for whoever may not see it, NotFound without such a case, Conflict for
    one that ended, BadInput for what is empty, larger than 10 MB, or neither PDF, JPEG nor PNG.
    """
    case = Case.objects.filter(pk=case_number).first()
    who = _may(case, by)
    if case is None:
        raise NotFound("helpline.no_case")
    if by.role != Role.SPECIALIST and case.state not in WORKING:
        raise Conflict("helpline.other_state")
    kind = kind_of(content)
    if len(content) > LARGEST_DOCUMENT:
        raise BadInput("helpline.document_too_large")
    if kind is None:
        raise BadInput("helpline.document_kind")
    document = Document(
        case=case, name=Path(name).name[:200] or kind, kind=kind, size=len(content),
        sha256=hashlib.sha256(content).digest(), added_by_name=who.name,
    )  # fmt: skip
    place = _write(document.pk, content)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            record(_event(case, "added"), by=who, account=case.account_id,
                   purpose=_purpose(case))  # fmt: skip
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return document


def read_document(case_number: int, document: UUID, *, by: User) -> tuple[Document, bytes]:
    """A document to read; the event is committed before the bytes leave.

    Raises NotAllowed for whoever may not see it, NotFound, also where the file is not what
    was stored.
    """
    found = Document.objects.select_related("case").filter(pk=document, case=case_number).first()
    if found is None:
        purpose = Purpose(case=case_number)
        record_refusal("document.read", by=staff(by), outcome="not_found", purpose=purpose)
        raise NotFound("helpline.no_document")
    try:
        who = _may(found.case, by)
    except NotAllowed:
        record_refusal(
            _event(found.case, "read"), by=staff(by), outcome="refused",
            account=found.case.account_id, purpose=_purpose(found.case),
        )  # fmt: skip
        raise
    with transaction.atomic():
        record(_event(found.case, "read"), by=who, account=found.case.account_id,
               purpose=_purpose(found.case))  # fmt: skip
    try:
        content = _place(found.pk).read_bytes()
    except OSError as error:
        raise NotFound("helpline.no_document") from error
    if hashlib.sha256(content).digest() != bytes(found.sha256):
        raise NotFound("helpline.document_damaged")
    return found, content


def file_name(name: str, kind: str) -> str:
    """The name under which a document is saved: it ends as its content does.

    A PDF that is a web page too, and is called one, would run where it is opened.

    >>> file_name("wyrok.PDF", "pdf"), file_name("wyrok.html", "pdf"), file_name("skan", "jpeg")
    ('wyrok.PDF', 'wyrok.html.pdf', 'skan.jpg')
    """
    endings = _ENDINGS.get(kind, ())
    return name if name.lower().endswith(endings) else f"{name}{endings[0] if endings else '.bin'}"


def documents_of(case_number: int) -> list[Document]:
    """The documents of a case, the oldest first."""
    return list(Document.objects.filter(case=case_number).order_by("added_at"))


def can_open(case: Case, by: User) -> bool:
    """Whether the documents of a case are for this member of staff."""
    return by.role == Role.SPECIALIST or (case.matter not in MATTERS and case.owner_id == by.pk)


def _may(case: Case | None, by: User) -> Actor:
    """Who handles a document, as the actor of its event. Raises NotAllowed."""
    if by.role == Role.SPECIALIST or (case and case.matter in MATTERS):
        return require_specialist(by)
    if case and not can_open(case, by):
        raise NotAllowed("helpline.document_not_yours", "Take the case first.")
    return staff(by)


def _event(case: Case, verb: str) -> str:
    """What the holder reads: a specialist at a case about access, or whoever has the case."""
    return f"document.{verb}" if case.matter in MATTERS else f"case.document_{verb}"


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DOCUMENTS)


def _place(document: UUID) -> Path:
    return folder() / document.hex[:2] / document.hex


def _write(document: UUID, content: bytes) -> Path:
    """Write a file that only this user may read, and wait until it is on the disk."""
    place = _place(document)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return place


def _purpose(case: Case) -> Purpose:
    return Purpose(matter=case.matter, case=case.number)
