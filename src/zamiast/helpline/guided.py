"""Matters 7 to 10 explained from what the caller says: nothing is looked up, nothing stored.

The answers become facts about people of no name, and the engines decide on them as on any
others. Whoever called without being confirmed gets real help: who must do what, and from
which day.

>>> said = {"relation": "parent", "age": "under_16", "insurer": "other"}
>>> [reason.code.value for reason in child_account(said, date(2026, 11, 23)).reasons]
['DID_NOT_REGISTER', 'OTHER_PARENT_INSURES', 'KEEPS_RIGHT_TO_RECORDS']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zamiast.guardianship.selectors import rules
from zamiast.helpline import steps
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts, Question, Want
from zamiast.pure.access import facts as f

_FILE = "guided.yaml"
CALLER, OTHER, ACCOUNT = "caller", "other", "account"
LONG_AGO = timedelta(days=400)
EARLIEST = date(2015, 1, 1)

Said = Mapping[str, str]
"""Answers by question: codes of options, days as YYYY-MM-DD; what was not asked is left out."""


@dataclass(frozen=True)
class Option:
    """One answer: its code, its text for the consultant, whether it is chosen."""

    code: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question as it is read aloud, and what was answered."""

    code: str
    text: str
    is_day: bool
    day: str
    options: tuple[Option, ...]


def topics() -> tuple[str, ...]:
    """The matters that can be explained from answers."""
    return tuple(steps.load(_FILE))


def said_in(matter: str, sent: Mapping[str, str]) -> dict[str, str]:
    """The answers among what was sent; nonsense is left out."""
    return {
        question["code"]: value
        for question in steps.load(_FILE)[matter]["questions"]
        if (value := _usable(question, sent.get(question["code"], "").strip()))
    }


def questions(matter: str, said: Said, *, caller: str, reader: str) -> tuple[Asked, ...]:
    """What to ask now: matter 10 first asks whether it is a vaccination or a test."""
    found = steps.load(_FILE)[matter]["questions"]
    if matter == "covid_referral" and said.get("asks") != "vaccination":
        found = found[:1]
    return tuple(
        Asked(
            question["code"], steps.text_in(question["ask"], caller),
            question.get("kind") == "date", said.get(question["code"], ""),
            tuple(Option(code, steps.text_in(texts, reader), said.get(question["code"]) == code)
                  for code, texts in question.get("options", {}).items()),
        )
        for question in found
    )  # fmt: skip


def told(matter: str, said: Said, caller: str) -> tuple[str, ...]:
    """What single answers add, to be read aloud in the caller's language."""
    return tuple(
        steps.text_in(texts, caller)
        for question in steps.load(_FILE)[matter]["questions"]
        if (texts := question.get("tell", {}).get(said.get(question["code"], "")))
    )


def _usable(question: Mapping[str, object], value: str) -> str:
    if question.get("kind") != "date":
        return value if value in question["options"] else ""  # type: ignore[operator]
    return value if _day(value) else ""


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= date(2100, 1, 1) else None


def _years_before(day: date, years: float) -> date:
    return day - timedelta(days=round(365.25 * years) + 40)


def decide(matter: str, said: Said, today: date) -> Decision:
    """What the rules of access say to somebody who answered like this, in matters 7 to 9."""
    by_matter = {
        "child_account": child_account,
        "ward_account": ward_account,
        "after_divorce": after_divorce,
    }
    return by_matter[matter](said, today)


def child_account(said: Said, today: date) -> Decision:
    """May the caller see the child's account?"""
    years = {"under_16": 9, "teen": 16, "adult": 19}[said.get("age", "under_16")]
    born = _years_before(today, years)
    facts = Facts(
        holder=f.Person(ACCOUNT, born),
        others=(f.Person(CALLER, first_login=EARLIEST), f.Person(OTHER)),
        insurances=tuple(_insurances(said, today)),
        representations=tuple(_representations(said, born)),
        foster_care=(f.FosterCare(CALLER, born),) if said.get("relation") == "foster" else (),
        own_titles=tuple(_own_titles(said, today)),
    )
    return _decided(facts, Want.SEE_ACCOUNT, today)


