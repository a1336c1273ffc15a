"""“Who looked”: read it, take it along, ask about a line."""

from __future__ import annotations

import csv
import io
import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from zamiast.audit import proof
from zamiast.errors import Conflict, TooMany
from zamiast.helpline import services
from zamiast.portal import looking, paging, wording
from zamiast.portal.acting import MANAGE, Whose
from zamiast.portal.entry import with_subject
from zamiast.portal.looking import Chosen
from zamiast.portal.presenters import ShownLook, language
from zamiast.pure.access import Want
from zamiast.web import access
from zamiast.web.spreadsheet import cell

MATTER = "account_trouble"  # of a question about a line


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def show(request: HttpRequest, whose: Whose) -> HttpResponse:
    """Every look at the account by others, the newest first."""
    chosen = Chosen.of(request.GET)
    page = looking.page(whose, chosen, paging.number_of(request.GET.get("page")))
    shown = {
        "days": looking.days(looking.shown(whose, page.rows)), "page": page, "chosen": chosen,
        "months": looking.months(whose), "is_acting": whose.is_acting, "manages": whose.manages,
        "kinds": wording.kinds_of_actors(), "proof": proof.latest(),
    }  # fmt: skip
    return render(request, "portal/looks.html", shown)


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def download(request: HttpRequest, whose: Whose, form: str) -> HttpResponse:
    """The same lines as a file: CSV for a spreadsheet, JSON for a program."""
    rows = [_plain(look) for look in looking.everything(whose, Chosen.of(request.GET))]
    made = _as_csv(rows) if form == "csv" else json.dumps(rows, ensure_ascii=False, indent=1)
    kind = "text/csv" if form == "csv" else "application/json"
    response = HttpResponse(made, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="zamiast-who-looked.{form}"'
    return response


@access.holder
@with_subject(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, whose: Whose, event: int) -> HttpResponse:
    """“I do not understand this one”: ask first, then a case with everything filled in."""
    if request.method != "POST":
        return render(request, "portal/look_ask.html", {"look": looking.one(whose, event)})
    try:
        number = services.open_case_from_account(
            MATTER, account_id=whose.account.pk, login=request.user, by=whose.by,  # type: ignore[arg-type]
            note=_note(whose, event), language=language(),
        )  # fmt: skip
    except Conflict:
        messages.info(request, _("You have an open case in this matter already."))
        return redirect("cases")
    except TooMany:
        messages.warning(request, _("That is enough cases for today. The helpline can be called."))
        return redirect("looks")
    messages.success(request, _("Your case is open. You will see here what comes of it."))
    return redirect("case", number=number)


def _note(whose: Whose, event: int) -> str:
    """For whoever works on the case: in Polish, the language of the desk."""
    with override("pl"):
        look = looking.one(whose, event)
        return (
            "Pytanie z konta: posiadacz nie rozumie wiersza „Kto zaglądał”. "
            f"Zdarzenie {look.event}, {timezone.localtime(look.at):%d.%m.%Y %H:%M}, {look.who}: "
            f"{look.what} Wyjaśnij, kto i po co to zrobił."
        )


def _plain(look: ShownLook) -> dict[str, str]:
    """One line of a file, in the words of the page."""
    return {
        "number": str(look.event), "at": timezone.localtime(look.at).isoformat(),
        "who": look.who, "is_machine": "true" if look.is_machine else "false",
        "on_behalf_of": str(look.on_behalf_of), "what": str(look.what), "why": str(look.why),
        "level": str(look.level), "matter": look.matter,
        "case": str(look.case_number or ""),
    }  # fmt: skip


def _as_csv(rows: list[dict[str, str]]) -> str:
    made = io.StringIO()
    heads = ["number", "at", "who", "is_machine", "on_behalf_of", "what", "why", "level",
             "matter", "case"]  # fmt: skip
    writer = csv.DictWriter(made, heads)
    writer.writeheader()
    writer.writerows({name: cell(text) for name, text in row.items()} for row in rows)
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + made.getvalue()  # tells spreadsheets that it is UTF-8
