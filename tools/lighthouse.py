"""Measure pages of the running demo as a phone gets them: Lighthouse, weight, a slow line.

    make run PORT=9000 &
    npm install --prefix /tmp/lighthouse lighthouse@12
    python tools/lighthouse.py --portal http://localhost:9000 --lighthouse /tmp/lighthouse

Lighthouse with its phone settings (small screen, four times slower processor, slow 4G),
three runs, the middle one counts. Weight and the slow line by Chromium itself, with an empty
cache: 400 kbit/s down and up with 400 ms to and fro, as on an old network at the edge of a
village. Ends with 1 where a figure is below its bar.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import browsing

WHO = "anna"
PAGES = [("", "start, nobody logged in"), ("help/identifier/", "the identifier explained"),
         ("login/", "log in"), ("=identifier/", "the account's first page")]  # fmt: skip
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BAR, MOST_BYTES, RUNS, TRIES = 95, 100_000, 3, 3
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


@dataclass(frozen=True)
class Figures:
    """What was measured of a page."""

    scores: dict[str, int]
    transferred: int
    readable: float
    loaded: float

    @property
    def is_good(self) -> bool:
        """Whether it keeps the bars."""
        return min(self.scores.values()) >= BAR and self.transferred < MOST_BYTES


def cookies(portal: str) -> str:
    """The cookies of somebody who is logged in, as one header."""
    with browsing.browser() as opened:
        page = opened.new_page(locale="pl")
        browsing.log_in(page, portal, WHO)
        return "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())


def scores(address: str, header: str, folder: Path) -> dict[str, int]:
    """The four scores: of each the median of the runs."""
    runs = [run(address, header, folder) for _ in range(RUNS)]
    return {name: round(100 * statistics.median(one[name] for one in runs)) for name in CATEGORIES}


def run(address: str, header: str, folder: Path) -> dict[str, float]:
    """One run of Lighthouse."""
    flags = " ".join(["--headless", *browsing.ARGUMENTS])
    headers = {"Accept-Language": "pl", **({"Cookie": header} if header else {})}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as extra:
        json.dump(headers, extra)
        extra.flush()
        command = [
            str(folder / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json",
            "--output-path=stdout", f"--extra-headers={extra.name}", f"--chrome-flags={flags}",
        ]  # fmt: skip
        for _ in range(TRIES):  # on a busy machine it may not reach Chromium in time
            ended = subprocess.run(
                command, capture_output=True, env={**os.environ, "CHROME_PATH": browsing.chromium()}
            )
            if ended.returncode == 0:
                break
        else:
            sys.exit(ended.stderr.decode()[-2000:])
    report: dict[str, Any] = json.loads(ended.stdout)
    if report["finalDisplayedUrl"].rstrip("/") != address.rstrip("/"):
        sys.exit(f"{address} led to {report['finalDisplayedUrl']}: not logged in?")
    return {name: float(report["categories"][name]["score"]) for name in CATEGORIES}


def over_a_slow_line(address: str, header: str) -> tuple[int, float, float]:
    """Bytes over the wire, seconds until there is something to read, until all is there."""
    with browsing.browser() as opened:
        context = opened.new_context(viewport={"width": 360, "height": 640}, locale="pl")
        if header:
            context.set_extra_http_headers({"Cookie": header})
        page = context.new_page()
        wire = context.new_cdp_session(page)
        taken: list[int] = []
        wire.on("Network.loadingFinished", lambda got: taken.append(got["encodedDataLength"]))
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.send("Network.emulateNetworkConditions", SLOW)
        page.goto(address, wait_until="load", timeout=60_000)
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        readable, loaded = page.evaluate(
            "[performance.getEntriesByName('first-contentful-paint')[0].startTime,"
            " performance.getEntriesByType('navigation')[0].loadEventEnd]"
        )
        return sum(taken), readable / 1000, loaded / 1000


def main() -> int:
    """Measure every page, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--portal", default="http://localhost:8000")
    parser.add_argument("--lighthouse", type=Path, required=True, help="where npm installed it")
    options = parser.parse_args()
    header, good = cookies(options.portal), True
    print("| page | performance | accessibility | best practices | SEO | kB | readable s | all s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for path, name in PAGES:
        address, own = f"{options.portal}/{path.lstrip('=')}", header if path[:1] == "=" else ""
        weight = over_a_slow_line(address, own)
        found = Figures(scores(address, own, options.lighthouse), *weight)
        four = " | ".join(str(found.scores[one]) for one in CATEGORIES)
        print(f"| {name} | {four} | {found.transferred / 1000:.0f} | {found.readable:.1f} "
              f"| {found.loaded:.1f} |", flush=True)  # fmt: skip
        good = good and found.is_good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