def ward_account(said: Said, today: date) -> Decision:
    """May the caller see the adult's account?"""
    roles = {"guardian": f.Role.GUARDIAN, "curator": f.Role.CURATOR}
    role = roles.get(said.get("role", "nobody"))
    degree = said.get("degree", "none")
    since = today - LONG_AGO
    facts = Facts(
        holder=f.Person(
            ACCOUNT, _years_before(today, 40), unable_to_log_in=said.get("logs_in") == "no_"
        ),
        others=(f.Person(CALLER, first_login=EARLIEST),),
        # Family without a ruling: a tie that ended, or the engine knows of no such account.
        representations=(
            f.Representation(CALLER, role, since)
            if role
            else f.Representation(CALLER, f.Role.PARENT, since, until=since),
        ),
        incapacitations=(
            () if degree == "none" else (f.Incapacitation(ACCOUNT, f.Degree(degree), since),)
        ),
    )
    return _decided(facts, Want.SEE_ACCOUNT, today)


def after_divorce(said: Said, today: date) -> Decision:
    """May the caller take the former spouse's access away?

    What a ruling says counts from the day on which two specialists recorded it: until then
    the former spouse has full authority here, whatever was answered.
    """
    born, since = _years_before(today, 9), today - LONG_AGO
    how = said.get("how", "unknown")
    insurer = OTHER if how in ("insures", "unknown") else CALLER
    giver = {"i_gave": CALLER, "other_gave": "somebody"}.get(how)
    facts = Facts(
        holder=f.Person(ACCOUNT, born),
        others=(f.Person(CALLER, first_login=EARLIEST), f.Person(OTHER, first_login=EARLIEST)),
        insurances=(f.Insurance(insurer, since, published=since),),
        representations=(
            f.Representation(CALLER, f.Role.PARENT, born),
            f.Representation(OTHER, f.Role.PARENT, born),
        ),
        grants=(f.Grant(OTHER, giver, since, accepted=since),) if giver else (),
        circumstances=(f.Circumstance(f.Event.DIVORCE, OTHER, since),),
    )
    return _decided(facts, Want.WITHDRAW, today, about=OTHER)


def referral(said: Said, today: date) -> eligibility.Explanation:
    """Why there may be no referral yet, in matter 10."""
    day = _day(said.get("day")) or today
    asks = eligibility.Asks(said["asks"]) if "asks" in said else None
    dose, infection = _day(said.get("dose")), _day(said.get("infection"))
    age = said.get("age")
    facts = eligibility.Facts(
        asks=asks,
        in_register=True,
        born=_born(age, day) if age else None,
        doses=(_dose(said, dose),) if dose else (),
        positive_tests=(infection,) if infection else (),
        referrals=(
            (eligibility.Referral(day - LONG_AGO, day - timedelta(days=1)),)
            if said.get("referral") == "expired"
            else ()
        ),
        for_child=said.get("who", "self") != "self",
        child_account_open=said.get("who") == "child",
    )
    return eligibility.explain(facts, day)


def _decided(facts: Facts, want: Want, today: date, about: str | None = None) -> Decision:
    question = Question(CALLER, want, ACCOUNT, about)
    return access.decide(facts, question, today, settings=rules())


def _insurances(said: Said, today: date) -> Iterator[f.Insurance]:
    registered = min(_day(said.get("registered")) or today - LONG_AGO, today)
    if said.get("insurer") == "other":
        yield f.Insurance(OTHER, today - LONG_AGO, published=today - LONG_AGO)
    elif said.get("insurer") == "me" and said.get("job") == "yes_":
        yield f.Insurance(
            CALLER, min(registered, today - LONG_AGO), ended=today,
            ended_by=f.InsuranceEnd.JOB_CHANGE,
        )  # fmt: skip
    elif said.get("insurer") == "me":
        yield f.Insurance(CALLER, registered)


def _representations(said: Said, born: date) -> Iterator[f.Representation]:
    relation = said.get("relation", "parent")
    authority = f.Authority(said.get("authority", "full"))
    if relation == "parent":
        yield f.Representation(CALLER, f.Role.PARENT, born, authority=authority)
    elif relation == "guardian":
        yield f.Representation(CALLER, f.Role.GUARDIAN, born)
    else:  # a tie that ended: without any the engine knows of no such account
        yield f.Representation(CALLER, f.Role.CURATOR, born, until=born)


def _own_titles(said: Said, today: date) -> Iterator[f.OwnTitle]:
    if said.get("title") == "now":
        yield f.OwnTitle(today - timedelta(days=30))
    elif said.get("title") == "ended":
        yield f.OwnTitle(today - timedelta(days=60), until=today)


def _born(age: str, day: date) -> date:
    years = int(age.removeprefix("y"))
    return _years_before(day, years) if years else day - timedelta(days=90)


def _dose(said: Said, day: date) -> eligibility.Dose:
    record = said.get("record", "right")
    kind = eligibility.DoseKind(said.get("kind", "course"))
    return eligibility.Dose(day, kind, recorded=record != "missing", correct=record != "wrong")
