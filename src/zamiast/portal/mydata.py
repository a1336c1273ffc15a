"""“My data”: everything about one account, for a program (FHIR R4) and for reading.

The health records come under a grant like on their own pages: at sixteen and seventeen
without what the account does not open.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zamiast.audit import retention
from zamiast.audit.models import Look
from zamiast.guardianship.grants import Grant
from zamiast.helpline import letters
from zamiast.helpline.models import Case, Message
from zamiast.portal import granted, looking, mail, mydata_health, papers, presenters, selectors
from zamiast.portal.acting import Whose
from zamiast.portal.looking import Chosen
from zamiast.portal.presenters import ShownCase, ShownLook, language
from zamiast.records.fhir import outgoing
from zamiast.registry.models import Account, Identifier, Person

_IDENTIFIER = "urn:zamiast:account-identifier"
_ON_PAPER = 200  # the newest looks; all of them are in the file
_GENDERS = {"male", "female", "other", "unknown"}


def archive(whose: Whose) -> bytes:
    """A ZIP: FHIR bundles (of now, of before), a plain JSON beside them, the readable PDF."""
    made = io.BytesIO()
    with (
        mydata_health.opened(whose) as held,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        file.writestr("fhir-bundle.json", _text(bundle(whose, held)))
        before = mydata_health.former(held)
        if before:
            file.writestr("fhir-before.json", _text(_bundle(before)))
        file.writestr("account.json", _text(account(whose, held)))
        file.writestr("my-data.pdf", _paper(whose, held))
    return made.getvalue()


def bundle(whose: Whose, held: Sequence[Grant]) -> dict[str, Any]:
    """A FHIR R4 Bundle: the patient, the records, each look as AuditEvent, each case as Task."""
    own = whose.account
    patient = mydata_health.address(own.pk)
    base = patient.partition("Patient/")[0]
    resources = [_patient(own), *(_audit_event(look, patient) for look in _looks(whose)),
                 *(_task(case, patient) for case in _cases(whose)),
                 *(_communication(letter, patient) for letter in _letters(whose))]  # fmt: skip
    about = [{"fullUrl": f"{base}{one['resourceType']}/{one['id']}",
              "resource": outgoing.without_gaps(one)} for one in resources]  # fmt: skip
    return _bundle([*about, *mydata_health.resources(held)])


def _bundle(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection",
            "timestamp": timezone.now().isoformat(), "entry": entries}  # fmt: skip


def account(whose: Whose, held: Sequence[Grant]) -> dict[str, Any]:
    """What FHIR has no place for: identifiers, access, consents, messages, how long it is kept."""
    own = whose.account
    given = granted.everything(own.pk)
    kept = mail.of(own.pk)
    return {
        "opened_at": own.opened_at, "first_used_at": own.first_used_at,
        "identifiers": [
            {"number": row.number, "state": row.state, "issued_at": row.issued_at,
             "retired_at": row.retired_at}
            for row in Identifier.objects.filter(account=own.pk).order_by("issued_at")
        ],
        "access_given": [_grant(row) for row in (*given.given, *given.statements_given)],
        "access_received": [_grant(row) for row in (*given.received, *given.statements_received)],
        "messages": {"address": kept.address, **vars(kept.switches)} if kept else None,
        "who_looked": [_plain(look) for look in looking.everything(whose, Chosen())],
        "cases": [vars(presenters.case(case)) for case in _cases(whose)],
        "reported_entries": mydata_health.reports(held),
        "kept": [vars(entry) for entry in retention.every(language())],
    }  # fmt: skip


def paper(whose: Whose) -> bytes:
    """The same to read: a tagged PDF in the language of the page."""
    with mydata_health.opened(whose) as held:
        return _paper(whose, held)


def _paper(whose: Whose, held: Sequence[Grant]) -> bytes:
    data = {
        "language": language(),
        "title": _("My data"),
        "summary": _("What this service keeps about you, on %(day)s.")
        % {"day": timezone.localdate().strftime("%d.%m.%Y")},
        "sections": list(_sections(whose, whose.account, held)),
    }
    return papers.sections(data)


def _sections(whose: Whose, own: Account, held: Sequence[Grant]) -> Iterator[dict[str, Any]]:
    person = own.person
    born = person.birth_date.strftime("%d.%m.%Y") if person.birth_date else "–"
    yield _section(_("You"), [f"{_('Name')}: {person}", f"{_('Birth date')}: {born}"])
    rows = Identifier.objects.filter(account=own.pk).order_by("-issued_at")
    yield _section(_("Identifiers"), [
        f"{row.number}, {_when(row.issued_at)}" + (f" – {_when(row.retired_at)}"
                                                   if row.retired_at else "") for row in rows
    ])  # fmt: skip
    given = granted.everything(own.pk)
    both = (*given.given, *given.statements_given)
    lines = [f"{row.who}: {row.what}, {row.since:%d.%m.%Y}" for row in both]
    yield _section(_("Given by you"), lines)
    yield _section(_("Your health"), mydata_health.on_paper(held))
    yield _section(_("Your cases"), [_case_line(presenters.case(case)) for case in _cases(whose)])
    looks = looking.everything(whose, Chosen())
    lines = [f"{_when(look.at)} · {look.who} · {look.what}" for look in looks[:_ON_PAPER]]
    if len(looks) > _ON_PAPER:
        lines.append(_("Older lines are in the file for programs."))
    yield _section(_("Who looked"), lines)
    yield _section(_("What is kept, and how long"), [
        f"{kept.name}: {kept.why} {kept.until}" for kept in retention.every(language())
    ])  # fmt: skip


def _section(heading: str, lines: list[str]) -> dict[str, Any]:
    return {"heading": heading, "lines": lines or [_("Nothing.")]}


def _case_line(case: ShownCase) -> str:
    return f"{case.number}: {case.matter or '–'}, {case.state}, {_when(case.opened_at)}"


def _when(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"


def _looks(whose: Whose) -> list[Look]:
    return list(Look.objects.for_account(whose.account.pk).by_others()[: looking.MOST])


def _letters(whose: Whose) -> list[Message]:
    account = whose.account.pk
    return [letter for case in _cases(whose) for letter in letters.letters_of(case.number, account)
            if letter.case_id == case.number]  # fmt: skip


def _cases(whose: Whose) -> list[Case]:
    return selectors.all_cases(whose.account.pk)


def _patient(own: Account) -> dict[str, Any]:
    person: Person = own.person
    found: dict[str, Any] = {
        "resourceType": "Patient", "id": f"account-{own.pk}", "active": own.is_open,
        "identifier": [{"system": _IDENTIFIER, "value": str(row.number),
                        "period": {"start": row.issued_at.isoformat()}}
                       for row in Identifier.objects.current().filter(account=own.pk)],
        "name": [{"family": person.family_name, "given": person.given_names.split()}],
    }  # fmt: skip
    if person.birth_date:
        found["birthDate"] = person.birth_date.isoformat()
    if person.gender in _GENDERS:
        found["gender"] = person.gender
    return found


def _audit_event(look: Look, patient: str) -> dict[str, Any]:
    shown = presenters.look(look)
    return {
        "resourceType": "AuditEvent", "id": f"event-{look.event_id}",
        "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
                 "code": "rest", "display": "RESTful Operation"},
        "subtype": [{"system": "urn:zamiast:event", "code": look.what, "display": str(shown.what)}],
        "recorded": look.at.isoformat(),
        "outcome": "8" if look.outcome in ("refused", "limited", "not_active") else "0",
        "outcomeDesc": look.outcome,
        "purposeOfEvent": [{"text": str(shown.why)}],
        "agent": [{"who": {"display": shown.who}, "requestor": not shown.is_machine}],
        "source": {"observer": {"display": look.written_by}},
        "entity": [{"what": {"reference": patient}}],
    }  # fmt: skip


def _task(case: Case, patient: str) -> dict[str, Any]:
    shown = presenters.case(case)
    ended = {"closed": "completed", "disowned": "rejected", "merged": "completed"}
    return {
        "resourceType": "Task", "id": f"case-{case.number}", "intent": "order",
        "status": ended.get(case.state, "in-progress"),
        "code": {"coding": [{"system": "urn:zamiast:matter", "code": case.matter}],
                 "text": shown.matter},
        "for": {"reference": patient}, "authoredOn": case.opened_at.isoformat(),
    }  # fmt: skip


def _communication(letter: Message, patient: str) -> dict[str, Any]:
    ours = {"display": letter.author_name}
    return {
        "resourceType": "Communication", "id": f"letter-{letter.pk}", "status": "completed",
        "subject": {"reference": patient}, "sent": letter.written_at.isoformat(),
        "about": [{"reference": f"{patient.partition('Patient/')[0]}Task/case-{letter.case_id}"}],
        "sender": {"reference": patient} if letter.is_from_holder else ours,
        "payload": [{"contentString": letter.text}],
    }  # fmt: skip


def _grant(row: granted.ShownGrant) -> dict[str, Any]:
    return {"who": row.who, "whose": row.whose, "what": str(row.what), "since": row.since,
            "until": row.until}  # fmt: skip


def _plain(look: ShownLook) -> dict[str, Any]:
    return {key: str(value) if value is not None else None for key, value in vars(look).items()}


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=_as_text)


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
