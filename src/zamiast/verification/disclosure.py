"""What the desk may show and do, at which level, in which matter: the only table of it.

The desk renders through ``opened`` alone; the database holds the rows of fields at level 2
too and opens nothing else (``sql/confirm.sql``). The reference page is printed from here.

>>> opened(1, "wrong_data")
('is_usable', 'language')
>>> "address" in opened(2, "wrong_data"), "address" in opened(2, "e_services")
(True, False)
>>> on_request("e_services")
('name', 'account_used')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MATTERS = (
    "no_identifier", "wrong_data", "strange_prescription", "strange_service", "account_trouble",
    "cannot_register", "e_services", "child_account", "ward_account", "after_divorce",
    "covid_referral", "lost_identifier", "was_it_you",
)  # fmt: skip
ALWAYS = MATTERS
CONFIRMED = 2
STRONG = 3  # level 2, and a passkey of the holder for this one act
NEVER = 99


@dataclass(frozen=True)
class Row:
    """A field or an act, the level that opens it, and the matters in which it is opened."""

    code: str
    kind: str
    level: int
    matters: tuple[str, ...]
    what: str


def _field(code: str, level: int, matters: tuple[str, ...], what: str) -> Row:
    return Row(code, "field", level, matters, what)


def _act(code: str, level: int, what: str) -> Row:
    return Row(code, "act", level, ALWAYS, what)


TABLE = (
    _field("is_usable", 1, ALWAYS, "whether the identifier is usable"),
    _field("language", 1, ALWAYS, "the language of the account"),
    _field("name", CONFIRMED, ALWAYS, "given names and family name"),
    _field(
        "birth_date", CONFIRMED,
        ("wrong_data", "cannot_register", "child_account", "ward_account", "covid_referral"),
        "birth date",
    ),
    _field("address", CONFIRMED, ("wrong_data",), "address"),
    _field(
        "account_used", CONFIRMED,
        ("account_trouble", "e_services", "child_account", "ward_account", "after_divorce"),
        "since when the account is used",
    ),
    _field(
        "identifier_issued", CONFIRMED, ("lost_identifier", "account_trouble"),
        "when the identifier was issued; never its digits",
    ),
    _field(
        "covid_record", CONFIRMED, ("covid_referral",),
        "COVID-19 vaccinations in the records, and what they mean for a referral",
    ),
    _field(
        "access_reasons", CONFIRMED, ("child_account", "ward_account", "after_divorce"),
        "why other people's accounts are not open to the caller, as far as level 2 may know",
    ),
    _act("give_help", 0, "give public help"),
    _act("open_case", 0, "open a case; below level 2 it is unconfirmed"),
    _act("ask_confirmation", 1, "ask the holder for a confirmation"),
    _act("open_confirmed_case", CONFIRMED, "open a case that is confirmed"),
    Row(
        "end_access", "act", STRONG, ("after_divorce", "lost_identifier", "child_account"),
        "ask the holder to end all access that they gave; done by the holder's passkey",
    ),
    _act("connect_device", NEVER, "connect a device to an account"),
    _act("change_contact", NEVER, "change contact data or a login"),
    _act("show_identifier", NEVER, "show or replace an identifier"),
    _act("add_person", NEVER, "add a person to an account by word of mouth"),
    _act("see_pesel", NEVER, "see a PESEL"),
)  # fmt: skip
_BY_CODE = {row.code: row for row in TABLE}
# About whoever confirms: never opened for another account that they may choose.
OF_CALLER = frozenset({"access_reasons"})


def opened(level: int, matter: str | None) -> tuple[str, ...]:
    """The fields that a level opens in a matter; without a matter, only what all matters open."""
    return tuple(
        row.code for row in TABLE
        if row.kind == "field" and row.level <= level
        and (matter in row.matters or (matter is None and row.level < CONFIRMED))
    )  # fmt: skip


def on_request(matter: str) -> tuple[str, ...]:
    """The fields that a confirmation in this matter can open: they are listed to the holder."""
    return tuple(code for code in opened(CONFIRMED, matter) if _BY_CODE[code].level == CONFIRMED)


def may(act: str, level: int) -> bool:
    """Whether an act is possible at a level. An act that stands in no row is not."""
    row = _BY_CODE.get(act)
    return row is not None and row.kind == "act" and row.level <= level


def let_out(values: dict[str, Any], level: int, matter: str | None) -> dict[str, Any]:
    """Of the values at hand only those that the table opens, for a page of the desk."""
    allowed = opened(level, matter)
    return {code: value for code, value in values.items() if code in allowed}


def rows() -> list[tuple[str, str]]:
    """Field and matter of every row at level 2, as the database keeps them."""
    return [
        (row.code, matter) for row in TABLE
        if row.kind == "field" and row.level == CONFIRMED for matter in row.matters
    ]  # fmt: skip


def strong_acts(matter: str | None) -> tuple[str, ...]:
    """The acts at level 3 that a confirmed call in this matter can ask the holder for."""
    return tuple(
        row.code for row in TABLE
        if row.kind == "act" and row.level == STRONG and matter in row.matters
    )  # fmt: skip


def strong_rows() -> list[tuple[str, str]]:
    """Act and matter of every row at level 3, as the database keeps them."""
    return [(code, matter) for matter in MATTERS for code in strong_acts(matter)]
