"""Read a text from left to right and hand out its chains of numbers."""

from __future__ import annotations

from collections.abc import Iterator

from zamiast.pure.pesel.atoms import (
    ATOM,
    BY_PHONE,
    DENIAL,
    ITEM_BRACKET,
    ITEM_DOT,
    LINE_START,
    NO_VALUE,
    OPEN_BRACKET,
    OWN_NUMBER,
    QUERY,
    SPEAKER,
    SPEAKER_NUMBER,
    SPEAKER_TAIL,
    at_line_start,
)
from zamiast.pure.pesel.chains import CORRECTION, LINE, REPEAT, RUN, TURN, Chain, Unit, run, spoken
from zamiast.pure.pesel.gaps import FOREIGN, SENTENCE, SPACE, WALL, WORDS, measure
from zamiast.pure.pesel.labels import Label
from zamiast.pure.pesel.lexicon import Meaning, meaning
from zamiast.pure.pesel.vocabulary import Role

FILLERS_AT_ONCE = 14
FOREIGN_AFTER_DIGITS = 2
FOREIGN_AFTER_WORDS = 4
FOREIGN_BEFORE_PESEL = 2
"""How many words of a kind may stand between two pieces of one number, and two more of the
unknown ones if it was announced."""
EITHER_WAY = frozenset(("lat", "lata", "l"))
"""Units that may stand before their number too."""
LONGEST_OPENING, LONGEST_BRACKET, LONGEST_FIELD = 24, 120, 60
"""How far back the beginning of a line, an open bracket, and the field of a URL are looked for."""
LONGEST_ORDINAL = 4
"""Digits of a number that a word before it makes a quantity: "sala 12"."""


