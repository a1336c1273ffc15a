"""Makes ``tests/vectors/identifier.json``: ``python tests/pure/identifier/make_vectors.py``.

The vectors are what Python and JavaScript must agree on. The same seed makes the same
file; a test compares the two, so a change of behaviour shows in the difference.
"""

import json
import random
from pathlib import Path

from identifier_making import (
    ALL,
    groups_of,
    put,
    random_identifier,
    random_pesel,
    random_slip,
)

from zamiast.pure import identifier
from zamiast.pure.identifier.code import check_digits, contains_pesel

FILE = Path(__file__).parents[2] / "vectors" / "identifier.json"
SEED = 20260101
EACH_SLIP = 24

SEPARATORS = (
    " \t\n\r\x0b\x0c\x1c\x85\xa0\u1680\u2000\u2009\u2028\u202f\u205f\u3000"
    "\xad\u180e\u200b\u200d\u200f\u202c\u2060\u2069\ufe0f\ufeff"
    "-\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u301c\ufe58\uff0d"
    ".\xb7\u2022\u2024\u2026\u22c5\u3002\uff0e\uff61"
)
NO_SEPARATORS = ",/_|:;x+'\u0300\u00b2\u2070\u2460\u20e3"
ZEROS = (0x0660, 0x06F0, 0x0966, 0x0E50, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)


def vector(name, text, **made):
    """Return what is expected of one input."""
    return {
        "name": name,
        "input": text,
        "compact": identifier.compact(text),
        "format": identifier.format(text),
        "valid": identifier.is_valid(text),
        "looks_like_pesel": identifier.looks_like_pesel(text),
        "diagnosis": [
            {"slip": slip.kind.value, "groups": list(slip.groups)}
            for slip in identifier.diagnose(text)
        ],
        **made,
    }


def slips(chance):
    for name in ALL:
        for _ in range(EACH_SLIP):
            _, wrong, places = random_slip(name, chance)
            made = {"slip": name, "groups": sorted(groups_of(places))}
            yield vector(name, wrong, made=made)


def writings(chance):
    digits = random_identifier(chance)
    for separator in SEPARATORS:
        yield vector(f"separator U+{ord(separator):04X}", separator.join(digits))
    for other in NO_SEPARATORS:
        yield vector(f"no separator U+{ord(other):04X}", other.join((digits[:6], digits[6:])))
    for zero in ZEROS:
        foreign = "".join(chr(zero + int(digit)) for digit in digits)
        yield vector(f"digits from U+{zero:04X}", foreign)
        yield vector(f"mixed with digits from U+{zero:04X}", foreign[:5] + "-" + digits[5:])
    for length in range(1, 16):
        yield vector(f"{length} digits", (digits + digits)[:length])


def pesels(chance):
    for _ in range(12):
        number = random_pesel(chance)
        yield vector("PESEL", number)
        yield vector("PESEL in groups", f"{number[:6]}-{number[6:]}")
        yield vector("PESEL in pairs", " ".join(number[at : at + 2] for at in range(0, 11, 2)))
        yield vector("PESEL after its name", f"PESEL {number}")
        yield vector("PESEL beside another number", f"{number} 8")
        yield vector("PESEL inside a longer number", f"{number}8")
        yield vector("PESEL, full-width", "".join(chr(0xFF10 + int(digit)) for digit in number))
        yield vector("PESEL mistyped", put(number, {10: str((int(number[10]) + 1) % 10)}))
        yield vector("not a day", put(number, {2: "1", 3: "3"}))


def refused(chance):
    """Numbers whose check digits agree, and which are not used all the same."""
    kinds = {"contains a PESEL": lambda word: contains_pesel(word)}
    kinds["begins with 0"] = lambda word: word[0] == "0"
    for name, refuses in kinds.items():
        found = 0
        while found < 10:
            start = random_pesel(chance)[:9] if name != "begins with 0" else ""
            data = start or f"0{chance.randrange(10**8):08}"
            check = check_digits(data)
            if check and refuses(data + check):
                found += 1
                yield vector(name, data + check)


def odd(chance):
    for text in (
        "",
        " ",
        "-",
        "abc",
        "950x120",
        "\ufffd",
        "000000000000",
        "9" * 40,
        "950 12O 144 483",
    ):
        yield vector("odd", text)
    for _ in range(30):
        yield vector("random", "".join(chance.choices("0123456789", k=chance.randint(10, 13))))
    for _ in range(20):
        yield vector("valid", identifier.format(random_identifier(chance)))


def content():
    """Return the text of the file."""
    chance = random.Random(SEED)
    parts = (slips, writings, pesels, refused, odd)
    vectors = [one for part in parts for one in part(chance)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=True) for one in vectors)
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
