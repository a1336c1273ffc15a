"""Measure the PESEL guard on made-up texts, beside its peers: ``make bench-guard``.

Prints recall by kind of writing, false alarms, kind accuracy, speed on dense text and on
prose, start-up, and the slowest hostile text. The peers are Microsoft Presidio's Polish
recogniser and a regular expression with python-stdnum's check; they live in a virtual
environment of their own under ``build/peers-venv`` and are never a dependency.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.guard_corpus.compose import corpus  # noqa: E402
from tools.guard_corpus.hostile import PIECES  # noqa: E402
from tools.guard_corpus.people import TODAY  # noqa: E402
from tools.guard_corpus.score import Score, Spans, report  # noqa: E402

from zamiast.pure.pesel import scan  # noqa: E402

PEERS = ROOT / "build" / "peers-venv"
PACKAGES = ("presidio-analyzer", "python-stdnum")
PROSE = """Dzień dobry, dzwonię w sprawie skierowania na rehabilitację, które dostałam od
lekarza rodzinnego w zeszłym tygodniu. Konsultantka wyjaśniła, że termin zależy od przychodni i
że można go sprawdzić na koncie pacjenta. Pani Anna mieszka sama, ale syn przyjeżdża w każdą
sobotę i pomaga jej przy zakupach. Ustalono, że wizyta odbędzie się w czerwcu, a jeśli to
niemożliwe, przychodnia zadzwoni do niej z nowym terminem. """


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--each", type=int, default=200, help="texts for each kind of writing")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--hostile", type=int, default=1_000_000, help="characters; 0: leave out")
    options = parser.parse_args()
    rows = list(corpus(options.seed, options.each))
    print(f"== zamiast, seed {options.seed}, {len(rows)} texts")
    print(report(judged(rows, guard)))
    print(f"dense text         {speed([row['text'] for row in rows]):.2f} MB/s")
    print(f"prose              {speed([PROSE * 2000]):.1f} MB/s")
    print(f"start-up           {start_up():.2f} s")
    if options.hostile:
        seconds, piece = max(hostile(options.hostile))
        print(f"slowest hostile    {seconds:.1f} s for {options.hostile:,} characters of {piece!r}")
    if not options.no_peers:
        peers(rows)
    return 0


def guard(text: str) -> Spans:
    return [tuple(span) for span in scan(text, TODAY)]  # type: ignore[misc]


def judged(rows: list[dict[str, Any]], find: Callable[[str], Spans]) -> Score:
    score = Score()
    for row in rows:
        score.add(row, find(row["text"]))
    return score


def speed(texts: list[str]) -> float:
    """Return megabytes a second, the median of five runs."""
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    took = []
    for _ in range(5):
        started = time.process_time()
        for text in texts:
            scan(text, TODAY)
        took.append(time.process_time() - started)
    return size / statistics.median(took)


def start_up() -> float:
    """Return the seconds that the command takes for one empty text, the best of five."""
    command = [sys.executable, "-m", "zamiast", "pesel", "scan"]
    took = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, input=b'{"id": 1, "text": ""}\n', check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    return min(took)


def hostile(size: int) -> list[tuple[float, str]]:
    """Return how long a text of each piece repeated takes."""
    took = []
    for piece in PIECES:
        text = piece * (size // len(piece))
        started = time.process_time()
        scan(text, TODAY)
        took.append((time.process_time() - started, piece))
    return took


def peers(rows: list[dict[str, Any]]) -> None:
    python = PEERS / "bin" / "python"
    try:
        if not python.exists():
            venv.create(PEERS, with_pip=True)
            pip = [str(python), "-m", "pip", "install", "-q", *PACKAGES]
            subprocess.run(pip, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the peers cannot be installed: {error}")
        return
    texts = json.dumps([row["text"] for row in rows])
    for name in ("presidio", "stdnum"):
        command = [str(python), str(ROOT / "tools" / "guard_corpus" / "peers.py"), name]
        run = subprocess.run(command, input=texts.encode(), capture_output=True, check=False)
        if run.returncode:
            print(f"== {name} does not run: {run.stderr.decode().strip().splitlines()[-1:]}")
            continue
        answer = json.loads(run.stdout)
        found = iter(answer["spans"])
        print(f"== {name}, the same texts, {answer['mb_per_second']:.2f} MB/s")
        print(report(judged(rows, lambda _, found=found: [tuple(s) for s in next(found)])))


if __name__ == "__main__":
    sys.exit(main())
