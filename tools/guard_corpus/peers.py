"""Other ways to find PESELs, for comparison: run by ``tools/bench_guard.py`` in its own venv.

Reads a JSON list of texts, writes the spans of each and the speed.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable

Finder = Callable[[str], list[tuple[int, int, str]]]


def presidio() -> Finder:
    """Presidio's Polish PESEL recogniser: a pattern and a checksum, no language model."""
    from presidio_analyzer.predefined_recognizers import PlPeselRecognizer

    recogniser = PlPeselRecognizer()

    def find(text: str) -> list[tuple[int, int, str]]:
        results = recogniser.analyze(text, ["PL_PESEL"], None)
        return sorted((r.start, r.end, "PESEL") for r in results if r.score > 0)

    return find


def stdnum() -> Finder:
    """Eleven digits, blanks and dashes allowed, checked by python-stdnum."""
    from stdnum.pl import pesel

    eleven = re.compile(r"(?<!\d)\d(?:[ -]?\d){10}(?!\d)")

    def find(text: str) -> list[tuple[int, int, str]]:
        return [(*m.span(), "PESEL") for m in eleven.finditer(text) if pesel.is_valid(m[0])]

    return find


def main() -> int:
    find = {"presidio": presidio, "stdnum": stdnum}[sys.argv[1]]()
    texts = json.load(sys.stdin)
    started = time.process_time()
    spans = [find(text) for text in texts]
    took = time.process_time() - started
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    json.dump({"spans": spans, "mb_per_second": size / took}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
