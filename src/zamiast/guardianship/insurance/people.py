"""Who the people of a batch are: by identifier, by another system's number, by the vault.

A national number is never kept: it goes to the vault, which answers with a person, and is
dropped. Where the vault cannot be asked, such a line is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zamiast.guardianship.insurance.reading import BadLine, Line, Ref
from zamiast.registry.models import Account, Identifier, SourceRecord

Resolve = Callable[[Sequence[str]], list[int | None]]
"""National numbers to persons (``registry.Person``), in their order; None: nobody, or several."""


def no_vault(numbers: Sequence[str]) -> list[int | None]:
    """Where no vault is asked, nobody is known by a national number."""
    return [None] * len(numbers)


class People:
    """The accounts of everybody whom a batch names."""

    def __init__(self, batch: Sequence[Line], resolve: Resolve) -> None:
        refs = [one for line in batch for one in (line.child, line.insurer) if one is not None]
        self._by_identifier = _by_identifier({one.identifier for one in refs if one.identifier})
        self._by_source = _by_source({(one.system, one.value) for one in refs if one.system})
        numbers = sorted({one.pesel for one in refs if one.pesel})
        self.dropped = len(numbers)
        self._by_number = _by_person(dict(zip(numbers, resolve(numbers), strict=True)))

    def account(self, ref: Ref, column: str) -> int:
        """The open account of somebody. Raises BadLine where there is none."""
        found = self._find(ref)
        if found is None and ref.pesel:
            raise BadLine(f"{column}_pesel: only the vault can tell who this is, and it did not")
        if found is None:
            raise BadLine(f"{column} is nobody here")
        pk, is_open = found
        if not is_open:
            raise BadLine(f"the account of {column} is closed")
        return pk

    def insurer(self, ref: Ref) -> tuple[int | None, str]:
        """The account of an insurer, or what another system calls somebody who is not here."""
        if ref.system and self._find(ref) is None:
            return None, f"{ref.system}|{ref.value}"[:200]
        return self.account(ref, "ubezpieczajacy"), ""

    def references(self, account: int) -> list[str]:
        """What other systems call this person in the batch."""
        return [f"{system}|{value}"[:200] for (system, value), (pk, _) in self._by_source.items()
                if pk == account]  # fmt: skip

    def _find(self, ref: Ref) -> tuple[int, bool] | None:
        if ref.identifier:
            return self._by_identifier.get(ref.identifier)
        if ref.system:
            return self._by_source.get((ref.system, ref.value))
        return self._by_number.get(ref.pesel)


def _by_identifier(numbers: set[str]) -> dict[str, tuple[int, bool]]:
    """A retired number still tells whose it was: files are older than replacements."""
    rows = Identifier.objects.filter(number__in=map(int, numbers)).values_list(
        "number", "account_id", "account__closed_at"
    )
    return {str(number): (pk, closed is None) for number, pk, closed in rows}


def _by_source(keys: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, bool]]:
    rows = SourceRecord.objects.filter(
        system__in={system for system, _ in keys}, value__in={value for _, value in keys}
    ).values_list("system", "value", "person__account__id", "person__account__closed_at")
    return {
        (system, value): (pk, closed is None)
        for system, value, pk, closed in rows
        if (system, value) in keys and pk is not None
    }


def _by_person(people: dict[str, int | None]) -> dict[str, tuple[int, bool]]:
    wanted = {person for person in people.values() if person is not None}
    rows = Account.objects.filter(person__in=wanted).values_list("person_id", "pk", "closed_at")
    accounts = {person: (pk, closed is None) for person, pk, closed in rows}
    return {number: accounts[person] for number, person in people.items() if person in accounts}
