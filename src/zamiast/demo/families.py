"""Families of the demo: one for each story of who sees whose account, and why not.

Days are told from today, so that somebody was insured yesterday and somebody else turned
18 this midnight on whatever day the demo is installed. What is there already is left alone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zamiast.demo.stage import SOURCE, Part, refuse_outside_demo

if TYPE_CHECKING:
    from zamiast.guardianship.models import Row

BY = "demo"
_GDANSK = ("ul. Szeroka 14/6", "80-835", "Gdańsk")
_WROCLAW = ("ul. Ruska 22/9", "50-079", "Wrocław")


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _today() -> datetime.date:
    from django.utils import timezone

    from zamiast.pure.access import warsaw_day

    return warsaw_day(timezone.now())


def _born(years: int, days_ago: int = 0) -> datetime.date:
    """The birth date of somebody who had that birthday so many days ago."""
    from zamiast.pure.access.calendar import birthday

    return birthday(_today() - datetime.timedelta(days=days_ago), -years)


@dataclass(frozen=True)
class Fact:
    """One row: table, whose account, the people in it, days counted from today."""

    table: str
    account: str
    people: dict[str, str | None] = field(default_factory=dict)
    days: dict[str, int | None] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def parts() -> tuple[Part, ...]:
    """The people beside the cast."""
    return (
        *_grown_ups(),
        _child("antoni", "Krawczyk", "Antoni", 2, "male"),
        _child("lena", "Zając", "Lena", 6, "female"),
        _child("iga", "Pawlak", "Iga", 8, "female"),
        _child("kuba", "Michalski", "Kuba", 16, "male"),
        _child("szymon", "Górski", "Szymon", 5, "male"),
        Part("dawid", "Sikora", "Dawid", _born(18), "male", _WROCLAW,
             "turned 18 this midnight", "dawid"),
        Part("ryszard", "Baran", "Ryszard", _day("1994-02-18"), "male", _WROCLAW,
             "an adult, fully incapacitated"),
        _child("oliwia", "Duda", "Oliwia", 11, "female"),
        _child("filip", "Szewczyk", "Filip", 9, "male"),
        _child("hania", "Tomaszewska", "Hania", 4, "female"),
        _child("pola", "Pietrzak", "Pola", 3, "female"),
        _child("wiktor", "Wróbel", "Wiktor", 7, "male"),
    )  # fmt: skip


def _grown_ups() -> tuple[Part, ...]:
    rows = (
        ("marta", "Krawczyk", "Marta", "1993-04-02", "female", "insured her child yesterday"),
        ("adam", "Zając", "Adam", "1985-10-09", "male", "parent: the other one insures"),
        ("ewelina", "Zając", "Ewelina", "1987-02-21", "female", "insures Lena, can add Adam"),
        ("robert", "Pawlak", "Robert", "1982-12-30", "male", "parent who changed jobs"),
        ("beata", "Michalska", "Beata", "1979-05-14", "female", "her child has a job of its own"),
        ("teresa", "Lis", "Teresa", "1968-08-08", "female", "foster carer"),
        ("grazyna", "Sikora", "Grażyna", "1977-03-03", "female", "her child turned 18 today"),
        ("henryk", "Baran", "Henryk", "1962-07-19", "male", "guardian of an adult"),
        ("sylwia", "Duda", "Sylwia", "1984-09-25", "female", "divorced, gave the other access"),
        ("tomasz", "Duda", "Tomasz", "1983-01-17", "male", "divorced, with full authority"),
        ("karolina", "Szewczyk", "Karolina", "1986-06-06", "female", "sole authority"),
        ("marcin", "Szewczyk", "Marcin", "1980-11-11", "male", "deprived of authority"),
        ("natalia", "Tomaszewska", "Natalia", "1991-12-12", "female", "with a protected address"),
        ("patryk", "Bąk", "Patryk", "1990-03-28", "male", "father of a protected child"),
        ("julia", "Pietrzak", "Julia", "1995-05-05", "female", "added the second parent"),
        ("michal", "Pietrzak", "Michał", "1994-08-15", "male", "second parent, added"),
        ("joanna", "Wiśniewska", "Joanna", "1978-10-27", "female", "mother of a 17-year-old"),
        ("damian", "Wróbel", "Damian", "1981-02-02", "male", "access frozen, under review"),
    )  # fmt: skip
    return tuple(
        Part(key, family, given, _day(born), gender, _GDANSK, about, key)
        for key, family, given, born, gender, about in rows
    )


def _child(key: str, family: str, given: str, years: int, gender: str) -> Part:
    return Part(key, family, given, _born(years, 100), gender, _GDANSK, f"a child, {years}")


def facts() -> tuple[Fact, ...]:
    """What ties them: the stories, one after the other."""
    court = {"court": "Sąd Rejonowy Lublin-Zachód", "file_number": "III RNsm 214/26"}
    return (
        # The cast: Piotr insures Zofia; the grandmother insures Jan and does not represent him.
        _parent("zofia", "piotr"), _insured("zofia", "piotr"),
        _parent("jan", "piotr"), _insured("jan", "anna"),
        _parent("kacper", "joanna"), _insured("kacper", "joanna"),
        _parent("antoni", "marta"), _insured("antoni", "marta", since=-1, published=None),
        _parent("lena", "ewelina"), _parent("lena", "adam"), _insured("lena", "ewelina"),
        _parent("iga", "robert"), _insured("iga", "robert", ended=-10),
        _parent("kuba", "beata"), _insured("kuba", "beata"),
        Fact("OwnTitle", "kuba", days={"since": -20}, values={"title": "seasonal_job"}),
        Fact("FosterCare", "szymon", {"carer": "teresa"}, {"since": -300}, court),
        _insured("szymon", "teresa", since=-290),
        _parent("dawid", "grazyna"), _insured("dawid", "grazyna"),
        Fact("Incapacitation", "ryszard", days={"since": -700}, values={"degree": "full", **court}),
        Fact("Representation", "ryszard", {"person": "henryk"}, {"since": -690},
             {"role": "guardian", **court}),
        _parent("oliwia", "sylwia"), _parent("oliwia", "tomasz"), _insured("oliwia", "sylwia"),
        _granted("oliwia", "tomasz", by="sylwia"),
        Fact("Circumstance", "oliwia", {"person": "tomasz"}, {"since": -200},
             {"kind": "divorce"}),
        _parent("filip", "karolina"), _insured("filip", "karolina"),
        Fact("Representation", "filip", {"person": "marcin"}, {"since": -90, "ruled_on": -90},
             {"role": "parent", "authority": "taken_away", **court}),
        _parent("hania", "natalia"), _parent("hania", "patryk"), _insured("hania", "patryk"),
        Fact("ProtectedAddress", "hania", days={"since": -30}),
        Fact("ProtectedAddress", "natalia", days={"since": -30}),
        _parent("pola", "julia"), _parent("pola", "michal"), _insured("pola", "julia"),
        _granted("pola", "michal", by="julia"),
        _parent("wiktor", "damian"), _insured("wiktor", "damian"),
    )  # fmt: skip


def _parent(child: str, person: str) -> Fact:
    return Fact("Representation", child, {"person": person}, {"since": None}, {"role": "parent"})


def _insured(
    child: str,
    person: str,
    *,
    since: int = -1000,
    published: int | None = -985,
    ended: int | None = None,
) -> Fact:
    days: dict[str, int | None] = {"since": since}
    if published is not None:
        days["published_on"] = max(since + 5, published)
    if ended is not None:
        days["ended_on"] = ended
    return Fact("Insurance", child, {"insurer": person}, days, {"payer": "employer"})


def _granted(child: str, person: str, *, by: str) -> Fact:
    people: dict[str, str | None] = {"to": person, "by": by}
    return Fact("AccessGrant", child, people, {"since": -150, "accepted_on": -150})


def install() -> None:
    """Add the people, their logins and what ties them. Raises Misconfigured outside the demo."""
    from django.db import transaction

    from zamiast.audit.services import Purpose, machine, record
    from zamiast.demo import cast
    from zamiast.registry.services import mark_used

    refuse_outside_demo()
    with transaction.atomic():
        cast.add(parts())
        accounts = _accounts()
        told = {fact.account for fact in facts()}
        fresh = {key for key in told if not _is_told(accounts[key])}
        for fact in facts():
            if fact.account in fresh:
                _write(fact, accounts)
        for fact in facts():
            if fact.table == "AccessGrant":  # only who uses an account can be added
                mark_used(accounts[fact.people["to"] or ""], by=machine("demo"))
        if "wiktor" in fresh:
            _freeze(accounts)
        if fresh:
            reason = Purpose(reason=f"families: {len(fresh)}")
            record("demo.families_told", by=machine("demo"), purpose=reason)


def _accounts() -> dict[str, int]:
    from zamiast.registry.models import SourceRecord

    rows = SourceRecord.objects.filter(system=SOURCE).values_list("value", "person__account__id")
    return dict(rows)


def _is_told(account: int) -> bool:
    from zamiast.guardianship.models import ROWS

    return any(kind.objects.filter(account=account, entered_by=BY).exists() for kind in ROWS)


def _write(fact: Fact, accounts: dict[str, int]) -> Row:
    from zamiast.guardianship import models
    from zamiast.registry.models import Account

    today = _today()
    days = {name: None if count is None else today + datetime.timedelta(days=count)
            for name, count in fact.days.items()}  # fmt: skip
    account = accounts[fact.account]
    if days["since"] is None:  # from birth
        born = Account.objects.select_related("person").get(pk=account).person.birth_date
        days["since"] = born or today
    people = {f"{name}_id": key and accounts[key] for name, key in fact.people.items()}
    row: Row = getattr(models, fact.table)(
        account_id=account, source="import", entered_by=BY, **people, **days, **fact.values
    )
    if row.ended_on is not None:
        row.ended_at, row.ended_by, row.ended_because = row.entered_at, BY, "job_change"
    row.save(force_insert=True)
    return row


def _freeze(accounts: dict[str, int]) -> None:
    """The emergency that waits for a second specialist."""
    from django.utils import timezone

    from zamiast.guardianship.models import Freeze
    from zamiast.login.models import User

    placed_at = timezone.now() - datetime.timedelta(hours=20)
    Freeze.objects.create(
        account_id=accounts["wiktor"], person_id=accounts["damian"], since=_today(),
        reason="Szkoła zgłosiła przemoc w domu.", source="case", entered_by=BY,
        placed_by=User.objects.get(k_number="K-301"), placed_at=placed_at,
        review_by=placed_at + Freeze.REVIEW_WITHIN,
    )  # fmt: skip
