"""How many FHIR resources the import writes in a second, and how many it passes over again.

    python tools/bench_import.py FOLDER [--times 4]

A server of its own, as in ``bench.py``. The folder comes in as often as said, each time from
another source, so that everything is new; then the last one once more, when nothing is.
National numbers are left out: the vault has its own speed. Bar: 2,000 new resources a second.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from bench import HOME, embedded, prepare  # sets the home up before Django reads it


def bring(folder: Path, source: str) -> tuple[int, float, float]:
    """Resources, seconds, and seconds of CPU of the importer itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "zamiast", "import", "fhir", str(folder),
               "--source", source, "--without-numbers", "--json"]  # fmt: skip
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    summary = json.loads(told.stdout)
    read = sum(count["read"] for count in summary["imported"].values())
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return read, summary["seconds"], cpu


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=4)
    options = parser.parse_args()
    cluster = embedded.Embedded(HOME)
    try:
        cluster.start()
        prepare.prepare(cluster.administrator())
        migrate = [sys.executable, "-m", "zamiast", "database", "migrate"]
        subprocess.run(migrate, check=True, capture_output=True)
        speeds = []
        for number in range(options.times):
            read, seconds, cpu = bring(options.folder, f"bench-{number}")
            speeds.append(read / seconds)
            print(f"new: {read:,} in {seconds:.1f} s, {read / seconds:,.0f}/s, CPU {cpu:.1f} s")
        read, seconds, cpu = bring(options.folder, f"bench-{options.times - 1}")
        print(f"again: {read:,} in {seconds:.1f} s, {read / seconds:,.0f}/s, CPU {cpu:.1f} s")
        print(f"new, median: {statistics.median(speeds):,.0f}/s (bar 2,000)")
    finally:
        cluster.stop()
        shutil.rmtree(HOME, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
