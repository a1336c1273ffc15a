"""Reading what the holder may see of the log."""

from __future__ import annotations

from zamiast.audit.models import Look, LookQuerySet


def looks_at(account_id: int) -> LookQuerySet:
    """Everything that others did with one account, the newest first."""
    return Look.objects.for_account(account_id).by_others()
