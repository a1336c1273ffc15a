"""Where people find the two sites: for invitations and for what is printed.

``ZAMIAST_PORTAL_URL`` and ``ZAMIAST_DESK_URL`` say so. The demo, whose ports may be any,
leaves the desk's address in a file for commands that are called beside it.
"""

from __future__ import annotations

from pathlib import Path

from zamiast.config import env

_NOTE = "desk_url"


def portal() -> str:
    """The portal's address, without a slash at the end."""
    return env.text("ZAMIAST_PORTAL_URL", "http://localhost:8000").rstrip("/")


def desk() -> str:
    """The desk's address, without a slash at the end."""
    named = env.text("ZAMIAST_DESK_URL")
    if not named and _note().exists():
        named = _note().read_text(encoding="utf-8").strip()
    return (named or "http://localhost:8001").rstrip("/")


def note_desk(address: str) -> None:
    """Keep the desk's address for commands that have no ``ZAMIAST_DESK_URL``."""
    _note().write_text(address + "\n", encoding="utf-8")


def _note() -> Path:
    return env.home() / _NOTE
