"""The specialist: the queue, a case as a file, what is proposed, decided, stopped, reviewed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zamiast.errors import BadInput, NotFound, ZamiastError
from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship import services as guardians
from zamiast.guardianship.models import ChangeKind
from zamiast.helpline import casework, documents, reading, selectors, services
from zamiast.helpline.desk import case_page, files, forms, presenters, script_view, wording
from zamiast.helpline.desk import wording_access as access_wording
from zamiast.helpline.desk.views.edge import as_file, sent_file, staff, worded
from zamiast.helpline.models import Case
from zamiast.login import stepup
from zamiast.web import access

_QUEUE = 50
_LONGEST_REASON = 2000


@access.specialist
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: changes for a second person, freezes to review, cases with documents."""
    user = staff(request)
    context = {
        "changes": [
            {"case": row.case_number, "kind": access_wording.KINDS[ChangeKind(row.kind)],
             "by": row.proposed_by.k_number, "at": row.proposed_at,
             "is_mine": row.proposed_by_id == user.pk}
            for row in casework.changes_waiting()
        ],
        "freezes": guardianship.freezes_to_review().select_related("placed_by")[:_QUEUE],
        "cases": presenters.lines(selectors.rows(casework.queue()[:_QUEUE]), address="file"),
        "now": timezone.now(),
        "me": user.pk,
    }  # fmt: skip
    return render(request, "helpline/desk/specialist.html", context)


@access.specialist
@require_GET
@worded
def file(request: HttpRequest, number: int) -> HttpResponse:
    """One case with its documents, accounts and changes."""
    return _file(request, number)


@access.specialist
@require_POST
@worded
def name_account(request: HttpRequest, number: int) -> HttpResponse:
    """Take an account into the case by an identifier from the documents."""
    return _then(request, number, casework.name_account, _session(request), number,
                 request.POST.get("number", ""))  # fmt: skip


@access.specialist
@require_POST
@worded
def take_in_tied(request: HttpRequest, number: int) -> HttpResponse:
    """Take in who is tied by a fact to an account of the case."""
    return _then(request, number, casework.take_in_tied, _session(request), number,
                 request.POST.get("letter", "")[:1])  # fmt: skip


@access.specialist
@stepup.required()
@require_POST
@worded
def names(request: HttpRequest, number: int) -> HttpResponse:
    """The names behind the letters, for this one look."""
    _case(request, number)
    found = casework.names(_session(request), number)
    return render(request, "helpline/desk/names.html", {"number": number, "names": found})


