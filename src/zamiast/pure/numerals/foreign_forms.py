"""Ukrainian and English number words as they are bent in speech.

>>> from zamiast.pure.numerals.folding import fold
>>> UKRAINIAN[fold("п'ятірка")].value, ENGLISH["fives"].kind
(5, <Kind.PLURAL: 'plural'>)
"""

from __future__ import annotations

from zamiast.pure.numerals.polish_forms import forms
from zamiast.pure.numerals.words import Kind, Word, table

UKRAINIAN_CASES: dict[Kind, dict[int, str]] = {
    Kind.DIGIT: {
        0: "ноль нуля нулем нульовий",
        1: "одна одно одне одного одному одним однієї одну перший перше перша першого",
        2: "дві двох двом двома друге другий друга другого",
        3: "трьох трьом трьома третє третій третя третього",
        4: "чотирьох чотирьом чотирма четверте четвертий четверта четвертого",
        5: "п'яти п'ятьох п'яте п'ятий п'ята п'ятого",
        6: "шести шістьох шосте шостий шоста шостого",
        7: "семи сімох сьоме сьомий сьома сьомого",
        8: "восьми вісьмох восьме восьмий восьма восьмого",
        9: "дев'яти дев'ятьох дев'яте дев'ятий дев'ята дев'ятого",
    },
    Kind.TEEN: {
        10: "десяти десятьох десяте десятий десятого",
        11: "одинадцяти одинадцяте одинадцятий одинадцятого",
        12: "дванадцяти дванадцяте дванадцятий дванадцятого",
        13: "тринадцяти тринадцяте тринадцятий тринадцятого",
        14: "чотирнадцяти чотирнадцяте чотирнадцятий чотирнадцятого",
        15: "п'ятнадцяти п'ятнадцяте п'ятнадцятий п'ятнадцятого",
        16: "шістнадцяти шістнадцяте шістнадцятий шістнадцятого шіснадцять",
        17: "сімнадцяти сімнадцяте сімнадцятий сімнадцятого",
        18: "вісімнадцяти вісімнадцяте вісімнадцятий вісімнадцятого",
        19: "дев'ятнадцяти дев'ятнадцяте дев'ятнадцятий дев'ятнадцятого",
    },
    Kind.TEN: {
        20: "двадцяти двадцяте двадцятий двадцятого",
        30: "тридцяти тридцяте тридцятий тридцятого",
        40: "сорока сорокове сороковий сорокового",
        50: "п'ятдесяти п'ятдесятий п'ятдесятого п'ядесят",
        60: "шістдесяти шістдесятий шістдесятого шісдесят",
        70: "сімдесяти сімдесятий сімдесятого",
        80: "вісімдесяти вісімдесятий вісімдесятого",
        90: "дев'яноста дев'яностий дев'яностого",
    },
}
UKRAINIAN_NOUN_FORMS = {
    1: "одиниця одиницю одиничка одиничку",
    2: "двійка двійку двоєчка",
    3: "трійка трійку",
    4: "четвірка четвірку",
    5: "п'ятірка п'ятірку",
    6: "шістка шістку",
    7: "сімка сімку",
    8: "вісімка вісімку",
    9: "дев'ятка дев'ятку",
}
UKRAINIAN_PLURALS = {
    0: "нулі нулів",
    1: "одиниці",
    2: "двійки",
    3: "трійки",
    4: "четвірки",
    5: "п'ятірки",
    6: "шістки",
    7: "сімки",
    8: "вісімки",
    9: "дев'ятки",
}
UKRAINIAN_MULTIPLES = {
    2: "подвійний подвійна подвійне подвійну",
    3: "потрійний потрійна потрійне потрійну",
}

ENGLISH_DIGIT_FORMS = {
    0: "nil null cero",
    1: "first",
    2: "second",
    3: "third tree",
    4: "fourth",
    5: "fifth fife",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth niner",
}
ENGLISH_TEENS = {
    10: "tenth",
    11: "eleventh",
    12: "twelfth twelwe",
    13: "thirteenth",
    14: "fourteenth",
    15: "fifteenth",
    16: "sixteenth",
    17: "seventeenth",
    18: "eighteenth",
    19: "nineteenth",
}
ENGLISH_TENS = {20: "twentieth", 30: "thirtieth", 40: "fortieth", 90: "ninty"}
ENGLISH_PLURALS = {
    0: "zeros zeroes ohs noughts",
    1: "ones",
    2: "twos",
    3: "threes",
    4: "fours",
    5: "fives",
    6: "sixes",
    7: "sevens",
    8: "eights",
    9: "nines",
}

UKRAINIAN: dict[str, Word] = {
    **{k: w for kind, rows in UKRAINIAN_CASES.items() for k, w in forms(kind, rows).items()},
    **forms(Kind.DIGIT, UKRAINIAN_NOUN_FORMS),
    **forms(Kind.PLURAL, UKRAINIAN_PLURALS),
    **forms(Kind.MULTIPLE, UKRAINIAN_MULTIPLES),
}
ENGLISH: dict[str, Word] = {
    **forms(Kind.DIGIT, ENGLISH_DIGIT_FORMS),
    **forms(Kind.TEEN, ENGLISH_TEENS),
    **forms(Kind.TEN, ENGLISH_TENS),
    **forms(Kind.PLURAL, ENGLISH_PLURALS),
    **table(Kind.TIMES, {"time": 0}),
}
