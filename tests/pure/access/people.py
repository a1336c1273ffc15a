"""Invented people and facts for the stories; every test says only what is special about it."""

from datetime import date

from zamiast.pure.access import Decision, Question, Want, decide
from zamiast.pure.access.facts import (
    Authority,
    Degree,
    Facts,
    Grant,
    Incapacitation,
    Insurance,
    Person,
    Representation,
    Role,
)

TODAY = date(2026, 11, 23)
BORN = date(2015, 6, 1)
CHILD = Person("child", BORN)
MOTHER = Person("mother", date(1988, 3, 1), first_login=date(2021, 1, 5))
FATHER = Person("father", date(1986, 9, 12), first_login=date(2020, 5, 20))
INSURED = Insurance("mother", date(2024, 1, 2), published=date(2024, 1, 12))
GRANT = Grant("father", "mother", date(2025, 2, 1), accepted=date(2025, 2, 3))


def parent(who: str, authority: Authority = Authority.FULL, **more) -> Representation:
    return Representation(who, Role.PARENT, BORN, authority=authority, **more)


def family(**facts) -> Facts:
    """Return a child of two parents with full authority, and nothing else unless given."""
    basis = {
        "holder": CHILD,
        "others": (MOTHER, FATHER),
        "representations": (parent("mother"), parent("father")),
    }
    return Facts(**{**basis, **facts})


def ward(**facts) -> Facts:
    """Return a fully incapacitated adult and the guardian a court appointed."""
    basis = {
        "holder": Person("ward", date(1998, 7, 7)),
        "others": (MOTHER, FATHER),
        "representations": (Representation("mother", Role.GUARDIAN, date(2020, 3, 1)),),
        "incapacitations": (Incapacitation("ward", Degree.FULL, date(2019, 11, 5)),),
    }
    return Facts(**{**basis, **facts})


def ask(facts: Facts, actor: str, want: Want = Want.SEE_ACCOUNT, day=TODAY, **more) -> Decision:
    account = facts.holder.ref if facts.holder else "nobody"
    about = more.pop("about", None)
    return decide(facts, Question(actor, want, account, about), day, **more)
