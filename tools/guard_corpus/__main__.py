"""Write a corpus as JSON Lines: ``python -m tools.guard_corpus --seed 7 --each 50``."""

from __future__ import annotations

import argparse
import json
import sys

from .compose import corpus


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=50, help="texts for each kind of writing")
    options = parser.parse_args()
    for row in corpus(options.seed, options.each):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
