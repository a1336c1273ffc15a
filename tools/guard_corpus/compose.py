"""Put numbers into texts: one function for each group of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from . import carriers, people, spoken, writings
from .drafts import Draft
from .lookalikes import LOOKALIKES
from .pieces import Piece
from .writings import WRITINGS

SPOKEN_KINDS = ("07", "08", "09", "10", "11", "12", "13", "14")
SUSPECT = "PESEL_SUSPECT"


def _fill(draft: Draft, carrier: str, kind: str, pieces: list[Piece]) -> None:
    before, _, after = carrier.partition("@")
    draft.say(before)
    draft.write(kind, pieces)
    draft.say(after.replace("@", ""))


def writing(rng: Random, name: str) -> Draft:
    draft, number = Draft(name), people.pesel(rng)
    pieces = WRITINGS[name](rng, number)
    code = name[:2]
    if code == "19":
        ukrainian = any("а" <= c <= "я" for t, _ in pieces for c in t.lower())
        carrier = rng.choice(carriers.UKRAINIAN if ukrainian else carriers.ENGLISH)
    elif code == "15":
        asking = (
            "Poproszę PESEL.",
            "Proszę podać numer PESEL",
            "numer pesel?",
            "Jaki numer?",
            "słucham",
        )
        draft.say(rng.choice(("", "D: " + rng.choice(asking) + "\n", "Dzień dobry\n")))
        carrier = rng.choice(("@", "@\nD: dziękuję", "@.\nKonsultant: dziękuję, proszę czekać"))
    elif code in SPOKEN_KINDS:
        carrier = rng.choice(carriers.SPOKEN)
    else:
        table = {"16": carriers.GLUED, "17": carriers.STRUCTURED}.get(code, carriers.PLAIN)
        carrier = rng.choice(table)
    _fill(draft, carrier, "PESEL", pieces)
    if rng.random() < 0.08 and code not in ("15", "16", "17"):
        draft.say(rng.choice(("\n", "; żona: ", ", a syn: ", "\n\n", " oraz ")))
        draft.write("PESEL", WRITINGS[name](rng, people.pesel(rng)))
    return draft


def beside(rng: Random) -> Draft:
    """Kind 20: among look-alikes, other numbers right beside it."""
    draft, number = Draft("20 beside"), people.pesel(rng)
    if rng.random() < 0.4:
        maker = rng.choice((writings.words_single, writings.words_grouped))
        draft.say(rng.choice(carriers.SPOKEN_LEFT))
        draft.write("PESEL", maker(rng, number))
        draft.say(rng.choice(carriers.SPOKEN_RIGHT))
        return draft
    draft.say(rng.choice(carriers.BESIDE_LEFT))
    draft.write("PESEL", (writings.plain if rng.random() < 0.6 else writings.grouped)(rng, number))
    draft.say(rng.choice(carriers.BESIDE_RIGHT))
    return draft


def suspect_digits(rng: Random) -> Draft:
    draft = Draft("suspect digits")
    number = rng.choice((people.wrong_check, people.wrong_date))(rng)
    pieces = (writings.plain if rng.random() < 0.6 else writings.grouped)(rng, number)
    table = carriers.SUSPECT_BEFORE if rng.random() < 0.8 else carriers.SUSPECT_AFTER
    _fill(draft, rng.choice(table), SUSPECT, pieces)
    return draft


def suspect_words(rng: Random) -> Draft:
    draft = Draft("suspect words")
    number = rng.choice((people.wrong_check, people.wrong_date))(rng)
    maker = rng.choice((writings.words_single, writings.words_grouped, writings.mixed))
    carrier = rng.choice(
        [
            c
            for c in carriers.SUSPECT_BEFORE
            if "<" not in c and '"' not in c and "L@" not in c and "_@" not in c
        ]
    )
    _fill(draft, carrier, SUSPECT, maker(rng, number))
    return draft


def suspect_length(rng: Random) -> Draft:
    draft, number = Draft("suspect length"), people.pesel(rng)
    at = rng.randrange(11)
    if rng.random() < 0.5:
        number = number[:at] + number[at + 1 :]
    else:
        number = number[:at] + number[at] + number[at:]
    carrier = rng.choice([c for c in carriers.SUSPECT_BEFORE if "jest" not in c])
    _fill(draft, carrier, SUSPECT, [(number, True)])
    return draft


def lookalike(name: str) -> Callable[[Random], Draft]:
    def make(rng: Random) -> Draft:
        draft = Draft("~ " + name)
        draft.say(LOOKALIKES[name](rng))
        return draft

    return make


def makers() -> dict[str, Callable[[Random], Draft]]:
    table: dict[str, Callable[[Random], Draft]] = {}
    for name in WRITINGS:
        table[name] = lambda rng, name=name: writing(rng, name)  # type: ignore[misc]
    table["20 beside"] = beside
    table |= {
        "suspect digits": suspect_digits,
        "suspect words": suspect_words,
        "suspect length": suspect_length,
    }
    return table | {"~ " + name: lookalike(name) for name in LOOKALIKES}


def corpus(seed: int, each: int) -> Iterator[dict[str, object]]:
    """``each`` texts for every writing, three times as many for every look-alike."""
    for name, make in makers().items():
        rng = Random(f"{seed}/{name}")
        for i in range(each * 3 if name.startswith("~") else each):
            yield make(rng).row(f"{name}/{seed}/{i}")


__all__ = ["corpus", "makers", "spoken"]
