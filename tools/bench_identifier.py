"""How fast the identifier is: run ``python tools/bench_identifier.py``.

Prints one line for each measure. Each measure is the best of five rounds.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

from zamiast.pure import identifier

ROUNDS = 5
SAMPLE = 20_000
LEAST_START_UPS = 7


def per_second(work: Callable[[str], object], texts: list[str]) -> float:
    """Return how many texts a second ``work`` manages, at best."""
    return max(len(texts) / seconds(work, texts) for _ in range(ROUNDS))


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return how long ``work`` takes for all texts once."""
    began = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - began


def one_digit_wrong(text: str, place: int) -> str:
    """Return ``text`` with the digit at ``place`` raised by one."""
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def start_up() -> float:
    """Return the seconds that a whole ``zamiast identifier generate`` takes, at best."""
    command = [sys.executable, "-m", "zamiast", "identifier", "generate", "--count", "1"]

    def once(_: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return min(seconds(once, [""]) for _ in range(LEAST_START_UPS))


def main() -> None:
    """Measure and print."""
    good = list(identifier.generate_many(SAMPLE))
    spaced = [identifier.format(text) for text in good]
    wrong = [one_digit_wrong(text, random.randrange(12)) for text in good]
    short = [text[:5] + text[6:] for text in good[:5000]]
    spoken = [identifier.speak(text) for text in good[:2000]]
    rates = {
        "is_valid, 12 digits": per_second(identifier.is_valid, good),
        "is_valid, with spaces": per_second(identifier.is_valid, spaced),
        "is_valid, wrong": per_second(identifier.is_valid, wrong),
        "diagnose, 12 digits": per_second(identifier.diagnose, wrong[:5000]),
        "diagnose, 11 digits": per_second(identifier.diagnose, short),
        "hear, Polish": per_second(identifier.hear, spoken),
        "generate": per_second(lambda _: identifier.generate(), good),
        "generate_many": len(good) / seconds(str, identifier.generate_many(SAMPLE)),
    }
    for name, rate in rates.items():
        print(f"{name:24} {rate:>12,.0f} a second")
    print(f"{'start of the command':24} {start_up():>12.3f} seconds")


if __name__ == "__main__":
    main()
