"""Ukrainian number words: cardinals to 900."""

from __future__ import annotations

from zamiast.pure.numerals.words import Kind, Word, numbered, table

DIGITS = ("нуль", "один", "два", "три", "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять")
TEENS = (
    "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять "
    "сімнадцять вісімнадцять дев'ятнадцять"
)
TENS = "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто"
HUNDREDS = "сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот"

WORDS: dict[str, Word] = {
    **numbered(Kind.DIGIT, 0, 1, " ".join(DIGITS)),
    **numbered(Kind.TEEN, 10, 1, TEENS),
    **numbered(Kind.TEN, 20, 10, TENS),
    **numbered(Kind.HUNDRED, 100, 100, HUNDREDS),
    **table(Kind.TIMES, {"рази": 0, "разів": 0}),
}
