"""The code: nine data digits, three check digits over the field of eleven elements.

Each check digit is a weighted sum of the data modulo 11. With the check digits as
further columns the weights make the parity-check matrix of the doubly extended
Reed-Solomon code [12, 9, distance 4]: a word belongs to the code when its *syndrome*,
the matrix times the word, is zero. The order and scale of the columns were found by
search, so that each usual slip leaves a syndrome of its own (``slips``).

>>> check_digits("950120144")
'483'
>>> is_valid("950120144483"), syndrome("950120144483")
(True, (0, 0, 0))

Data for which a check digit would be 10 are not used. Nor is a word in which eleven
neighbouring digits are a well-formed PESEL: nobody's PESEL stands inside an identifier.

>>> check_digits("950120146") is None
True
>>> syndrome("440514034984"), contains_pesel("440514034984")
((0, 0, 0), True)

For speed the contribution of each group of three digits to the three sums is looked
up in a table; the sums are packed into one number, five bits for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import TypeAlias

from zamiast.pure.identifier.form import GROUP, LENGTH, compact
from zamiast.pure.numerals.pesel import MONTH_DAYS, is_well_formed

FIELD = 11
DATA = 9
WEIGHTS = (
    (5, 1, 9, 5, 7, 1, 5, 3, 7),
    (4, 7, 3, 10, 9, 5, 5, 8, 1),
    (2, 5, 4, 9, 9, 1, 6, 9, 3),
)

Syndrome: TypeAlias = tuple[int, int, int]

_BITS = 5
_MASK = (1 << _BITS) - 1
_DIGITS = "0123456789"


def _columns() -> tuple[Syndrome, ...]:
    """Return the twelve columns of the parity-check matrix."""
    data = tuple(zip(*WEIGHTS, strict=True))
    minus = FIELD - 1
    return (*data, (minus, 0, 0), (0, minus, 0), (0, 0, minus))


COLUMNS = _columns()


def _shares(group: int) -> dict[str, int]:
    """Return what each three digits add to the three sums when they stand in ``group``."""
    sums = {"": (0, 0, 0)}
    for column in COLUMNS[group * GROUP : (group + 1) * GROUP]:
        sums = {
            f"{text}{digit}": (
                (one + digit * column[0]) % FIELD,
                (two + digit * column[1]) % FIELD,
                (three + digit * column[2]) % FIELD,
            )
            for text, (one, two, three) in sums.items()
            for digit in range(10)
        }
    return {
        text: one | two << _BITS | three << 2 * _BITS for text, (one, two, three) in sums.items()
    }


def _checks() -> list[str | None]:
    """Return the check digits by packed sum of three shares, None where one would be 10."""
    digit_of_sum = [(_DIGITS + "X")[total % FIELD] for total in range(1 << _BITS)]
    texts = (one + two + three for three, two, one in product(digit_of_sum, repeat=3))
    return [None if "X" in text else text for text in texts]


_FIRST, _SECOND, _THIRD = (_shares(group) for group in range(3))
_CHECKS = _checks()


@cache
def _shares_of_numbers() -> list[list[int]]:
    """The shares of each group, found by number instead of by text."""
    tables = (_FIRST, _SECOND, _THIRD)
    return [[table[f"{number:03}"] for number in range(1000)] for table in tables]


def check_digits_of(numbers: Iterable[int]) -> Iterator[str | None]:
    """Yield ``check_digits`` of many data numbers of nine digits: for drawing them in bulk."""
    first, second, third = _shares_of_numbers()
    for number in numbers:
        shares = first[number // 1_000_000] + second[number // 1000 % 1000] + third[number % 1000]
        yield _CHECKS[shares]


def check_digits(data: str) -> str | None:
    """Return the three check digits for nine data digits; None when one of them would be 10.

    KeyError when ``data`` holds anything but ASCII digits.
    """
    return _CHECKS[_FIRST[data[:3]] + _SECOND[data[3:6]] + _THIRD[data[6:9]]]


def complete(data: str) -> str | None:
    """Return the identifier with these nine data digits; None when there is none."""
    check = check_digits(data)
    if check is None or data[0] == "0":
        return None
    identifier = data + check
    return None if contains_pesel(identifier) else identifier


def contains_pesel(digits: str) -> bool:
    """Tell whether either run of eleven neighbours among twelve digits is a well-formed PESEL."""
    return (digits[2:6] in MONTH_DAYS and is_well_formed(digits[:11])) or (
        digits[3:7] in MONTH_DAYS and is_well_formed(digits[1:])
    )


def is_valid(text: str) -> bool:
    """Tell whether ``text``, in any accepted writing, is an account identifier."""
    digits = text if len(text) == LENGTH and text.isascii() else compact(text)
    try:
        check = _CHECKS[_FIRST[digits[:3]] + _SECOND[digits[3:6]] + _THIRD[digits[6:9]]]
    except KeyError:
        return False
    if check != digits[9:] or digits[0] == "0":
        return False
    # As ``contains_pesel``, with the call saved for the two of three that hold no date.
    return not (
        (digits[2:6] in MONTH_DAYS and is_well_formed(digits[:11]))
        or (digits[3:7] in MONTH_DAYS and is_well_formed(digits[1:]))
    )


def syndrome(digits: str) -> Syndrome:
    """Return the syndrome of twelve ASCII digits: zeros when the check digits agree."""
    packed = _FIRST[digits[:3]] + _SECOND[digits[3:6]] + _THIRD[digits[6:9]]
    return (
        ((packed & _MASK) - int(digits[9])) % FIELD,
        ((packed >> _BITS & _MASK) - int(digits[10])) % FIELD,
        ((packed >> 2 * _BITS) - int(digits[11])) % FIELD,
    )
