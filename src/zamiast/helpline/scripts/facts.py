"""Matters 7 to 10 from what the caller says: answers become facts about people of no name.

The engines decide on them as on any others. Nothing is looked up.

>>> said = {"relation": "parent", "age": "under_16", "insurer": "other"}
>>> [reason.code.value for reason in child_account(said, date(2026, 11, 23)).reasons]
['DID_NOT_REGISTER', 'OTHER_PARENT_INSURES', 'KEEPS_RIGHT_TO_RECORDS']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from zamiast.guardianship.selectors import rules
from zamiast.helpline.scripts.walking import day as _day
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts, Question, Want
from zamiast.pure.access import facts as f

CALLER, OTHER, ACCOUNT = "caller", "other", "account"
LONG_AGO = timedelta(days=400)
EARLIEST = date(2015, 1, 1)

Said = Mapping[str, str]
"""Answers by question: codes of options, days as YYYY-MM-DD; what was not asked is left out."""


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
            ACCOUNT, _years_before(today, 40), unable_to_log_in=said.get("logs_in") == "no"
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
    elif said.get("insurer") == "me" and said.get("job") == "yes":
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
