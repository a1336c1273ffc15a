"""Polish number words: cardinals to 900 and the radio forms of 1 and 5."""

from __future__ import annotations

from zamiast.pure.numerals.words import Kind, Word, numbered, table

DIGITS = ("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć")
RADIO = {"jedynka": 1, "piątka": 5}
"""Said for 1 and 5 where the line is bad: hard to mishear."""

TEENS = (
    "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście "
    "osiemnaście dziewiętnaście"
)
TENS = (
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt "
    "osiemdziesiąt dziewięćdziesiąt"
)
HUNDREDS = "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset"

WORDS: dict[str, Word] = {
    **numbered(Kind.DIGIT, 0, 1, " ".join(DIGITS)),
    **table(Kind.DIGIT, RADIO),
    **numbered(Kind.TEEN, 10, 1, TEENS),
    **numbered(Kind.TEN, 20, 10, TENS),
    **numbered(Kind.HUNDRED, 100, 100, HUNDREDS),
    **table(Kind.TIMES, {"razy": 0}),
}
