"""Throw broken texts at the guard: ``python -m tools.guard_corpus.fuzz --seconds 60``.

Takes texts of the generator and the hostile pieces, cuts, swaps, repeats and joins them,
and stops at the first crash, span that does not fit, or redaction that changes twice.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "src")]

from tools.guard_corpus.compose import corpus  # noqa: E402
from tools.guard_corpus.hostile import PIECES  # noqa: E402
from tools.guard_corpus.people import TODAY  # noqa: E402

from zamiast.pure.pesel import redact, scan  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    stock = [str(row["text"]) for row in corpus(options.seed, 20)] + list(PIECES)
    count, until = 0, time.monotonic() + options.seconds
    while time.monotonic() < until:
        text = mutated(rng, stock)
        problem = wrong_with(text)
        count += 1
        if problem:
            print(f"{problem}: {text!r}")
            return 1
    print(f"{count} texts, nothing wrong")
    return 0


def mutated(rng: random.Random, stock: list[str]) -> str:
    text = "".join(rng.choice(stock) for _ in range(rng.choice((1, 1, 2, 3))))
    for _ in range(rng.randrange(4)):
        at, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        insert = rng.choice(("", chr(rng.randrange(0x110000)), rng.choice(PIECES), text[at:end]))
        end = min(end, at + rng.choice((0, 1, 3, 30)))
        text = text[:at] + insert + text[end:]
    return text


def wrong_with(text: str) -> str:
    try:
        at = 0
        for start, end, _ in scan(text, TODAY):
            if not at <= start < end <= len(text):
                return "a span does not fit"
            at = end
        once = redact(text, TODAY)
        if redact(once, TODAY) != once:
            return "redacting twice changes more"
    except Exception as error:
        return f"crash, {type(error).__name__} {error}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
