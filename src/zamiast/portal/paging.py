"""Pages of a long list, without counting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
LAST = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and whether there are more before and after."""

    rows: list[Row]
    number: int
    has_more: bool

    @property
    def newer(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.has_more else None


def page_of(rows: QuerySet[Row], number: int, size: int) -> Page[Row]:
    """Read one page, and one row more to know whether there is another page."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(found[:size], number, len(found) > size)


def number_of(text: str | None) -> int:
    """The page that an address asks for; the first one where it asks for nonsense.

    >>> number_of("3"), number_of("-1"), number_of("x"), number_of(None)
    (3, 1, 1, 1)
    """
    if not text or not text.isascii() or not text.isdigit():
        return 1
    return min(max(int(text[:6]), 1), LAST)
