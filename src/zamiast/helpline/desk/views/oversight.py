"""The data protection officer's page: what is overdue, what changed, who tried numbers."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zamiast.audit import proof
from zamiast.helpline import oversight
from zamiast.verification import selectors as calls
from zamiast.web import access

_DAYS = 7


@access.dpo
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Read only: no account is named, only cases and who decided."""
    since = timezone.now() - datetime.timedelta(days=_DAYS)
    context = {
        "overdue": oversight.overdue(),
        "changes": oversight.changes_lately(),
        "tries": calls.tries_since(since),
        "named": oversight.named_in_vain(since),
        "days": _DAYS,
        "proof": proof.latest(),
    }
    return render(request, "helpline/desk/oversight.html", context)
