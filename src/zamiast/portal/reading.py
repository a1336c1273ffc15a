"""Pages of health records: a grant for the own account too, and every page reads under it.

``with_records(want, …)`` gives the view whose records they are and the grants that were
made, with one event that names what they open. What is not allowed is left out; where
nothing is, the page says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from zamiast.audit.services import Purpose
from zamiast.guardianship import grants
from zamiast.guardianship.actors import seen_at
from zamiast.guardianship.grants import Grant, Refused
from zamiast.portal import acting, entry, selectors
from zamiast.portal.acting import Whose
from zamiast.portal.entry import View
from zamiast.pure.access import Want
from zamiast.records.selectors import open_to
from zamiast.registry.models import Account

EVERYTHING = (Want.SEE_PRESCRIPTIONS, Want.SEE_REFERRALS, Want.SEE_DOCUMENTATION, Want.SEE_ACCOUNT)


def with_records(*wants: Want) -> Callable[[View], View]:
    """Give the view the records that ``wants`` open; all of them where none is named."""

    def decorate(view: View) -> View:
        @wraps(view)
        def find(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            own = selectors.account_of(request.user.pk or 0)
            answer = entry.closed(request, own)
            if own is None or answer is not None:
                return answer or entry.closed_page(request, own)
            try:
                whose, found = _open(request, own, wants or EVERYTHING)
                with under(found, to_write=request.method == "POST"):
                    return view(request, whose, found, *args, **kwargs)
            except Refused as refused:
                return entry.no_longer(request, own, refused)

        return never_cache(find)

    return decorate


@contextmanager
def of_oneself(
    request: HttpRequest, own: Account, wants: tuple[Want, ...]
) -> Iterator[list[Grant]]:
    """Read the own records in the body, after one event. Raises Refused."""
    step = request.resolver_match.url_name if request.resolver_match else None
    found = grants.open_grants(
        actor=own.pk, account=own.pk, wants=wants, by=acting.holder(request),
        purpose=Purpose(step=step),
    )  # fmt: skip
    with under(found):
        yield found


@contextmanager
def under(found: list[Grant], *, to_write: bool = False) -> Iterator[None]:
    """Read, or write, in the body; what was withdrawn meanwhile does not leave. Raises Refused."""
    first, *others = found
    with first.acting() if to_write else first.reading():
        open_to(found)
        yield
        for grant in others:
            grant.check()


def _open(request: HttpRequest, own: Account, wants: tuple[Want, ...]) -> tuple[Whose, list[Grant]]:
    subject = acting.subject(request)
    account = own.pk if subject is None else subject
    by = acting.holder(request, for_account=subject)
    step = request.resolver_match.url_name if request.resolver_match else None
    found = grants.open_grants(
        actor=own.pk, account=account, wants=wants, by=by, purpose=Purpose(step=step)
    )
    if subject is None:
        return Whose(own, own, by), found
    return Whose(own, selectors.account(account), seen_at(account, by, own.pk), found[0]), found
