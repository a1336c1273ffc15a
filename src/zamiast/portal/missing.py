"""“Why can't I see the child?”, answered from what the asker said, by the rules of the engine.

Nothing is looked up here: the answers become facts about a child of no name, and the
engine decides on them as on any others.
"""

from __future__ import annotations

import datetime
from typing import Any

from zamiast.guardianship import selectors as guardianship
from zamiast.pure import access
from zamiast.pure.access import Decision, Facts, Question, Want, warsaw_day
from zamiast.pure.access.calendar import Moment
from zamiast.pure.access.facts import (
    Authority,
    Circumstance,
    Degree,
    Event,
    FosterCare,
    Incapacitation,
    Insurance,
    InsuranceEnd,
    OwnTitle,
    Person,
    Representation,
    Role,
)

ME, CHILD, OTHER = "asker", "child", "other"
LONG_AGO = datetime.timedelta(days=400)
_YEARS = {"under_16": 9, "teen": 16, "adult": 19}
_AUTHORITY = {
    "parent": Authority.FULL,
    "limited": Authority.LIMITED,
    "suspended": Authority.SUSPENDED,
    "taken_away": Authority.TAKEN_AWAY,
    "guardian": Authority.FULL,
}

Answers = dict[str, Any]


def decide(answers: Answers, moment: Moment) -> Decision:
    """What the rules say to somebody who answered like this."""
    facts = facts_of(answers, warsaw_day(moment))
    question = Question(ME, Want.SEE_ACCOUNT, CHILD)
    return access.decide(facts, question, moment, settings=guardianship.rules())


def facts_of(answers: Answers, today: datetime.date) -> Facts:
    """The answers as facts; of what was not said, the fact that explains most is left out."""
    born = today - datetime.timedelta(days=366 * _YEARS[answers["age"]] + 30)
    return Facts(
        holder=Person(CHILD, born),
        others=(Person(ME, first_login=born), Person(OTHER)),
        insurances=_insurances(answers, today),
        representations=_representations(answers, born),
        foster_care=(FosterCare(ME, born),) if answers["relation"] == "foster" else (),
        incapacitations=_incapacitations(answers, born),
        own_titles=_titles(answers, today),
        circumstances=(Circumstance(Event.DIVORCE, ME, born),) if answers["divorced"] else (),
    )


def _representations(answers: Answers, born: datetime.date) -> tuple[Representation, ...]:
    authority = _AUTHORITY.get(answers["relation"])
    if authority is None:
        # A tie that ended: without any, the engine would say only that there is no such account.
        return (Representation(ME, Role.CURATOR, born, until=born),)
    role = Role.GUARDIAN if answers["relation"] == "guardian" else Role.PARENT
    return (Representation(ME, role, born, authority=authority),)


def _insurances(answers: Answers, today: datetime.date) -> tuple[Insurance, ...]:
    registered = answers["registered"] or today - LONG_AGO
    if answers["insurer"] == "other_parent":
        return (Insurance(OTHER, today - LONG_AGO, published=today - LONG_AGO),)
    if answers["insurer"] != "me":
        return ()
    if answers["job"] == "yes":
        return (Insurance(ME, min(registered, today - LONG_AGO), ended=today,
                          ended_by=InsuranceEnd.JOB_CHANGE),)  # fmt: skip
    return (Insurance(ME, registered),)


def _incapacitations(answers: Answers, born: datetime.date) -> tuple[Incapacitation, ...]:
    if answers["relation"] != "guardian" or answers["age"] != "adult":
        return ()
    return (Incapacitation(CHILD, Degree.FULL, born),)


def _titles(answers: Answers, today: datetime.date) -> tuple[OwnTitle, ...]:
    if answers["title"] == "now":
        return (OwnTitle(today - datetime.timedelta(days=30)),)
    if answers["title"] == "ended":
        until = answers["title_ended"] or today
        return (OwnTitle(until - datetime.timedelta(days=60), until=until),)
    return ()


def summary(answers: Answers) -> str:
    """The answers for whoever works on the case: in Polish, the language of the desk."""
    return "Odpowiedzi z konta, bez sprawdzania. " + " ".join(
        f"{question}: {_SUMMARY[question][answers[key]]}." for key, question in _QUESTIONS.items()
    ) + _when(answers)  # fmt: skip


def _when(answers: Answers) -> str:
    day = answers["registered"]
    when = f" Dzień zgłoszenia: {day:%d.%m.%Y}." if day else ""
    return when + (" Rodzice są po rozwodzie lub w rozłące." if answers["divorced"] else "")


_QUESTIONS = {
    "age": "Wiek", "relation": "Kim jest pytający", "insurer": "Kto ubezpiecza",
    "job": "Zmiana pracy", "title": "Własne ubezpieczenie dziecka",
}  # fmt: skip
_SUMMARY: dict[str, dict[str, str]] = {
    "Wiek": {"under_16": "poniżej 16 lat", "teen": "16–17 lat", "adult": "18 lat lub więcej"},
    "Kim jest pytający": {
        "parent": "rodzic z pełną władzą", "limited": "rodzic, władza ograniczona",
        "suspended": "rodzic, władza zawieszona", "taken_away": "rodzic pozbawiony władzy",
        "guardian": "opiekun ustanowiony przez sąd", "foster": "rodzic zastępczy",
        "other": "inna osoba",
    },
    "Kto ubezpiecza": {"me": "pytający", "other_parent": "drugi rodzic lub inna osoba",
                       "nobody": "nikt", "unknown": "nie wie"},
    "Zmiana pracy": {"yes": "tak", "no": "nie"},
    "Własne ubezpieczenie dziecka": {"none": "nie lub nie wie", "now": "tak", "ended": "było"},
}  # fmt: skip
