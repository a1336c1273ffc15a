"""What the vault does: store, match, reveal. One verb, one transaction, one event."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction

from zamiast.audit import doorway
from zamiast.audit.services import Actor, Purpose, machine, record
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.registry.vault import budget, crypto, operators, rows
from zamiast.registry.vault.keys import Ring
from zamiast.registry.vault.numbers import Kind, Number, normal
from zamiast.registry.vault.protocol import CONFLICTS, Entry, Matched, Revealed, Stored

_TRIES = 5
_DEADLOCK = "40P01"
_SHORTEST_REASON = 10

# --- store --------------------------------------------------------------------------


def store(entries: list[Entry], *, ring: Ring, caller: str) -> list[Stored]:
    """Store numbers; what became of each. Doing it twice stores once.

    Somebody else may store the same number at the same moment: then the database's own
    constraints refuse, and all is looked at anew. Storing tells whose a number is, so it
    has a budget like matching. Raises UsedUp.
    """
    limit = _Limit(f"store:{caller}", budget.setting("VAULT_IMPORTED_A_DAY"), budget.DAY)
    for _ in range(_TRIES):
        try:
            with transaction.atomic(durable=True):
                _spend([limit], len(entries))
                return _Storing(ring, caller).store(entries)
        except IntegrityError:
            continue
        except budget.UsedUp as error:
            budget.note_refusal(error, "vault.stored", by=machine(caller))
            raise
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != _DEADLOCK:
                raise
    raise Conflict("vault.busy", "Others change the same numbers. Try again.")


class _Storing:
    """One batch: what is known of it, and what is written for it."""

    def __init__(self, ring: Ring, caller: str) -> None:
        self._ring, self._caller = ring, caller
        self._keys = rows.active_fingerprint_keys(ring)
        self._today = doorway.today()
        self._fresh: list[rows.Sealed] = []
        self._prints: list[tuple[uuid.UUID, str, bytes, bool]] = []

    def store(self, entries: list[Entry]) -> list[Stored]:
        normals = [_normal_or_none(entry.number) for entry in entries]
        persons = sorted({entry.person for entry in entries})
        self._accounts = rows.accounts(persons)
        self._pesels = rows.current_pesels(persons)
        self._found = rows.find(self._keys, [one for one in normals if one])
        self._replaced: list[tuple[uuid.UUID, datetime.date, uuid.UUID]] = []
        done = [self._store(entry, one) for entry, one in zip(entries, normals, strict=True)]
        # The replaced row first ends, then the new one comes, then they are tied together.
        for old, on, _ in self._replaced:
            rows.end(old, on)
        if self._fresh:
            rows.insert(self._fresh, self._caller, self._prints)
        for old, _, new in self._replaced:
            rows.tie(old, new)
        self._record(entries, normals, done)
        return done

    def _store(self, entry: Entry, number: Number | None) -> Stored:
        if number is None:
            return Stored("not_a_number")
        if entry.person not in self._accounts:
            return Stored("no_person")
        ends = entry.valid_to if entry.valid_to and entry.valid_to <= self._today else None
        if known := self._known(entry.person, number, ends):
            return known
        current = self._pesels.get(entry.person) if number.kind is Kind.PESEL and not ends else None
        if current and (not entry.replaces or any(one.id == current for one in self._fresh)):
            return Stored("another_number")
        row = self._add(entry, number, ends)
        if current:
            self._replaced.append((current, entry.valid_from or self._today, row))
        if number.kind is Kind.PESEL and not ends:
            self._pesels[entry.person] = row
        return Stored("replaced" if current else "stored")

    def _known(self, person: int, number: Number, ends: datetime.date | None) -> Stored | None:
        """What is to say where the number is here already; None where it is to be written."""
        found = self._found[number]
        own = [row for row in found if row.person == person]
        current = next((row for row in own if row.is_current), None)
        if current and ends:
            self._end(number, current, ends)
            return Stored("ended")
        if current or (own and ends):
            return Stored("known")
        if not ends and (others := [row.person for row in found if row.is_current]):
            return Stored("number_of_another", others[0])
        return Stored("past") if own else None

    def _end(self, number: Number, row: rows.Found, ends: datetime.date) -> None:
        if any(one.id == row.number_id for one in self._fresh):
            raise BadInput("vault.order", "One batch stores a number and ends it.")
        rows.end(row.number_id, ends)
        ended = rows.Found(row.fingerprint, row.number_id, row.person, False)
        self._found[number] = [ended if one is row else one for one in self._found[number]]
        if self._pesels.get(row.person) == row.number_id:
            del self._pesels[row.person]

    def _add(self, entry: Entry, number: Number, ends: datetime.date | None) -> uuid.UUID:
        key, new = self._ring.encryption[0], uuid.uuid4()
        identity = rows.identity(new, entry.person, number.kind.value, number.issuer)
        starts = (
            entry.valid_from
            if not (ends and entry.valid_from and entry.valid_from > ends)
            else None
        )
        self._fresh.append(rows.Sealed(
            new, entry.person, number.kind.value, number.issuer,
            crypto.seal(key, number.value, *identity), key.id, starts, ends))  # fmt: skip
        prints = [
            (new, one.id, crypto.fingerprint(one, number), ends is None) for one in self._keys
        ]
        self._prints += prints
        self._found[number].append(rows.Found(prints[0][2], new, entry.person, ends is None))
        return new

    def _record(
        self, entries: list[Entry], numbers: list[Number | None], done: list[Stored]
    ) -> None:
        """One event: at the holder's account for a single number, in counts for a batch."""
        hashed = crypto.asked(self._keys[0], [one for one in numbers if one])
        if len(entries) == 1:
            only = entries[0]
            record("vault.stored", by=machine(self._caller), outcome=done[0].outcome,
                   account=self._accounts.get(only.person), fields=(only.number.kind.value,),
                   asked=hashed)  # fmt: skip
        else:
            record("vault.stored", by=machine(self._caller), purpose=Purpose(step=_counted(done)),
                   outcome=_batch_outcome(done), asked=hashed)  # fmt: skip


