"""Number words for the corpus: Polish in several cases, Ukrainian, English.

Written apart from the guard's own tables; a misspelling here must be guessed there.
"""

# ruff: noqa: E501 - tables stay on one line
from __future__ import annotations

from collections.abc import Callable
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


PL_UNITS = _words("zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć")
PL_TEENS = _words(
    "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
)
PL_TENS = _words(
    "- - dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
PL_HUNDREDS = _words(
    "- sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset"
)
GEN_UNITS = _words("zera jednego dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu")
GEN_TEENS = _words(
    "dziesięciu jedenastu dwunastu trzynastu czternastu piętnastu szesnastu siedemnastu osiemnastu dziewiętnastu"
)
GEN_TENS = _words(
    "- - dwudziestu trzydziestu czterdziestu pięćdziesięciu sześćdziesięciu siedemdziesięciu osiemdziesięciu dziewięćdziesięciu"
)
ORD_UNITS = _words("zerow pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt")
ORD_TEENS = _words(
    "dziesiąt jedenast dwunast trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast"
)
ORD_TENS = _words(
    "- - dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
NOUNS = _words("zero jedynka dwójka trójka czwórka piątka szóstka siódemka ósemka dziewiątka")
NOUNS_ACC = _words("zero jedynkę dwójkę trójkę czwórkę piątkę szóstkę siódemkę ósemkę dziewiątkę")
NOUNS_PL = _words("zera jedynki dwójki trójki czwórki piątki szóstki siódemki ósemki dziewiątki")
NOUNS_GEN = _words("zer jedynek dwójek trójek czwórek piątek szóstek siódemek ósemek dziewiątek")
NOUNS_INS = _words("zerem jedynką dwójką trójką czwórką piątką szóstką siódemką ósemką dziewiątką")

UK_UNITS = _words("нуль один два три чотири п'ять шість сім вісім дев'ять")
UK_TEENS = _words(
    "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять"
)
UK_TENS = _words("- - двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто")
UK_HUNDREDS = _words("- сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот")
EN_UNITS = _words("zero one two three four five six seven eight nine")
EN_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
EN_TENS = _words("- - twenty thirty forty fifty sixty seventy eighty ninety")

SLIPS = {
    "pięć": ("pińć", "pięc", "piec", "pieć", "pienć", "pińc"),
    "sześć": ("szejść", "szesc", "sześc", "szesć", "szejsc"),
    "dziewięć": ("dziewiec", "dziewięc", "dziewińć", "dziwięć", "dziewieńć"),
    "jeden": ("jedyn", "jedn", "jedem"),
    "cztery": ("sztery", "cztyry", "cztry", "czteri"),
    "trzy": ("tszy", "trzi", "trzyy"),
    "osiem": ("osim", "ośem", "osjem", "ośiem", "osiemm"),
    "siedem": ("siedm", "śedem", "siedym", "sidem"),
    "dwa": ("dwaa", "dfa", "dwa"),
    "zero": ("zeero", "zerro", "żero", "zerro"),
    "jedenaście": ("jedynaście", "jedenascie", "jedenaśce", "jedynascie"),
    "dwanaście": ("dwanaśce", "dwanascie", "dwanajście"),
    "czternaście": ("sztyrnaście", "czternascie", "czternaśćie"),
    "piętnaście": ("pietnascie", "piętnascie", "pientnaście"),
    "szesnaście": ("szesnascie", "szestnaście", "szesnaśce"),
    "dziewiętnaście": ("dziewietnascie", "dziewiętnascie", "dziewientnaście"),
    "dwadzieścia": ("dwadziescia", "dwadzieśca", "dwajścia", "dwadzieścja"),
    "trzydzieści": ("trzydziesci", "tszydzieści", "trzydzieśći", "czydzieści"),
    "czterdzieści": ("czterdziesci", "czterdzieśći", "szterdzieści", "cztedzieści"),
    "pięćdziesiąt": ("piecdziesiat", "pindziesiąt", "pieńdziesiąt", "pięćdziesiont", "pińdziesiąt"),
    "sześćdziesiąt": ("szejdziesiąt", "szesdziesiat", "szescdziesiat", "sześdziesiąt", "szejsiont"),
    "siedemdziesiąt": ("siedemdziesiat", "siedemdziesiont", "siedymdziesiąt", "siemdziesiąt"),
    "osiemdziesiąt": ("osiemdziesiat", "osiemdziesiont", "osimdziesiąt", "osiemdziesiąd"),
    "dziewięćdziesiąt": ("dziewiecdziesiat", "dziewiedziesiąt", "dziewieńdziesiąt"),
}
STRIP = str.maketrans("ąćęłńóśźż", "acelnoszz")


def feminine(stem: str, ending: str) -> str:
    """Join an ordinal stem and ending, minding 'drugi' and 'trzeci'."""
    if stem in ("drug", "trzec"):
        ending = {"y": "i", "ego": "iego", "emu": "iemu", "ym": "im", "a": "a", "ej": "iej"}[ending]
        ending = "ia" if ending == "a" and stem == "trzec" else ending
    return stem + ending


def two(pair: str, style: str = "card") -> list[str]:
    """The words for two digits; ``05`` is said in full."""
    value = int(pair)
    units, teens, tens = {
        "card": (PL_UNITS, PL_TEENS, PL_TENS),
        "gen": (GEN_UNITS, GEN_TEENS, GEN_TENS),
    }[style]
    if value < 10:
        return [units[0], units[value]]
    if value < 20:
        return [teens[value - 10]]
    return [tens[value // 10]] + ([units[value % 10]] if value % 10 else [])


def ordinal(rng: Random, pair: str) -> list[str]:
    ending = rng.choice(("y", "ego", "ego", "emu", "ym"))
    value = int(pair)
    if value < 10:
        return [PL_UNITS[0], feminine(ORD_UNITS[value], ending) if value else PL_UNITS[0]]
    if value < 20:
        return [feminine(ORD_TEENS[value - 10], ending)]
    words = [feminine(ORD_TENS[value // 10], ending)]
    return words + ([feminine(ORD_UNITS[value % 10], ending)] if value % 10 else [])


def three(triple: str) -> list[str]:
    if triple[0] == "0":
        return [PL_UNITS[0], *two(triple[1:])]
    words = [PL_HUNDREDS[int(triple[0])]]
    if triple[1] != "0":
        words += two(triple[1:])
    elif triple[2] != "0":
        words.append(PL_UNITS[int(triple[2])])
    return words


def split(rng: Random, number: str, sizes: tuple[int, ...] = (1, 2, 3)) -> list[str]:
    """Cut the number into groups of the given sizes, in order."""
    if rng.random() < 0.4 and len(number) == 11 and sizes != (1,):
        shape = rng.choice(
            ((2, 2, 2, 3, 2), (2, 2, 2, 2, 2, 1), (2, 2, 2, 1, 1, 1, 2), (2,) * 4 + (3,))
        )
        if set(shape) <= set(sizes):
            return cut(number, shape)
    groups = []
    while number:
        size = rng.choice(sizes)
        groups.append(number[:size])
        number = number[size:]
    return groups


def cut(number: str, shape: tuple[int, ...]) -> list[str]:
    groups, at = [], 0
    for size in shape:
        groups.append(number[at : at + size])
        at += size
    return groups


def polish(_: Random, group: str) -> list[str]:
    if len(group) == 1:
        return [PL_UNITS[int(group)]]
    return two(group) if len(group) == 2 else three(group)


def ukrainian(_: Random, group: str) -> list[str]:
    return _foreign(group, UK_UNITS, UK_TEENS, UK_TENS, UK_HUNDREDS)


def english(rng: Random, group: str) -> list[str]:
    units = [rng.choice(("oh", "zero", "nought", "o")), *EN_UNITS[1:]]
    if len(group) > 1 and len(set(group)) == 1 and rng.random() < 0.7:
        return [{2: "double", 3: "triple"}[len(group)], units[int(group[0])]]
    if len(group) == 2 and group > "20" and group[1] != "0" and rng.random() < 0.6:
        return [EN_TENS[int(group[0])] + "-" + EN_UNITS[int(group[1])]]
    if len(group) == 3:
        return [w for d in group for w in _foreign(d, units, EN_TEENS, EN_TENS, [])]
    return _foreign(group, units, EN_TEENS, EN_TENS, [])


def _foreign(
    group: str, units: list[str], teens: list[str], tens: list[str], hundreds: list[str]
) -> list[str]:
    if group == "0" * len(group):
        return [units[0]] * len(group)
    if group[0] == "0":
        return [units[0], *_foreign(group[1:], units, teens, tens, hundreds)]
    if len(group) == 1:
        return [units[int(group)]]
    if len(group) == 3:
        rest = group[1:].lstrip("0")
        return [hundreds[int(group[0])]] + (
            _foreign(rest, units, teens, tens, hundreds) if rest else []
        )
    if group[0] == "1":
        return [teens[int(group[1])]]
    return [tens[int(group[0])]] + ([units[int(group[1])]] if group[1] != "0" else [])


def slip(rng: Random, word: str) -> str:
    """A misspelt, mispronounced or unaccented form of a Polish number word."""
    if word in SLIPS and rng.random() < 0.5:
        return rng.choice(SLIPS[word])
    return word.translate(STRIP) if rng.random() < 0.8 else word


SPEAKERS: dict[str, Callable[[Random, str], list[str]]] = {
    "pl": polish,
    "uk": ukrainian,
    "en": english,
}
