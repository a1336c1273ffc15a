"""One transaction around a service; what it refuses is committed as an event, then raised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from zamiast.audit.services import NO_PURPOSE, Actor, Purpose, record_refusal
from zamiast.errors import Conflict, NotAllowed, NotFound
from zamiast.guardianship import selectors
from zamiast.guardianship.actors import seen_at, staff
from zamiast.guardianship.grants import Refused
from zamiast.login.models import Kind, Role, User
from zamiast.login.services import showed_factor
from zamiast.pure.access import Decision, Want


@contextmanager
def deciding(
    what: str, *, by: Actor, actor: int | None, account: int, purpose: Purpose = NO_PURPOSE
) -> Iterator[None]:
    """Run the body in a transaction of its own; a NotAllowed leaves its event behind."""
    try:
        with transaction.atomic(durable=True):
            yield
    except NotAllowed as refusal:
        outcome = "refused" if isinstance(refusal, Refused) else refusal.code.rpartition(".")[2]
        named = seen_at(account, by, actor)
        record_refusal(what, by=named, outcome=outcome, account=account, purpose=purpose)
        raise
    except IntegrityError as error:
        raise _named(error) from error


def require(actor: int, want: Want, account: int, *, about: int | None = None) -> Decision:
    """The decision that allows this now. Raises Refused with the decision that does not."""
    decision = selectors.decide(actor, want, account, about=about)
    if not decision.allowed:
        raise Refused(decision)
    return decision


def require_specialist(user: User) -> Actor:
    """A specialist as the actor of an event. Raises NotAllowed for anybody else."""
    if user.kind != Kind.STAFF or user.role != Role.SPECIALIST or not user.is_active:
        raise NotAllowed("guardianship.specialists_only", "Only a specialist does this.")
    return staff(user)


def require_two_factors(user: User, session: str) -> None:
    """The user showed a code or a passkey in this session right before, or NotAllowed.

    Inside a transaction; the triggers of ``sql/four_eyes.sql`` ask the same again.
    """
    if not showed_factor(user, session):
        raise NotAllowed("guardianship.second_factor")


def _named(error: IntegrityError) -> Exception:
    """A constraint that was broken, as one of our errors; any other stays as it is."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = str(getattr(diagnosis, "constraint_name", None) or "")
    if name in (
        "guardianship_change_decided_by_another",
        "guardianship_change_not_by_who_took_the_call",
        "guardianship_freeze_reviewed_by_another",
        "guardianship_specialists_only",
    ):
        return NotAllowed(f"guardianship.{name.removeprefix('guardianship_')}")
    if name in ("guardianship_one_grant_at_a_time", "guardianship_reversed_once"):
        return Conflict(f"guardianship.{name.removeprefix('guardianship_')}")
    return NotFound("guardianship.no_account") if "_fk_registry_account" in name else error
