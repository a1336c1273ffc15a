"""Reading the registry."""

from __future__ import annotations

from zamiast.errors import NotFound
from zamiast.registry.models import Account, Identifier


def account(account_id: int) -> Account:
    """One account with its person. Raises NotFound."""
    found = Account.objects.select_related("person").filter(pk=account_id).first()
    if found is None:
        raise NotFound("registry.no_account")
    return found


def current_identifier(account_id: int) -> Identifier | None:
    """The active or suspended identifier of an account."""
    return Identifier.objects.current().filter(account_id=account_id).first()
