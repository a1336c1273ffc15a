"""“Report this entry”: what is wrong, who can correct it, and the case about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.guardianship.grants import Grant
from zamiast.helpline import wrong_entries
from zamiast.login.models import User
from zamiast.portal import health_selectors as selectors
from zamiast.portal.acting import Whose
from zamiast.portal.forms import WrongEntry
from zamiast.portal.health import competence
from zamiast.portal.presenters import language
from zamiast.portal.reading import with_records
from zamiast.web import access


@access.holder
@with_records()
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, whose: Whose, grants: list[Grant], pk: int) -> HttpResponse:
    """Ask what is wrong and say what will happen; then open the case and mark the entry."""
    if not whose.manages:
        raise NotFound("web.not_found")
    one = selectors.one(grants, pk)
    if one.report and one.report.is_open:
        messages.info(request, _("This entry was reported already. This is its case."))
        return redirect("case", number=one.report.case_number)
    form = WrongEntry(request.POST or None, initial={"kind": _likely(one.entry.kind)})
    if request.method == "POST" and form.is_valid():
        return _send(request, whose, grants, pk, form)
    who = competence.of(one.entry, is_private=selectors.is_private(grants, one.entry))
    return render(
        request,
        "portal/health_report.html",
        {"entry": one.shown, "form": form, "who": who},
        status=422 if form.errors else 200,
    )


def _send(
    request: HttpRequest, whose: Whose, grants: list[Grant], pk: int, form: WrongEntry
) -> HttpResponse:
    if not isinstance(request.user, User):
        raise NotFound("web.not_found")
    try:
        number = wrong_entries.report(
            grants, pk, kind=form.cleaned_data["kind"], words=form.cleaned_data["words"],
            login=request.user, by=whose.by, language=language(),
        )  # fmt: skip
    except wrong_entries.Reported as reported:
        messages.info(request, _("This entry was reported already. This is its case."))
        return redirect("case", number=reported.case_number)
    except Conflict:  # of two clicks at once the other one won
        return redirect("health_entry", pk=pk)
    except TooMany:
        messages.error(request, _("Five reports a day are the most. Call the helpline, "
                                  "or come back tomorrow."))  # fmt: skip
        return redirect("health_entry", pk=pk)
    messages.success(
        request, _("Thank you. The entry is marked, and case %(number)s is open.")
        % {"number": number}
    )  # fmt: skip
    return redirect("health_entry", pk=pk)


def _likely(kind: str) -> str:
    return {"MedicationRequest": "prescription", "MedicationDispense": "prescription",
            "Encounter": "service", "Procedure": "service",
            "ExplanationOfBenefit": "service"}.get(kind, "other")  # fmt: skip