def _normal_or_none(number: Number) -> Number | None:
    try:
        return normal(number)
    except BadInput:
        return None


def _counted(done: list[Stored] | list[Matched]) -> str:
    counts = Counter(one.outcome for one in done)
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))[:200]


def _batch_outcome(done: list[Stored]) -> str:
    return "with_conflicts" if any(one.outcome in CONFLICTS for one in done) else "done"


# --- match --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Limit:
    name: str
    count: int
    window: str


def match(number: Number, *, ring: Ring, caller: str) -> Matched:
    """Whose number this is. Counted for the caller and for all; the holder sees it.

    Raises BadInput for what cannot be a number, UsedUp when the limit is reached.
    """
    wanted = normal(number)
    limits = [
        _Limit(f"match:{caller}", budget.setting("VAULT_MATCHES_AN_HOUR"), budget.HOUR),
        _Limit("match", budget.setting("VAULT_MATCHES_AN_HOUR_IN_ALL"), budget.HOUR),
    ]
    try:
        with transaction.atomic(durable=True):
            _spend(limits, 1)
            keys = rows.active_fingerprint_keys(ring)
            answer = _whose(rows.find(keys, [wanted])[wanted])
            account = rows.accounts([answer.person]).get(answer.person) if answer.person else None
            record("vault.matched", by=machine(caller), account=account, outcome=answer.outcome,
                   fields=(wanted.kind.value,), asked=crypto.asked(keys[0], [wanted]))  # fmt: skip
            return answer
    except budget.UsedUp as error:
        budget.note_refusal(error, "vault.matched", by=machine(caller))
        raise


def match_many(numbers: list[Number], *, ring: Ring, caller: str) -> list[Matched]:
    """Whose numbers these are, for an import: a budget of its own and one event a batch."""
    wanted = [_normal_or_none(one) for one in numbers]
    limits = [_Limit(f"match_many:{caller}", budget.setting("VAULT_IMPORTED_A_DAY"), budget.DAY)]
    try:
        with transaction.atomic(durable=True):
            _spend(limits, len(numbers))
            keys = rows.active_fingerprint_keys(ring)
            valid = [one for one in wanted if one]
            found = rows.find(keys, valid)
            done = [_whose(found[one]) if one else Matched("not_a_number") for one in wanted]
            record("vault.matched_many", by=machine(caller), purpose=Purpose(step=_counted(done)),
                   asked=crypto.asked(keys[0], valid))  # fmt: skip
            return done
    except budget.UsedUp as error:
        budget.note_refusal(error, "vault.matched_many", by=machine(caller))
        raise


def _spend(limits: list[_Limit], count: int) -> None:
    for limit in limits:
        budget.spend(limit.name, count, limit=limit.count, window=limit.window)


def _whose(found: list[rows.Found]) -> Matched:
    for row in found:
        if row.is_current:
            return Matched("current", row.person)
    persons = {row.person for row in found}
    if len(persons) > 1:
        return Matched("several")
    return Matched("past", persons.pop()) if persons else Matched("nobody")


# --- reveal -------------------------------------------------------------------------


def reveal(person: int, *, reason: str, operator: str, code: str, ring: Ring) -> list[Revealed]:
    """The numbers of a person, for an operator with a reason and a fresh one-time code.

    The event is written in the transaction that reads: no event, no number. The holder
    sees it. A wrong code is an event too. Raises BadInput, NotAllowed, NotFound, UsedUp.
    """
    purpose_text = " ".join(reason.split())
    if len(purpose_text) < _SHORTEST_REASON:
        raise BadInput("vault.reason", "Give a reason of ten letters or more: the holder may ask.")
    account = _account_of(person)
    actor = operators.proved(operator, code, ring=ring, what="vault.revealed", account=account)
    by = Actor("operator", actor.title)
    step = f"operator {actor.name}, person {person}"
    purpose = Purpose(reason=purpose_text[:200], step=step)
    limit = _Limit(f"reveal:{actor.name}", budget.setting("VAULT_REVEALS_A_DAY"), budget.DAY)
    try:
        with transaction.atomic(durable=True):
            _spend([limit], 1)
            found = rows.of_person(person)
            kinds = tuple(dict.fromkeys(row.kind for row in found))
            record("vault.revealed", by=by, account=account, outcome="done" if found else "nothing",
                   purpose=purpose, level=3, fields=kinds)  # fmt: skip
            return [Revealed(row.open(ring), row.valid_from, row.valid_to) for row in found]
    except budget.UsedUp as error:
        budget.note_refusal(error, "vault.revealed", by=by)
        raise


def _account_of(person: int) -> int | None:
    accounts = rows.accounts([person])
    if person not in accounts:
        raise NotFound("vault.no_person", "There is no such person.")
    return accounts[person]
