"""The short check of an identifier agrees with the fast one of ``pure.identifier``.

The guard may not know that package, so the rule stands twice: both are held to the same
vectors, and to each other.
"""

import json
import random
from pathlib import Path

from zamiast.pure.identifier import generate, is_valid
from zamiast.pure.numerals.identifier import is_identifier

VECTORS = Path(__file__).parents[2] / "vectors" / "identifier.json"


def test_both_agree_with_the_vectors():
    rows = [row for row in json.loads(VECTORS.read_text()) if row.get("compact") is not None]
    assert {row["valid"] for row in rows} == {True, False}
    for row in rows:
        assert is_identifier(row["compact"]) is is_valid(row["compact"]) is row["valid"], row


def test_both_agree_on_identifiers_and_on_any_twelve_digits():
    dice = random.Random(12)
    for _ in range(2_000):
        assert is_identifier(generate())
        digits = f"{dice.randrange(10**12):012}"
        assert is_identifier(digits) is is_valid(digits)
