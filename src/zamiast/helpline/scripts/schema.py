"""What a script is: steps with words, questions, checks and ends, each text in three languages.

A step shows its ``lines`` (``say`` aloud, ``do`` and ``never`` for the consultant), then one
of: a question (``ask``), a ``check`` of the rules, an ``end``; or leads on (``go``). A step
with ``on`` is silent: it only chooses where to go.

>>> Texts("16–17").of("uk"), Texts({"pl": "tak", "en": "yes", "uk": "так"}).of("en")
('16–17', 'yes')
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

import msgspec

LANGUAGES = ("pl", "en", "uk")
DEFAULT = "pl"
T = TypeVar("T")

Kind = Literal["patient", "staff"]
CheckName = Literal["access", "referral", "identifier", "duplicates"]
Queue = Literal["line", "technical", "data", "documents", "staff", "safety"]
Deadline = Literal["today", "two_days", "week", "month"]
Who = Literal[
    "cez", "nfz", "employer", "zus_krus", "facility", "issuer", "court", "identity_provider",
    "doctor", "vaccination_point", "holder", "other_parent", "technical", "supplier",
    "security", "emergency", "registrar", "chamber",
]  # fmt: skip


class Texts:
    """One text in the languages of the helpline; what has no letters is the same in all."""

    __slots__ = ("by_language",)

    def __init__(self, given: str | Mapping[str, str]) -> None:
        self.by_language = dict.fromkeys(LANGUAGES, given) if isinstance(given, str) else given

    def of(self, language: str) -> str:
        """The text in a language, in Polish where that language is missing."""
        return self.by_language.get(language) or self.by_language[DEFAULT]

    def __repr__(self) -> str:
        return f"Texts({dict(self.by_language)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Texts) and dict(self.by_language) == dict(other.by_language)

    __hash__ = None  # type: ignore[assignment]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line: exactly one of ``say`` (aloud), ``do`` and ``never`` (for the consultant).

    ``only`` shows it where the register has a number to call back to, or only where it has none.
    """

    say: Texts | None = None
    do: Texts | None = None
    never: Texts | None = None
    only: Literal["callback", "no_callback"] | None = None

    def __post_init__(self) -> None:
        if sum(text is not None for text in (self.say, self.do, self.never)) != 1:
            raise ValueError("a line is one of say, do, never")

    @property
    def kind(self) -> str:
        """Which of the three."""
        return "say" if self.say else "do" if self.do else "never"

    @property
    def text(self) -> Texts:
        """Its text."""
        found = self.say or self.do or self.never
        assert found is not None
        return found


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: what the consultant clicks, where it leads, what it adds to be said."""

    text: Texts
    go: str = ""
    say: Texts | None = None


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What comes out: who is competent, which case, in whose queue, by when, a callback.

    ``case`` is what the main button does: ``open``, ``close`` (opened and closed at once: the
    advice was given), ``join`` (the note goes to the case whose number was given) or ``none``.
    """

    who: tuple[Who, ...]
    case: Literal["open", "close", "none", "join"] = "open"
    queue: Queue | None = None
    deadline: Deadline | None = None
    callback: bool = False


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step. ``keep`` lets its answer stay with the case; any other ends with the call."""

    lines: tuple[Line, ...] = ()
    ask: Texts | None = None
    options: dict[str, Option] = {}
    kind: Literal["choice", "date", "case"] = "choice"
    keep: bool = False
    check: CheckName | None = None
    on: dict[str, str] = {}
    go: str = ""
    end: End | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nobody sees it: it only chooses where to go."""
        return bool(self.on)


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One script. A change that people notice raises ``version``."""

    script: str
    number: int
    version: int
    name: Texts
    competent: Texts
    start: str
    steps: dict[str, Step]
    never: tuple[Texts, ...]
    kind: Kind = "patient"
    queue: Queue = "line"
    deadline: Deadline = "two_days"
    level: int = 0
    fields: tuple[str, ...] = ()
    checklist: tuple[Line, ...] = ()


class Exit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way out of any script, one key away."""

    name: Texts
    lines: tuple[Line, ...]


class Competent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who can decide something: what they are called, and how to reach them."""

    name: Texts
    reach: Texts | None = None


def decoded(kind: type[T], data: object) -> T:
    """Plain data as one of the structs above. Raises msgspec.ValidationError."""
    return msgspec.convert(data, kind, dec_hook=_texts)


def encoded(script: Script) -> bytes:
    """A script as JSON, the same bytes for the same script: what its digest is made of."""
    return msgspec.json.encode(script, enc_hook=_plain)


def read(content: bytes | str) -> Script:
    """A script from what ``encoded`` made."""
    return msgspec.json.decode(content, type=Script, dec_hook=_texts)


def _texts(kind: type, given: object) -> object:
    if kind is not Texts:
        raise NotImplementedError
    if isinstance(given, str):
        if any(one.isalpha() for one in given):
            raise ValueError("a text with letters stands in each language: pl, en, uk")
        return Texts(given)
    if not isinstance(given, dict):
        raise ValueError("a text stands in each language: pl, en, uk")
    wrong = [key for key in given if key not in LANGUAGES]
    if wrong:
        raise ValueError("languages are pl, en, uk")
    for language in LANGUAGES:
        value = given.get(language)
        if not isinstance(value, str) or not value or value != value.strip():
            raise ValueError(f"the text in {language} is missing or empty")
    return Texts(given)


def _plain(value: object) -> object:
    if isinstance(value, Texts):
        return dict(value.by_language)
    raise NotImplementedError