class Reader:
    """Collects the units of one text into chains."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done: list[Chain] = []
        self._label = Label()
        self._last = self._start = self._end = 0
        self._word: Meaning | None = None
        self._chain = Chain()
        self._gap = self._marks = self._foreign = self._fillers = 0
        self._stopped = self._prefixed = False
        self._item = self._speaker_end = 0

    def chains(self) -> Iterator[Chain]:
        """Yield every chain of the text, in order."""
        for atom in ATOM.finditer(self._text):
            self._start, self._end = atom.span()
            kind = atom.lastgroup or ""
            if self._last != self._start:
                self._cross(kind)
            if kind == "word":
                self._any_word()
            elif kind == "digits":
                self._digits()
            elif kind == "stamp":
                self._stamp()
            else:
                self._close()
            self._last = self._end
            if self._done:
                yield from self._done
                self._done.clear()
        self._close()
        yield from self._done

    def _close(self) -> None:
        """End the chain; what comes next belongs to another number."""
        if self._chain.units:
            self._chain.units[-1].gap = WALL
            self._done.append(self._chain)
            self._label.spend()
            self._chain = Chain()
        self._gap = self._marks = self._foreign = self._fillers = 0
        self._stopped = self._prefixed = False

    def _cross(self, kind: str) -> None:
        """Take in the marks between the last atom and this one."""
        text, last = self._text, self._last
        gap = measure(text[last : self._start])
        if gap.plus:
            glued = text[last] == "+" and last > 0 and text[last - 1].isalnum()
            if not (glued and QUERY.search(text[max(0, last - LONGEST_FIELD) : last])):
                self._close()
                self._label.plus = "" if glued else "+"
        elif gap.hard or (
            gap.colon
            and kind == "digits"
            and text[last - 1].isdigit()
            and last != self._speaker_end
        ):
            self._close()
        if gap.strength > self._gap:
            self._gap = gap.strength
        if gap.stop or gap.line:
            self._label.pause()
        if gap.line:
            self._marks |= TURN | LINE
        if gap.stop and self._chain.units and text[self._start].isupper():
            self._end_sentence()

    def _end_sentence(self) -> None:
        """A sentence ends here, unless each word of the chain begins with a capital."""
        before, after = self._chain.units[-1].start, self._start
        capital = self._text[before].isupper()
        if self._text[before : before + 2].isupper() and self._text[after : after + 2].isupper():
            return
        if not (capital and self._stopped):
            self._gap = max(self._gap, SENTENCE)
        self._stopped |= capital

    def _stamp(self) -> None:
        """A time of day: passed over at the start of a turn, else the end of a number."""
        opens = (
            at_line_start(self._text, self._start)
            or self._text[self._start] in "[("
            or SPEAKER.match(self._text, self._end)
        )
        if opens:
            self._turn()
        else:
            self._close()

    def _turn(self) -> None:
        self._marks |= TURN
        self._gap = max(self._gap, WORDS)

    def _digits(self) -> None:
        size = self._end - self._start
        if size <= 2 and self._numbers_speaker():
            self._foreign = max(0, self._foreign - 1)
            self._speaker_end = self._end
            self._turn()
        elif size <= 2 and self._numbers_item(bracket=True):
            self._close()
        elif self._prefixed and size <= LONGEST_ORDINAL:
            self._prefixed = False
        else:
            self._number_or_item(size)

    def _number_or_item(self, size: int) -> None:
        """Take the digits in; those that number the next item of a list end the number before."""
        digits = self._text[self._start : self._end]
        item = size <= 2 and self._numbers_item(bracket=False)
        if item and self._item and int(digits) == self._item + 1:
            self._close()
        self._add(run(self._start, self._end, digits))
        if item:
            self._item = int(digits)
            self._gap = SENTENCE

    def _numbers_speaker(self) -> bool:
        """Tell whether the digits number a speaker: "Rozmówca 2:", "S2 (07:01):"."""
        if SPEAKER_TAIL.match(self._text, self._end):
            name = SPEAKER_NUMBER.search(self._text, max(0, self._start - 24), self._start)
            if name is not None and self._opens_line(name.start()):
                return True
        after = self._text[self._end : self._end + 3].lstrip("])>*")
        before = self._text[self._start - 1 : self._start]
        return (
            self._foreign > 0
            and after[:1] == ":"
            and not after[1:2].isdigit()
            and (before in (" ", "_") or before.isalpha())
        )

    def _numbers_item(self, bracket: bool) -> bool:
        """Tell whether the digits number an item of a list: "2) ", or "1. " in a new line."""
        if bracket:
            return ITEM_BRACKET.match(self._text, self._end) is not None and (
                OPEN_BRACKET.search(self._text, max(0, self._start - LONGEST_BRACKET), self._start)
                is None
            )
        return ITEM_DOT.match(self._text, self._end) is not None and at_line_start(
            self._text, self._start
        )

    def _add(self, unit: Unit) -> None:
        chain = self._chain
        if chain.units:
            before = chain.units[-1]
            before.gap = self._gap
            before.marks = self._marks if self._gap >= WORDS else self._marks & LINE
            chain.corrected |= before.marks & ~LINE > 0
        else:
            label = self._label
            chain.phone, chain.labelled = bool(label.plus), label.other
            chain.announced, chain.distance = label.announced, label.distance
            label.spend()
        chain.units.append(unit)
        self._gap = self._marks = self._foreign = self._fillers = 0
        self._prefixed = False

    def _any_word(self) -> None:
        start = self._start
        self._word = word = meaning(self._text[start : self._end])
        if word.numbers:
            for first, last, number in word.numbers:
                self._add(spoken(start + first, start + last, number, word.weak, word.english))
            return
        if word.second_half and self._joins():
            return
        self._label.pass_word(word)
        HANDLERS[word.role](self)

    def _joins(self) -> bool:
        """Take a number word written in two: "osiem dziesiąt"."""
        if not self._chain.units or self._gap > SPACE:
            return False
        before = self._chain.units[-1]
        whole = meaning(self._text[before.start : before.end] + self._text[self._start : self._end])
        if len(whole.numbers) != 1:
            return False
        number = whole.numbers[0][2]
        self._chain.units[-1] = spoken(before.start, self._end, number, False, False)
        return True

    def _filler(self) -> None:
        self._fillers += 1
        if self._fillers > FILLERS_AT_ONCE:
            self._close()
        if self._gap < WORDS:
            self._gap = WORDS

    def _correction(self) -> None:
        self._filler()
        self._marks |= CORRECTION

    def _repeat(self) -> None:
        self._filler()
        self._marks |= REPEAT

    def _other(self) -> None:
        assert self._word is not None
        if self._label.names_number(self._word):
            self._named()
        elif self._chain.units and not self._word.benign and self._takes_turn():
            self._turn()
        else:
            self._foreign_word()

    def _foreign_word(self) -> None:
        self._foreign += 1
        self._gap = max(self._gap, min(WALL - 1, FOREIGN + self._foreign - 1))
        units = self._chain.units
        if not units:
            return
        limit = FOREIGN_AFTER_DIGITS if units[-1].code == RUN else FOREIGN_AFTER_WORDS
        if self._foreign > limit + 2 * self._chain.announced:
            self._close()

    def _takes_turn(self) -> bool:
        """Tell whether the word names a speaker: "K:", "[K]", or "K -" where a line begins."""
        text, start, end = self._text, self._start, self._end
        after = text[end : end + 2]
        if after[:1] == ":" or (SPEAKER_TAIL.match(text, end) and self._opens_line(start)):
            return True
        if end - start > 2:
            return False
        if text[start - 1] in "[(<*":
            return after[:1] in ("]", ")", ">", "*")
        dashed = after[:1] == ">" or after in (" -", " –", " —")
        return dashed and at_line_start(text, start)

    def _opens_line(self, at: int) -> bool:
        """Tell whether a line begins before ``at``, with a time at most."""
        return LINE_START.search(self._text, max(0, at - LONGEST_OPENING), at) is not None

    def _number_word(self) -> None:
        self._filler()
        self._label.number_word()

    def _named(self) -> None:
        """Another number is named here, unless the word tells how somebody spoke."""
        if BY_PHONE.search(self._text[max(0, self._start - 9) : self._start]):
            self._foreign_word()
            return
        self._close()
        self._label.name()

    def _measured(self) -> None:
        """A unit of measure: a quantity stands before it, or else after it ("lat 44")."""
        if self._chain.units and self._gap <= SPACE:
            self._chain.drop_quantity()
            self._close()
        elif self._text[self._start : self._end].lower() in EITHER_WAY:
            self._prefix()
        else:
            self._foreign_word()

    def _prefix(self) -> None:
        """A word that makes a quantity of the number after it."""
        self._close()
        self._prefixed = True

    def _plus(self) -> None:
        self._close()
        self._label.plus = "plus"

    def _pesel(self) -> None:
        chain = self._chain
        if chain.units and not chain.labelled and self._foreign <= FOREIGN_BEFORE_PESEL:
            after = self._text[self._end : self._end + 24]
            chain.closed_by_pesel = not (OWN_NUMBER.match(after) or DENIAL.match(after))
        self._close()
        ends_element = self._text[max(0, self._start - 8) : self._start].rpartition("<")[2][:1]
        if ends_element == "/" or NO_VALUE.match(self._text, self._end):
            self._label.spend()
        else:
            self._label.announce()


HANDLERS = {
    Role.FILLER: Reader._filler,
    Role.CORRECTION: Reader._correction,
    Role.REPEAT: Reader._repeat,
    Role.PESEL: Reader._pesel,
    Role.LABEL: Reader._named,
    Role.NUMBERED: Reader._number_word,
    Role.DENIAL: Reader._filler,
    Role.UNIT: Reader._measured,
    Role.PREFIX: Reader._prefix,
    Role.PLUS: Reader._plus,
    Role.OTHER: Reader._other,
}
"""What a word of each role does to the chain being read."""
