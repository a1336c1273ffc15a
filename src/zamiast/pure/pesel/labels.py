"""What the words before a number call it: a PESEL, something else, or nothing.

>>> label = Label()
>>> label.announce()
>>> label.pass_word(meaning("żony"))
>>> label.announced
True
>>> label.pass_word(meaning("nie"))
>>> label.announced
False
"""

from __future__ import annotations

from zamiast.pure.pesel.lexicon import Meaning, meaning  # noqa: F401 - the doctest
from zamiast.pure.pesel.vocabulary import Role

PESEL_REACH = 4
"""Words that may stand between the word PESEL and its number."""
OTHER_REACH = 4
"""Words over which the name of another number reaches."""


class Label:
    """The last label read, while it still belongs to the number to come."""

    __slots__ = ("_numbered", "_other", "_pesel", "plus")

    def __init__(self) -> None:
        self._pesel: int | None = None
        self._other: int | None = None
        self._numbered = False
        self.plus = ""
        """A plus before the number, as written: a phone."""

    @property
    def announced(self) -> bool:
        """Whether the next number is called a PESEL."""
        return self._pesel is not None

    @property
    def distance(self) -> int:
        """Words passed since the word PESEL."""
        return self._pesel or 0

    @property
    def other(self) -> bool:
        """Whether the next number has another name."""
        return self._other is not None and self._other <= OTHER_REACH

    def announce(self) -> None:
        """The word PESEL was read."""
        self._pesel, self._other, self._numbered = 0, None, False

    def name(self) -> None:
        """The name of another number was read."""
        self._pesel, self._other, self._numbered = None, 0, False

    def number_word(self) -> None:
        """ "nr", "numer" was read: the word after it is a name, if it is no ordinary one."""
        self._numbered = True

    def pause(self) -> None:
        """A sentence or a line ends: "nr" names nothing any more."""
        self._numbered = False

    def spend(self) -> None:
        """A number was read, and the labels belong to it."""
        self._pesel = self._other = None
        self._numbered, self.plus = False, ""

    def pass_word(self, word: Meaning) -> None:
        """Some other word was read between the label and the number."""
        if self._pesel is not None:
            if word.denies:
                self._pesel = None
            elif not word.benign:
                self._pesel = None if self._pesel >= PESEL_REACH else self._pesel + 1
        if self.plus == "+" or word.role is not Role.FILLER:
            self.plus = ""
        if self._other is not None:
            self._other += word.role is Role.OTHER

    def names_number(self, word: Meaning) -> bool:
        """Tell whether ``word`` follows "nr" and so names a number: "nr zgłoszenia"."""
        named = self._numbered and not word.benign
        self._numbered = False
        return named
