"""Taking a call, identifying the caller, hanging up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from zamiast.audit import doorway
from zamiast.audit.services import Actor, Purpose, keyed_hash, record
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.login.models import User
from zamiast.verification.models import Call

LONGEST_REASON = 200


@dataclass(frozen=True)
class Answer:
    """What the desk learns at level 1: usable or not, and the holder's language.

    ``outcome`` is ``identified``, ``not_active``, ``limited``, ``no_call`` or ``no_session``.
    """

    outcome: str
    language: str | None


def consultant(user: User) -> Actor:
    """A member of staff as the actor of an event: known to holders by K-number."""
    return Actor("staff", user.k_number or "")


def take_call(user: User) -> Call:
    """Begin a call. Raises Conflict while the consultant has another one."""
    try:
        with transaction.atomic():
            call = Call(consultant=user)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO verification_call (id, consultant_id, began_at)"
                    " VALUES (%s, %s, %s)",
                    [call.id, user.pk, call.began_at],
                )
            record("call.taken", by=consultant(user), purpose=Purpose(call=call.id))
            return call
    except IntegrityError as error:
        raise Conflict("verification.one_call") from error


def identify(session_digest: str, call: UUID, number: str) -> Answer:
    """Look a well-formed identifier up: ask, which writes the event, then take the answer.

    Must not run inside a transaction: the answer is given only once the event of the
    question is committed.
    """
    if connection.in_atomic_block:
        raise RuntimeError("identify commits its own event; call it outside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_ask(%s::text, %s::uuid, %s::bigint, %s::bytea)",
            [session_digest, call, int(number), keyed_hash(number)],
        )
        (question,) = cursor.fetchone()
        cursor.execute(
            "SELECT outcome, language FROM verification_answer(%s::text, %s::bigint)",
            [session_digest, question],
        )
        return Answer(*cursor.fetchone())


def hang_up(call_id: UUID, user: User) -> None:
    """End a call. Raises NotFound where the consultant has no such call."""
    with transaction.atomic():
        ended = Call.objects.under_way().filter(pk=call_id, consultant=user)
        if not ended.update(ended_at=timezone.now()):
            raise NotFound("verification.no_call")
        record("call.ended", by=consultant(user), purpose=Purpose(call=call_id))


def lift_limit(session_digest: str, k_number: str, reason: str) -> None:
    """Let a consultant go on for an hour after the limit of an hour: the count begins anew.

    Raises Conflict (``verification.not_for_them``, ``.lifted_already``, ``.enough_today``),
    BadInput without a reason, NotAllowed for anybody but a supervisor.
    """
    because = doorway.cleaned(reason.strip())[:LONGEST_REASON]
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_lift(%s::text, %s::text, %s::text)",
                       [session_digest, k_number, because])  # fmt: skip
        (said,) = cursor.fetchone()
    if said == "no_session":
        raise NotAllowed("verification.no_session")
    if said == "no_reason":
        raise BadInput("verification.no_reason")
    if said != "done":
        raise Conflict(f"verification.{said}")


def see_alarm(session_digest: str, alarm: int) -> None:
    """Note who has seen an alarm: a supervisor and the data protection officer, each once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_alarm_seen(%s::text, %s::bigint)",
                       [session_digest, alarm])  # fmt: skip
