"""Writing to the registry. One verb, one transaction, one event."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from zamiast.audit.services import Actor, record
from zamiast.errors import Conflict, NotFound
from zamiast.pure import identifier as code
from zamiast.registry.models import Account, Identifier, Person, State

_DRAWS = 20  # one draw in 17 hits a number in use where 38 million accounts exist


def open_account(person: Person, *, by: Actor) -> Account:
    """Open the account of a person and issue its first identifier.

    Raises Conflict where the person has an account already, or is dead.
    """
    with transaction.atomic():
        if _locked_person(person.pk).is_dead:
            raise Conflict("registry.person_is_dead")
        if Account.objects.filter(person_id=person.pk).exists():
            raise Conflict("registry.account_exists")
        account = Account.objects.create(person=person)
        _issue(account)
        record("account.opened", by=by, account=account.pk)
        return account


def issue_identifier(account: Account, *, by: Actor) -> Identifier:
    """Issue an identifier to an open account that has none. Raises Conflict where it has one."""
    with transaction.atomic():
        locked = _lock(account.pk)
        if locked.identifiers.current().exists():
            raise Conflict("registry.identifier_exists")
        issued = _issue(locked)
        record("identifier.issued", by=by, account=account.pk)
        return issued


def suspend_identifier(account_id: int, *, by: Actor) -> Identifier:
    """Make the identifier unusable until it is resumed; nothing where it is suspended already."""
    with transaction.atomic():
        current = _current(account_id)
        if current.state == State.ACTIVE:
            current.state, current.suspended_at = State.SUSPENDED, timezone.now()
            current.save(update_fields=["state", "suspended_at"])
            record("identifier.suspended", by=by, account=account_id)
        return current


def resume_identifier(account_id: int, *, by: Actor) -> Identifier:
    """Make a suspended identifier usable again; nothing where it is active already."""
    with transaction.atomic():
        current = _current(account_id)
        if current.state == State.SUSPENDED:
            current.state, current.suspended_at = State.ACTIVE, None
            current.save(update_fields=["state", "suspended_at"])
            record("identifier.resumed", by=by, account=account_id)
        return current


def replace_identifier(account_id: int, *, seen: int, by: Actor) -> Identifier:
    """Retire the identifier and issue a new one, at once.

    ``seen`` is the number that the holder saw when asking. Raises Conflict where it
    is not the current one any more: a second click or a second window replaces nothing.
    """
    with transaction.atomic():
        current = _current(account_id)
        if current.number != seen:
            raise Conflict("registry.already_replaced")
        _retire(current)
        issued = _issue(current.account)
        record("identifier.replaced", by=by, account=account_id)
        return issued


def retire_identifier(account_id: int, *, by: Actor) -> None:
    """Retire the identifier without a new one; nothing where there is none."""
    with transaction.atomic():
        for current in _lock(account_id).identifiers.current():
            _retire(current)
            record("identifier.retired", by=by, account=account_id)


def close_account(account: Account, *, because: str, by: Actor) -> None:
    """Close an account, on death or by the operator; its identifier is retired."""
    with transaction.atomic():
        locked = _lock(account.pk, closed_too=True)
        if not locked.is_open:
            return
        locked.closed_at, locked.closed_because = timezone.now(), because
        locked.save(update_fields=["closed_at", "closed_because"])
        for current in locked.identifiers.current():
            _retire(current)
        record("account.closed", by=by, account=account.pk, outcome=because)


def mark_used(account_id: int, *, by: Actor) -> None:
    """Note the first login of the holder; later logins change nothing."""
    with transaction.atomic():
        unused = Account.objects.filter(pk=account_id, first_used_at=None, closed_at=None)
        changed = unused.update(first_used_at=timezone.now())
        if changed:
            record("account.first_used", by=by, account=account_id)


def note_death(person: Person, *, died_on: datetime.date | None, by: Actor) -> None:
    """Note that a person died and close the account."""
    with transaction.atomic():
        _locked_person(person.pk)
        person.is_dead, person.died_on = True, died_on
        person.save(update_fields=["is_dead", "died_on"])
        account = Account.objects.filter(person_id=person.pk).first()
        if account:
            close_account(account, because="death", by=by)


def _locked_person(person_id: int) -> Person:
    """The person, locked: an account is opened, or a death noted, one after the other."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound("registry.no_person")
    return person


def _lock(account_id: int, *, closed_too: bool = False) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None or not (account.is_open or closed_too):
        raise NotFound("registry.no_account")
    return account


def _current(account_id: int) -> Identifier:
    account = _lock(account_id)
    current = account.identifiers.current().select_related("account").first()
    if current is None:
        raise NotFound("registry.no_identifier")
    return current


def _retire(current: Identifier) -> None:
    current.state, current.retired_at = State.RETIRED, timezone.now()
    current.save(update_fields=["state", "retired_at"])


def _issue(account: Account) -> Identifier:
    """Draw numbers until one was never issued; the unique constraint decides, not a look-up."""
    for _ in range(_DRAWS):
        try:
            with transaction.atomic():
                return Identifier.objects.create(number=int(code.generate()), account=account)
        except IntegrityError as error:
            broken = _constraint(error)
            if broken == "registry_one_current_identifier":
                raise Conflict("registry.identifier_exists") from error
            if broken == "registry_closed_account_has_no_identifier":
                raise NotFound("registry.no_account") from error
            if not broken.startswith("registry_identifier_number"):
                raise
    raise Conflict("registry.no_free_number")


def _constraint(error: IntegrityError) -> str:
    """The name of the constraint that was broken, as the server tells it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
