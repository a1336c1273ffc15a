"""Whether twelve digits are written like an account identifier.

Three check digits, each a weighted sum of the nine before them modulo 11; see
``docs/reference`` on the identifier. Lives here because both the identifier and the
PESEL guard must know it, and neither may know the other.

>>> is_identifier("270669074410"), is_identifier("270669074411")
(True, False)
"""

from __future__ import annotations

from zamiast.pure.numerals.pesel import is_well_formed

LENGTH = 12
CHECK_ROWS = (
    (5, 1, 9, 5, 7, 1, 5, 3, 7),
    (4, 7, 3, 10, 9, 5, 5, 8, 1),
    (2, 5, 4, 9, 9, 1, 6, 9, 3),
)


def is_identifier(digits: str) -> bool:
    """Tell whether ``digits`` are twelve ASCII digits with the right three check digits.

    None in which eleven neighbouring digits are a PESEL: such a one is never issued.
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return False
    data = [int(digit) for digit in digits[:9]]
    checks = [sum(w * d for w, d in zip(row, data, strict=True)) % 11 for row in CHECK_ROWS]
    if "".join(map(str, checks)) != digits[9:]:
        return False
    return not (is_well_formed(digits[:11]) or is_well_formed(digits[1:]))