@access.specialist
@require_POST
@worded
def add_document(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a document; what it is, its content says."""
    try:
        name, content = sent_file(request)
        documents.add_document(number, name=name, content=content, by=staff(request))
    except BadInput as error:
        return _file(request, number, sentence=_sentence(error.code))
    return redirect("file", number)


@access.specialist
@require_GET
@worded
def document(request: HttpRequest, number: int, document: UUID) -> HttpResponse:
    """A document as a file to save."""
    found, content = documents.read_document(number, document, by=staff(request))
    return as_file(content, documents.file_name(found.name, found.kind))


@access.specialist
@stepup.required()
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def change(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Propose one change; another specialist decides it."""
    if kind not in forms.FIELDS:
        raise NotFound("guardianship.no_change")
    chosen = ChangeKind(kind)
    case = _case(request, number)
    accounts = _accounts(request, number)
    form = forms.ChangeForm(chosen, accounts, *([request.POST] if request.method == "POST" else []))
    sentence = ""
    if form.is_bound and form.is_valid():
        try:
            guardians.propose_change(
                case_number=number, account=accounts[form.cleaned_data["account"]], kind=chosen,
                reason=form.cleaned_data["reason"], details=form.details(accounts),
                taken_by=casework.who_took_the_call(case), by=staff(request),
                session=_session(request),
            )  # fmt: skip
        except ZamiastError as error:
            sentence = _sentence(error.code)
        else:
            return redirect("file", number)
    context = {"number": number, "title": access_wording.KINDS[chosen], "form": form,
               "sentence": sentence, "has_accounts": bool(accounts)}  # fmt: skip
    status = 400 if sentence or form.errors else 200
    return render(request, "helpline/desk/propose.html", context, status=status)


@access.specialist
@stepup.required()
@require_POST
@worded
def decide(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Make a change or refuse it: of two at once, one wins and the other is told."""
    _of_case(number, change)
    casework.weigh_change(_session(request), number, change)
    return _then(request, number, _decide, request, change)


@access.specialist
@stepup.required()
@require_POST
@worded
def reverse(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Propose to reverse a change that was made."""
    _of_case(number, change)
    case = _case(request, number)

    def propose() -> None:
        guardians.reverse_change(
            change=change, reason=_reason(request), by=staff(request),
            taken_by=casework.who_took_the_call(case), session=_session(request),
        )  # fmt: skip

    return _then(request, number, propose)


@access.specialist
@stepup.required()
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """Stop access in an emergency, at once."""
    _case(request, number)
    accounts = _accounts(request, number)
    form = forms.FreezeForm(accounts, *([request.POST] if request.method == "POST" else []))
    sentence = ""
    if form.is_bound and form.is_valid():
        try:
            guardians.freeze(
                account=accounts[form.cleaned_data["account"]], case_number=number,
                person=accounts.get(form.cleaned_data["person"]),
                reason=form.cleaned_data["reason"], by=staff(request), session=_session(request),
            )  # fmt: skip
        except ZamiastError as error:
            sentence = _sentence(error.code)
        else:
            return redirect("file", number)
    context = {"number": number, "form": form, "sentence": sentence, "is_freeze": True,
               "has_accounts": bool(accounts)}  # fmt: skip
    status = 400 if sentence or form.errors else 200
    return render(request, "helpline/desk/propose.html", context, status=status)


@access.specialist
@stepup.required()
@require_POST
@worded
def review(request: HttpRequest, number: int, freeze: int) -> HttpResponse:
    """Keep a freeze or lift it; never by who placed it."""
    if not casework.is_frozen_by(casework.open_file(_session(request), number), freeze):
        raise NotFound("guardianship.no_freeze")

    def do() -> None:
        guardians.review_freeze(freeze=freeze, keep=request.POST.get("then") == "keep",
                                reason=_reason(request), by=staff(request),
                                session=_session(request))  # fmt: skip

    return _then(request, number, do)


@access.specialist
@require_POST
@worded
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Add a note to the file."""
    text = request.POST.get("note", "")
    return _then(request, number, lambda: services.write_note(number, text, by=staff(request)))


@access.specialist
@require_POST
@worded
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close the case."""
    services.close(number, by=staff(request))
    return redirect("file", number)


def _decide(request: HttpRequest, change: int) -> None:
    guardians.decide_change(
        change=change, approve=request.POST.get("then") == "approve",
        reason=_reason(request), by=staff(request), session=_session(request),
    )  # fmt: skip


def _then(request: HttpRequest, number: int, do: Any, *values: Any) -> HttpResponse:
    """Do it and go back to the file; what cannot be done is said there."""
    try:
        do(*values)
    except ZamiastError as error:
        return _file(request, number, sentence=_sentence(error.code), status=error.status)
    return redirect("file", number)


def _file(
    request: HttpRequest, number: int, *, sentence: str = "", status: int = 400
) -> HttpResponse:
    user = staff(request)
    case = _case(request, number)
    accounts = casework.open_file(_session(request), number)
    reader = get_language() or "pl"
    usual, others = files.kinds(case.matter)
    context = {
        "case": case,
        "checklist": script_view.checklist(case.matter, reader),
        "documents": documents.documents_of(number),
        "accounts": files.accounts(accounts, reader),
        "changes": files.changes(casework.changes_of(number), accounts, user),
        "freezes": files.freezes(casework.freezes_of(accounts), accounts, user),
        "written": case_page.written(case, reading.timeline(number)),
        "can_answer": case_page.can_answer(case),
        "usual": usual,
        "others": others,
        "now": timezone.now(),
        "sentence": sentence,
        "took_the_call": case.call_id is not None and case.opened_by_id == user.pk,
    }
    return render(request, "helpline/desk/file.html", context, status=status if sentence else 200)


def _case(request: HttpRequest, number: int) -> Case:
    """The case, which is an event. Raises NotFound for one in another matter."""
    case = services.read_case(number, by=staff(request))
    if case.matter not in casework.MATTERS:
        raise NotFound("helpline.no_case")
    return case


def _of_case(number: int, change: int) -> None:
    if change not in {row.pk for row in casework.changes_of(number)}:
        raise NotFound("guardianship.no_change")


def _accounts(request: HttpRequest, number: int) -> dict[str, int]:
    return {one.letter: one.account for one in casework.open_file(_session(request), number)}


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise BadInput("casework.reason")
    return reason


def _session(request: HttpRequest) -> str:
    return str(request.session.digest)  # type: ignore[attr-defined]


def _sentence(code: str) -> str:
    return access_wording.sentence(code) or wording.sentence(code)
