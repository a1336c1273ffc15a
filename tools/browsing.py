"""A browser at the running demo: open Chromium, log in as one of the invented people."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from zamiast.demo.cast import PASSWORD

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
ZAMIAST = str(Path(sys.executable).parent / "zamiast")


def chromium() -> str:
    """Where Chromium is; ends with one line where there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return found or sys.exit("No Chromium here: name one with CHROMIUM=/path.")


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()


def code(login: str) -> str:
    """The one-time code of the moment of a demo login."""
    asked = [ZAMIAST, "demo", "code", login]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def log_in(page: Page, site: str, login: str) -> None:
    """Password, then the code of the moment, as a person would."""
    page.goto(f"{site}/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.locator("input[name=code]").fill(code(login))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(lambda address: "login" not in address and "authenticate" not in address)
