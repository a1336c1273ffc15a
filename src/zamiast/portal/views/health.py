"""The health pages: everything in time, a section of it, one entry; each also on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zamiast.errors import NotFound
from zamiast.guardianship.grants import Grant
from zamiast.portal import health_selectors as selectors
from zamiast.portal import paging, papers
from zamiast.portal.acting import Whose
from zamiast.portal.health import referral
from zamiast.portal.health.lines import Line, found
from zamiast.portal.health.sections import BY_NAME, SECTIONS, Section
from zamiast.portal.reading import EVERYTHING, with_records
from zamiast.pure.access import Want
from zamiast.web import access

LONGEST_QUERY = 100
MOST_FOUND = 200
ALL = "everything"  # in place of a section, in the address of a paper


@access.holder
@with_records()
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, whose: Whose, grants: list[Grant]) -> HttpResponse:
    """Everything, the newest first; or what holds the words that were typed.

    Words are posted, so that no illness stands in an address or a log.
    """
    if request.method == "POST":
        return _search(request, whose, grants, None)
    page = selectors.page(grants, None, paging.number_of(request.GET.get("page")))
    lines = selectors.lines(grants, page.rows)
    return _list(request, whose, grants, lines, page=page)


@access.holder
@with_records()
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, whose: Whose, grants: list[Grant], name: str) -> HttpResponse:
    """One section."""
    chosen, opened = _chosen(grants, name)
    if request.method == "POST":
        return _search(request, whose, grants, chosen)
    page = selectors.page(opened, chosen.kinds, paging.number_of(request.GET.get("page")))
    lines = selectors.lines(opened, page.rows)
    return _list(request, whose, grants, lines, section=chosen, page=page)


@access.holder
@with_records()
@require_safe
def section_pdf(request: HttpRequest, whose: Whose, grants: list[Grant], name: str) -> HttpResponse:  # noqa: ARG001
    """A section on paper, or all that is open."""
    if name == ALL:
        title, kinds, opened = _("Health"), None, grants
    else:
        chosen, opened = _chosen(grants, name)
        title, kinds = str(chosen.title), chosen.kinds
    lines = selectors.lines(opened, selectors.all_of(opened, kinds))
    return _pdf(papers.health_list(title, str(whose.account.person), lines))


@access.holder
@with_records()
@require_safe
def entry(request: HttpRequest, whose: Whose, grants: list[Grant], pk: int) -> HttpResponse:
    """One entry, with what belongs to it and what it was before."""
    one = selectors.one(grants, pk)
    return render(request, "portal/health_entry.html", {
        "whose": whose, "entry": one.shown, "section": one.section, "report": one.report,
        "manages": whose.manages,
    })  # fmt: skip


@access.holder
@with_records()
@require_safe
def entry_pdf(request: HttpRequest, whose: Whose, grants: list[Grant], pk: int) -> HttpResponse:  # noqa: ARG001
    """One entry on paper."""
    one = selectors.one(grants, pk)
    return _pdf(papers.health_entry(one.shown, str(whose.account.person)))


@access.holder
@with_records(Want.SEE_DOCUMENTATION, Want.SEE_REFERRALS)
@require_safe
def covid_referral(request: HttpRequest, whose: Whose, grants: list[Grant]) -> HttpResponse:
    """Why there is no COVID-19 referral: first vaccination or test, then by the own records.

    It explains and never makes one. Where only a part of the records is open, it says so.
    """
    asks, day = request.GET.get("asks", ""), referral.day_of(request.GET.get("day", ""))
    shown = None
    if asks == "test":
        shown = referral.for_a_test(day)
    elif asks == "vaccination":
        shown = referral.answer(selectors.covid(grants, whose.account.person.birth_date), day)
    return render(request, "portal/covid_referral.html", {
        "whose": whose, "asks": asks, "day": day, "shown": shown, "is_partial": len(grants) < 2,
    })  # fmt: skip


def _search(
    request: HttpRequest, whose: Whose, grants: Sequence[Grant], chosen: Section | None
) -> HttpResponse:
    query = request.POST.get("words", "")[:LONGEST_QUERY].strip()
    rows = selectors.all_of(grants, chosen.kinds if chosen else None)
    lines = selectors.lines(grants, rows)
    hits = found(query, lines) if query else lines
    return _list(
        request, whose, grants, hits[:MOST_FOUND], section=chosen, query=query, number=len(hits)
    )


def _list(
    request: HttpRequest, whose: Whose, grants: Sequence[Grant], lines: Sequence[Line], **more: Any
) -> HttpResponse:
    """A list of entries, beside the sections that these grants open."""
    opened = {grant.want for grant in grants}
    return render(request, "portal/health.html", {
        "whose": whose, "lines": lines, "is_partial": not opened.issuperset(EVERYTHING),
        "sections": [one for one in SECTIONS if one.want in opened], **more,
    })  # fmt: skip


def _chosen(grants: Sequence[Grant], name: str) -> tuple[Section, list[Grant]]:
    """The section of this name and the grant that opens it. Raises NotFound."""
    chosen = BY_NAME.get(name)
    opened = [grant for grant in grants if chosen and grant.want is chosen.want]
    if chosen is None or not opened:
        raise NotFound("web.not_found")
    return chosen, opened


def _pdf(made: bytes) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="zamiast.pdf"'
    return response
