"""English number words: cardinals to 900, "oh" for 0, "double" and "triple"."""

from __future__ import annotations

from zamiast.pure.numerals.words import Kind, Word, numbered, table

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ZEROS = {"oh": 0, "o": 0, "nought": 0, "naught": 0}

TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

WORDS: dict[str, Word] = {
    **numbered(Kind.DIGIT, 0, 1, " ".join(DIGITS)),
    **table(Kind.DIGIT, ZEROS),
    **numbered(Kind.TEEN, 10, 1, TEENS),
    **numbered(Kind.TEN, 20, 10, TENS),
    **table(Kind.TEN, {"fourty": 40}),
    **table(Kind.SCALE, {"hundred": 100}),
    **table(Kind.MULTIPLE, {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}),
    **table(Kind.TIMES, {"times": 0}),
}
