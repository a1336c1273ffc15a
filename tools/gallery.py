"""Take pictures of the main pages of the running demo, for ``docs/gallery``.

    make fresh PORT=9000 &
    make gallery PORT=9000

In Polish, on a phone and on a desktop, some in the dark, some in English and Ukrainian.
The people are the demo's, made up. The pictures have few colours and are small; together
they stay under two megabytes. ``docs/gallery/README.md`` is written anew as their index.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import browsing
from PIL import Image
from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs" / "gallery"
PHONE, DESKTOP = (360, 740), (1180, 820)
MOST_BYTES = 2_000_000
COLOURS = 64
TALLEST = 2_200  # px of a page; what comes below is more of the same


@dataclass(frozen=True)
class Picture:
    """One picture: whose, of which page, how."""

    name: str
    says: str
    address: str
    who: str = ""
    size: tuple[int, int] = PHONE
    language: str = "pl"
    theme: str = "light"
    act: Callable[[Page], None] | None = None


seen: dict[str, str] = {}


def _call(page: Page) -> None:
    page.locator("form[action$='/call/'] button, nav a[href*='/call/']").first.click()
    page.locator("#number").wait_for()


def _heard(page: Page) -> None:
    """The consultant types what Anna says: so there is something in “Who looked”."""
    _call(page)
    page.locator("#number").press_sequentially(seen["number"])
    page.keyboard.press("Enter")
    page.locator("#number").wait_for(state="hidden")


def _misheard(page: Page) -> None:
    _call(page)
    page.locator("#number").press_sequentially(seen["number"][::-1])
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def _remember(page: Page) -> None:
    shown = page.locator(".plate .identifier").inner_text()
    seen["number"] = "".join(one for one in shown if one.isdigit())


def _send(page: Page) -> None:
    page.get_by_label("Moje dane są błędne").check()
    page.get_by_label("Twoja wiadomość").fill("Na koncie jest stary adres. Gdzie go zmienić?")
    page.get_by_role("button", name="Wyślij").click()
    page.wait_for_url("**/cases/1*/")


def _first_entry(page: Page) -> None:
    page.locator("main a.way").first.click()


def _larger(page: Page) -> None:
    page.get_by_role("button", name="Większy tekst").click()


PORTAL = [
    Picture("start", "The start, nobody logged in", "/"),
    Picture("start-desktop", "The start on a desktop", "/", size=DESKTOP),
    Picture("identifier", "The identifier of a grandmother", "/identifier/", "anna", act=_remember),
    Picture("identifier-large", "The same with larger text", "/identifier/", "anna", act=_larger),
    Picture("identifier-dark", "The same in the dark", "/identifier/", "anna", theme="dark"),
    Picture("identifier-uk", "In Ukrainian", "/identifier/", "oksana", language="uk"),
    Picture("health", "Health information, the newest first", "/health/", "anna"),
    Picture("health-desktop", "The same on a desktop", "/health/", "anna", DESKTOP),
    Picture("health-entry", "One entry", "/health/", "anna", act=_first_entry),
    Picture("who-looked-en", "Who looked, in English", "/who-looked/", "john", DESKTOP, "en"),
    Picture("write", "A message to the helpline", "/cases/write/", "anna"),
    Picture("case", "The message became a case", "/cases/write/", "anna", act=_send),
    Picture("write-public", "The public form, without logging in", "/write/"),
    Picture("calls", "Is it really the helpline?", "/calls/", "anna"),
    Picture("access", "Whose account is open to a parent of two", "/access/", "piotr"),
    Picture("missing", "Why can't I see my child?", "/access/missing/", "marta"),
    Picture("my-data", "What is kept, and a copy of it", "/my-data/", "anna", DESKTOP),
    Picture("app", "The app: offline, messages, lock", "/app/", "anna"),
    Picture("help", "Short articles", "/help/", size=DESKTOP),
    Picture("fraud", "Recognise a fraud", "/help/fraud/", theme="dark"),
    Picture("fraud-uk", "The same in Ukrainian", "/help/fraud/", language="uk"),
]
DESK = [
    Picture("desk", "The desk of a consultant", "/", "konsultant", DESKTOP),
    Picture("desk-call", "A call has begun", "/", "konsultant", DESKTOP, act=_call),
    Picture("desk-heard", "The identifier was heard right", "/", "konsultant", DESKTOP,
            act=_heard),
    Picture("desk-misheard", "It was not: which group to ask for again", "/", "konsultantka",
            DESKTOP, act=_misheard),
    Picture("desk-call-dark", "The same in the dark", "/", "konsultantka", DESKTOP, theme="dark",
            act=_call),
    Picture("desk-cases", "Cases by deadline", "/cases/", "konsultant", DESKTOP),
    Picture("desk-scripts", "Scripts of the thirteen matters", "/scripts/", "konsultant", DESKTOP),
    Picture("desk-specialist", "A specialist's queue", "/specialist/", "specjalista", DESKTOP),
    Picture("desk-supervisor", "The line, live", "/supervisor/", "kierownik", DESKTOP),
    Picture("who-looked", "After the call, on the patient's phone: who looked", "/who-looked/",
            "anna"),
    Picture("desk-oversight", "What the data protection officer watches", "/oversight/", "iod",
            DESKTOP),
]  # fmt: skip


def take(opened: Browser, site: str, picture: Picture, states: dict[str, object]) -> bytes:
    """Open the page as whoever it belongs to, and take its picture."""
    width, height = picture.size
    context = opened.new_context(
        viewport={"width": width, "height": height}, locale=picture.language,
        color_scheme=picture.theme, storage_state=states.get(site + picture.who),
    )  # fmt: skip
    context.add_cookies([{"name": "language", "value": picture.language, "url": site}])
    page = context.new_page()
    if picture.who and site + picture.who not in states:
        browsing.log_in(page, site, picture.who)
        states[site + picture.who] = context.storage_state()
    page.goto(site + picture.address)
    if picture.act:
        picture.act(page)
    page.wait_for_load_state("networkidle")
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": tall}, full_page=True)
    context.close()
    return shot


def small(shot: bytes) -> bytes:
    """The same picture in few colours."""
    made = io.BytesIO()
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def index() -> str:
    """The page that shows all of them."""
    lines = ["# Gallery", "", "All people are made up. `make gallery` takes the pictures anew."]
    for heading, pictures in (("For patients", PORTAL), ("For the helpline", DESK)):
        lines += ["", f"## {heading}"]
        for one in pictures:
            lines += ["", f"**{one.says}**", "", f"![{one.says}]({one.name}.png)"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Take all pictures, or those whose names begin as asked; 1 where they are too large."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=8000, help="of the portal; the desk is next")
    parser.add_argument("--only", default="", help="how the names begin")
    options = parser.parse_args()
    states: dict[str, object] = {}
    with browsing.browser() as opened:
        for pictures in (PORTAL, DESK):
            for one in pictures:
                port = options.port + one.name.startswith("desk")
                if one.name.startswith(options.only):
                    shot = take(opened, f"http://localhost:{port}", one, states)
                    (FOLDER / f"{one.name}.png").write_bytes(small(shot))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    total = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{total:,} bytes of pictures in {FOLDER}")
    return int(total > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
