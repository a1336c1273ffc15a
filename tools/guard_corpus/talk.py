"""What people say between the digits: fillers, and turns of a conversation."""

from __future__ import annotations

from random import Random

FILLERS = (
    "yyy",
    "eee",
    "już mówię",
    "przepraszam",
    "dalej",
    "kreska",
    "proszę pani",
    "proszę pana",
    "no",
    "potem",
    "chwileczkę",
    "moment",
    "sekundkę",
    "zaraz",
    "już patrzę",
    "tak",
    "i",
    "hmm",
    "mmm",
    "aha",
    "czyli",
    "później",
    "następnie",
    "i dalej",
    "a potem",
    "no i",
    "myślnik",
    "spacja",
    "przecinek",
    "kropka",
    "o",
    "ee",
    "yy",
    "ekhm",
    "tego",
    "wie pani",
    "wie pan",
    "słucham",
    "momencik",
    "o tu",
    "tu mam",
    "już podaję",
    "chwila",
    "i jeszcze",
    "i na końcu",
    "na koniec",
    "uwaga",
    "teraz",
    "jak to było",
    "niech spojrzę",
    "zaraz sprawdzę",
    "gdzie to",
    "o jest",
    "eh",
    "ach",
    "szukam",
    "dobrze",
    "okej",
    "ok",
    "no więc",
    "tak tak",
    "tylko okulary założę",
    "minutkę",
    "poczekaj",
    "proszę zapisać",
    "zapisuje pani?",
    "ma pan?",
    "halo",
    "kochana",
    "cyfry",
    "końcówka",
    "ostatnie",
    "przerwa",
    "pauza",
    "spokojnie",
    "już już",
    "bo tu słabo widać",
)
ACKS = (
    "mhm",
    "tak",
    "dobrze",
    "słucham",
    "proszę dalej",
    "mam",
    "ok",
    "okej",
    "jest",
    "zapisałam",
    "zapisałem",
    "no",
    "aha",
    "i dalej?",
    "dalej",
    "rozumiem",
    "tak, słucham",
    "yhm",
    "jasne",
    "notuję",
    "proszę",
    "tak jest",
    "dobrze, dalej",
    "super",
    "już",
    "mam to",
    "zapisuję",
    "uhm",
)


def fillers(rng: Random) -> str:
    left, right = rng.choice(
        ((", ", ", "), (" ", " "), ("... ", "... "), (" - ", " - "), (", ", " "), (". ", ". "))
    )
    words = rng.choice(FILLERS)
    if rng.random() < 0.15:
        words += ", " + rng.choice(FILLERS)
    return left + words + right


def _labels(rng: Random) -> tuple[str, str]:
    return rng.choice(
        (
            ("K: ", "D: "),
            ("Klient: ", "Konsultant: "),
            ("Dzwoniący: ", "Konsultantka: "),
            ("[K] ", "[D] "),
            ("- ", "- "),
            ("Pacjent: ", "Infolinia: "),
            ("Pani Anna: ", "Agent: "),
            ("Rozmówca 1: ", "Rozmówca 2: "),
            ("SPK_1: ", "SPK_0: "),
            ("A: ", "B: "),
            ("– ", "– "),
            ("KLIENT: ", "KONSULTANT: "),
            ("<K> ", "<D> "),
            ("*K:* ", "*D:* "),
            ("Speaker 2: ", "Speaker 1: "),
            ("Caller: ", "Agent: "),
            ("(K) ", "(D) "),
            ("P. Nowak: ", "Jan: "),
            ("— ", "— "),
            ("K> ", "D> "),
            ("K - ", "D - "),
            ("Абонент: ", "Оператор: "),
        )
    )


def _clock(rng: Random) -> object:
    at = [rng.randrange(60, 3000)]
    form = rng.choice(
        (
            "",
            "",
            "",
            "[{:02}:{:02}] ",
            "({:02}:{:02}) ",
            "{:02}:{:02} ",
            "[00:{:02}:{:02}] ",
            "00:{:02}:{:02}.250 ",
        )
    )

    def tick() -> str:
        at[0] += rng.randrange(1, 9)
        return form.format(at[0] // 60, at[0] % 60) if form else ""

    return tick


def turns(rng: Random, said: list[list[str]]) -> list[tuple[str, bool]]:
    """Spread the groups over turns; the other side acknowledges or repeats."""
    me, other = _labels(rng)
    tick, line = _clock(rng), rng.choice(("\n", "\n", "\n", "\r\n", " ", "\n\n"))
    line = "\n" if me[0] in "-–—(<K" and line == " " else line
    pieces: list[tuple[str, bool]] = [(tick() + me, False)]  # type: ignore[operator]
    for i, words in enumerate(said):
        if i and rng.random() < 0.6:
            reply = rng.choice(ACKS)
            if rng.random() < 0.3:
                echo = " ".join(said[i - 1])
                reply = rng.choice(
                    (echo, echo + ", tak?", echo + "?", echo + ", mhm", echo + ", dobrze")
                )
            closing = rng.choice(("", "", ".", ","))
            pieces.append((closing + line + tick() + other + reply + line + tick() + me, False))  # type: ignore[operator]
        elif i:
            pieces.append((rng.choice((", ", " ", "... ")), False))
        for j, word in enumerate(words):
            if j:
                pieces.append((" ", False))
            pieces.append((word, True))
    return pieces
