"""One simulated consultant over HTTP: a call from the start page to hanging up, and its times.

Used by ``load_desk.py``. Nothing here knows Django: it is a browser with one connection that
stays open, and the steps that people take, spread over the time that a call takes.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

PORT = 8766
BETWEEN = 6  # seconds between two questions of the page of a case
WORDS = ("konto", "skierowanie", "sanatorium", "biała strona", "aplikacja")
NOTE = "Strona {} jest biała, także w drugiej przeglądarce. Prosi o odpowiedź na koncie."
WAY = ("where=web", "what=blank", "simple=no", "others=same")

JSON, PART, PAGE = "application/json", "part of a page", "text/html"
Wait = Callable[[], Awaitable[None]]


@dataclass
class Figures:
    """What was measured: seconds of each answer by name, errors by what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    def all(self) -> list[float]:
        """All times."""
        return [one for times in self.times.values() for one in times]


class Browser:
    """One connection that stays open, and the cookies of one session."""

    def __init__(self, session: str, token: str, figures: Figures) -> None:
        """Connect when first needed."""
        self.session, self.token, self.figures = session, token, figures
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self,
        name: str,
        path: str,
        sent: dict[str, str] | None = None,
        *,
        ok: tuple[int, ...],
        accept: str = PAGE,
    ) -> tuple[str, str]:
        """Send one request, measure it; return where it leads and its text."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(60):  # wait_for loses a cancellation now and then
                status, head, body = await self._twice(path, sent, accept)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.streams = None
            self.figures.errors[f"{name}: {type(error).__name__}"] += 1
            return "", ""
        self.figures.times.setdefault(name, []).append(time.perf_counter() - began)
        if status not in ok:
            self.figures.errors[f"{name}: {status}"] += 1
        return head.get("location", ""), body

    async def _twice(
        self, path: str, sent: dict[str, str] | None, accept: str
    ) -> tuple[int, dict[str, str], str]:
        """As browsers do: where an idle connection was closed, ask again on a new one."""
        was_open = self.streams is not None
        try:
            return await self._exchange(path, sent, accept)
        except (OSError, asyncio.IncompleteReadError) as error:
            if not was_open or getattr(error, "partial", b""):
                raise
            self.streams = None
            return await self._exchange(path, sent, accept)

    async def _exchange(
        self, path: str, sent: dict[str, str] | None, accept: str
    ) -> tuple[int, dict[str, str], str]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", PORT, limit=2**20)
        reader, writer = self.streams
        body = b"" if sent is None else urlencode(sent).encode()
        lines = [
            f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1", f"Host: localhost:{PORT}",
            f"Cookie: desk_session={self.session}; desk_csrf={self.token}; language=pl",
            f"X-CSRFToken: {self.token}", f"Accept: {JSON if accept == JSON else PAGE}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        if accept == PART:
            lines.append("HX-Request: true")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        values = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        values |= {
            "location": next((line[10:] for line in head if line[:10].lower() == "location: "), "")
        }
        text = await self._body(reader, values)
        if values.get("connection") == "close":
            writer.close()
            self.streams = None
        return int(head[0].split()[1]), values, text

    async def _body(self, reader: asyncio.StreamReader, values: dict[str, str]) -> str:
        if values.get("transfer-encoding") == "chunked":
            text = b""
            while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
                text += await reader.readexactly(size)
                await reader.readexactly(2)
            await reader.readexactly(2)
            return text.decode()
        return (await reader.readexactly(int(values.get("content-length", "0")))).decode()


@dataclass
class Pace:
    """How fast people work now: the seconds from one call to the next, and when to stop."""

    seconds: float
    until: float = 0.0

    def over(self) -> bool:
        """Whether the shift is over."""
        return time.perf_counter() > self.until


async def call(browser: Browser, numbers: list[str], pace: Pace) -> None:
    """One call from the start page to hanging up, spread over the time that it takes."""
    wait = _waiter(pace, steps=20)
    await browser.ask("start", "/", ok=(200,))
    await wait()
    sheet, _text = await browser.ask("take the call", "/call/", {}, ok=(302,))
    if not sheet:
        return
    await browser.ask("call sheet", sheet, ok=(200,))
    await wait()
    number = random.choice(numbers)
    await hear(browser, sheet, number, wait)
    await walk(browser, sheet, wait)
    note = {"matter": "account_trouble", "note": NOTE.format(number[:3]), "another": "1"}
    await browser.ask("open a case", f"{sheet}case/", note, ok=(302,))
    _where, text = await browser.ask("call sheet", sheet, ok=(200,))
    await on_the_case(browser, text, wait, pace)
    if random.random() < 0.3:
        await browser.ask("search", "/case/", {"number": random.choice(WORDS)}, ok=(200,))
    await browser.ask("hang up", f"{sheet}hang-up/", {}, ok=(302,))
    browser.figures.calls += 1


async def hear(browser: Browser, sheet: str, number: str, wait: Wait) -> None:
    """The identifier; one in five is misheard at first."""
    if random.random() < 0.2:
        wrong = {"number": number[:-1] + str((int(number[-1]) + 1) % 10)}
        await browser.ask("misheard", f"{sheet}identify/", wrong, ok=(400,), accept=JSON)
        await wait()
    await browser.ask("identify", f"{sheet}identify/", {"number": number}, ok=(200,), accept=JSON)
    await browser.ask("call sheet", sheet, ok=(200,))
    await wait()


async def walk(browser: Browser, sheet: str, wait: Wait) -> None:
    """Through the script, step by step."""
    steps = [{"begin": "account_trouble"}]
    steps += [dict(zip(("step", "answer"), one.split("="), strict=True)) for one in WAY]
    for step in steps:
        await browser.ask("script", f"{sheet}script/", step, ok=(200,), accept=PART)
        await wait()


async def on_the_case(browser: Browser, text: str, wait: Wait, pace: Pace) -> None:
    """The page of the case, open for a tenth of the call; then the queue."""
    found = text.partition('href="/case/')[2].partition("/")[0]
    if found.isdigit():
        page, here = f"/case/{found}/", {"writing": "1", "kind": "note", "text": "Jeszcze"}
        await browser.ask("a case", page, ok=(200,))
        for _ in range(max(int(pace.seconds / 10 / BETWEEN), 1)):
            await asyncio.sleep(min(BETWEEN, pace.seconds / 10))
            await browser.ask("who is here", f"{page}here/", here, ok=(200,))
        await browser.ask("write a note", f"{page}note/", {"note": "Zadzwoni jutro."}, ok=(302,))
    else:
        browser.figures.errors["no case on the sheet"] += 1
    await wait()
    await browser.ask("queue", "/cases/", ok=(200,))
    await wait()


def _waiter(pace: Pace, steps: int) -> Wait:
    """Pauses of different length that make up most of a call."""

    async def wait() -> None:
        await asyncio.sleep(random.uniform(0.4, 1.2) * pace.seconds / steps)

    return wait


async def consultant(browser: Browser, numbers: list[str], pace: Pace) -> None:
    """A shift: one call after the other, the next one when its time has come."""
    await asyncio.sleep(random.random() * pace.seconds)
    while not pace.over():
        began = time.perf_counter()
        await call(browser, numbers, pace)
        left = pace.seconds - (time.perf_counter() - began)
        await asyncio.sleep(max(min(left, pace.until - time.perf_counter()), 0))


async def supervisor(browser: Browser, pace: Pace) -> None:
    """The live board, open all the time."""
    await browser.ask("supervisor", "/supervisor/", ok=(200,))
    while not pace.over():
        await asyncio.sleep(5)
        await browser.ask("board", "/supervisor/now/", ok=(200,))
