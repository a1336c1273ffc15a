"""Made-up numbers: valid PESELs, broken ones, and numbers that hide one inside."""

from __future__ import annotations

import datetime
from random import Random

TODAY = datetime.date(2026, 6, 1)
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
IDENTIFIER_ROWS = (
    (5, 1, 9, 5, 7, 1, 5, 3, 7),
    (4, 7, 3, 10, 9, 5, 5, 8, 1),
    (2, 5, 4, 9, 9, 1, 6, 9, 3),
)


def check_digit(ten: str) -> str:
    return str(-sum(w * int(d) for w, d in zip(WEIGHTS, ten, strict=True)) % 10)


def is_valid(number: str, today: datetime.date = TODAY) -> bool:
    if len(number) != 11 or check_digit(number[:10]) != number[10]:
        return False
    month = int(number[2:4])
    century = {0: 1900, 1: 2000}.get(month // 20 if month % 20 in range(1, 13) else 9)
    if century is None:
        return False
    try:
        born = datetime.date(century + int(number[:2]), month % 20, int(number[4:6]))
    except ValueError:
        return False
    return born <= today


def pesel(rng: Random) -> str:
    """A valid PESEL; children, pensioners and people born on the first days alike."""
    first = datetime.date(1900, 1, 1) if rng.random() < 0.1 else datetime.date(1935, 1, 1)
    born = first + datetime.timedelta(days=rng.randrange((TODAY - first).days))
    month = born.month + (20 if born.year >= 2000 else 0)
    ten = f"{born.year % 100:02}{month:02}{born.day:02}{rng.randrange(10000):04}"
    return ten + check_digit(ten)


def wrong_check(rng: Random) -> str:
    good = pesel(rng)
    return good[:10] + str((int(good[10]) + rng.randrange(1, 10)) % 10)


def wrong_date(rng: Random) -> str:
    good = pesel(rng)
    broken = rng.choice(("0230", "0431", "0000", "1332", "1900", "3301", "4512", "0732"))
    ten = good[:2] + broken + good[6:10]
    return ten + check_digit(ten)


def digits(rng: Random, count: int, first: str = "0123456789") -> str:
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(count - 1))


def has_window(number: str) -> bool:
    return any(is_valid(number[i : i + 11]) for i in range(len(number) - 10))


def around(rng: Random, length: int, prefix: str = "") -> str:
    """A longer number inside which the digits of a valid PESEL stand."""
    rest = length - 11 - len(prefix)
    left = rng.randrange(rest + 1)
    return prefix + digits(rng, left or 1)[:left] + pesel(rng) + digits(rng, rest + 1)[left + 1 :]


def identifier(rng: Random) -> str:
    """A well-formed account identifier; half of them contain digits like a PESEL's."""
    while True:
        nine = digits(rng, 9, "123456789")
        if rng.random() < 0.5:
            nine = rng.choice("123456789") + pesel(rng)[:8]
        checks = [
            sum(w * int(d) for w, d in zip(r, nine, strict=True)) % 11 for r in IDENTIFIER_ROWS
        ]
        if 10 in checks:
            continue
        number = nine + "".join(map(str, checks))
        if not any(_pesel_shaped(number[i : i + 11]) for i in (0, 1)):
            return number


def _pesel_shaped(number: str) -> bool:
    """Tell whether the digits are a PESEL of any century, as the identifier must avoid."""
    if check_digit(number[:10]) != number[10]:
        return False
    century = {8: 1800, 0: 1900, 2: 2000, 4: 2100, 6: 2200}[int(number[2]) // 2 * 2]
    try:
        datetime.date(century + int(number[:2]), int(number[2:4]) % 20, int(number[4:6]))
    except ValueError:
        return False
    return True


def phone_passing(rng: Random) -> str:
    """Eleven digits that begin with 48 and are a valid PESEL (a Kraków number)."""
    ten = f"4812{rng.randrange(1, 32):02}{rng.randrange(10000):04}"
    return ten + check_digit(ten)


def nip(rng: Random) -> str:
    while True:
        nine = digits(rng, 9, "12356789")
        check = sum(w * int(d) for w, d in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), nine, strict=True)) % 11
        if check < 10:
            return nine + str(check)
