"""Issuing identifiers in bulk: to every open account that has none.

Numbers are drawn here, from the operating system's random source, and written a
batch at a time: ``INSERT … ON CONFLICT DO NOTHING``, so that the two unique
constraints decide, and again for who went away empty-handed. Accounts are walked
by number, in ranges, and locked while they are served:

- two processes at once share the work, each passing over what the other has in hand;
- an account that is being closed waits or is passed over, and never keeps a number;
- killed anywhere, what was committed stays, and the next run does the rest.

The log gets one event a batch. Who issued when stands in each identifier's own row
(``issued_at``); an event a row would cost several times what the identifier costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import connection, transaction

from zamiast.audit.services import Actor, Purpose, record
from zamiast.errors import Conflict
from zamiast.pure import identifier as code

BATCH = 20_000
_ROUNDS = 50

_NEEDY = """
    SELECT a.id FROM registry_account a
     WHERE a.id > %(after)s AND a.id <= %(upto)s AND a.closed_at IS NULL
       AND NOT EXISTS (SELECT FROM registry_identifier i
                        WHERE i.account_id = a.id AND i.state <> 'retired'
                          AND i.account_id > %(after)s AND i.account_id <= %(upto)s)
     ORDER BY a.id FOR UPDATE OF a
"""
_STILL_NEEDY = """
    SELECT n FROM unnest(%s::bigint[]) n
     WHERE NOT EXISTS (SELECT FROM registry_identifier i
                        WHERE i.account_id = n AND i.state <> 'retired')
"""
_ISSUE = """
    INSERT INTO registry_identifier (number, account_id, state, issued_at)
    SELECT number, account_id, 'active', now()
      FROM unnest(%s::bigint[], %s::bigint[]) AS drawn (number, account_id)
        ON CONFLICT DO NOTHING
"""

Progress = Callable[[int, float], None]
"""Told after each batch: how many were issued so far, and which share of the work is done."""


def issue_all(*, by: Actor, on_progress: Progress = lambda _, __: None, batch: int = BATCH) -> int:
    """Issue an identifier to every open account without one; return how many were issued.

    The first walk passes over accounts that somebody else holds; the walks after it
    wait for them, until one finds nothing left to do.
    """
    issued, patient = 0, False
    while True:
        found = 0
        top = _highest_account()
        for after in range(0, top, batch):
            found += _issue_range(after, after + batch, by=by, patient=patient)
            on_progress(issued + found, min(1.0, (after + batch) / top))
        issued += found
        if patient and not found:
            return issued
        patient = True


def issue_to(accounts: Sequence[int]) -> int:
    """Issue to these open accounts, in the caller's transaction; return how many were issued.

    Who has an identifier keeps it. The caller holds the accounts locked, or has just
    made them, and writes the event.
    """
    issued, needy = 0, list(accounts)
    for _ in range(_ROUNDS):
        if not needy:
            return issued
        with connection.cursor() as cursor:
            cursor.execute(_ISSUE, [array(code.generate_many(len(needy))), array(needy)])
            written = int(cursor.rowcount)
            issued += written
            if written == len(needy):
                return issued
            cursor.execute(_STILL_NEEDY, [array(needy)])
            needy = [row[0] for row in cursor.fetchall()]
    raise Conflict("registry.no_free_number", "No free number was found; run the command again.")


def array(values: Iterable[int | str]) -> str:
    """Numbers as the text of a PostgreSQL array: the fastest way to send many.

    >>> array([1, 22])
    '{1,22}'
    """
    return "{" + ",".join(map(str, values)) + "}"


def _issue_range(after: int, upto: int, *, by: Actor, patient: bool) -> int:
    """One batch, one transaction, one event: the accounts numbered after..upto."""
    wait = "" if patient else " SKIP LOCKED"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NEEDY + wait, {"after": after, "upto": upto})
            needy = [row[0] for row in cursor.fetchall()]
        issued = issue_to(needy) if needy else 0
        if issued:
            reason = Purpose(reason=f"bulk issue, identifiers: {issued}")
            record("identifier.issued_in_bulk", by=by, purpose=reason)
    return issued


def _highest_account() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM registry_account")
        return int(cursor.fetchone()[0])
