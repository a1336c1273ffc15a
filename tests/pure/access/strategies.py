"""Random facts about one account: few people and few days, so that things meet."""

from datetime import date

from hypothesis import strategies as st

from zamiast.pure.access import Question, Want
from zamiast.pure.access import facts as f

PEOPLE = ("holder", "mother", "father", "carer")
BIRTHS = [
    date(1980, 5, 5),
    date(2008, 11, 23),
    date(2009, 2, 28),
    date(2010, 12, 1),
    date(2016, 2, 29),
]
DAYS = [date(2026, month, day) for month in (9, 10, 11, 12) for day in (1, 2, 12, 23)]

people = st.sampled_from(PEOPLE)
others = st.sampled_from(PEOPLE[1:])
days = st.sampled_from([date(2018, 4, 30), date(2020, 1, 1), *DAYS])
ends = st.none() | days


def rows(kind, **fields):
    """Return up to two rows of a kind of fact."""
    return st.lists(st.builds(kind, **fields), max_size=2).map(tuple)


def person(ref: str):
    """Return a person who may have died, and may never have logged in."""
    return st.builds(
        f.Person,
        ref=st.just(ref),
        born=st.none() | st.sampled_from(BIRTHS),
        first_login=ends,
        died=st.none() | st.none() | st.sampled_from(DAYS),
        unable_to_log_in=st.booleans(),
    )


facts = st.builds(
    f.Facts,
    holder=person("holder"),
    others=st.tuples(person("mother"), person("father")),
    insurances=rows(
        f.Insurance,
        insurer=others,
        registered=days,
        published=ends,
        ended=ends,
        ended_by=st.sampled_from(f.InsuranceEnd),
    ),
    representations=st.lists(
        st.builds(
            f.Representation,
            person=others,
            role=st.sampled_from([f.Role.PARENT, f.Role.PARENT, *f.Role]),
            since=days,
            until=ends,
            authority=st.sampled_from([f.Authority.FULL] * 4 + list(f.Authority)),
        ),
        max_size=3,
    ).map(tuple),
    foster_care=rows(
        f.FosterCare, carer=others, since=days, until=ends, widened_to_health=st.booleans()
    ),
    grants=rows(f.Grant, to=others, by=st.none() | people, since=days, until=ends, accepted=ends),
    own_titles=rows(f.OwnTitle, since=days, until=ends),
    incapacitations=rows(
        f.Incapacitation, person=people, degree=st.sampled_from(f.Degree), since=days, until=ends
    ),
    authorisations=rows(
        f.Authorisation,
        to=others,
        by=people,
        scope=st.sampled_from(f.Scope),
        given=days,
        since=days,
        until=ends,
        after_death=st.booleans(),
        minor_agreed=ends,
    ),
    freezes=rows(f.Freeze, since=days, until=ends, person=st.none() | people),
    protected_addresses=rows(f.ProtectedAddress, person=people, since=days, until=ends),
    professionals=rows(
        f.ProfessionalTie,
        person=others,
        profession=st.sampled_from(f.Profession),
        since=days,
        until=ends,
    ),
    circumstances=rows(f.Circumstance, event=st.sampled_from(f.Event), person=people, since=days),
)
questions = st.builds(
    Question,
    actor=people,
    want=st.sampled_from(Want),
    account=st.just("holder"),
    about=st.none() | others,
)
# Fewer things in the way: most random facts close an account several times over.
open_facts = st.tuples(facts, st.sampled_from(BIRTHS)).map(lambda pair: _eased(*pair))


def _eased(row: f.Facts, born: date) -> f.Facts:
    holder = f.Person("holder", born, first_login=date(2025, 1, 1))
    full = tuple(
        f.Representation(who, f.Role.PARENT, date(2020, 1, 1)) for who in ("mother", "father")
    )
    return f.Facts(
        holder=holder,
        others=tuple(f.Person(p.ref, date(1985, 1, 1), p.first_login) for p in row.others),
        insurances=row.insurances,
        representations=full,
        grants=row.grants,
        authorisations=row.authorisations,
        professionals=row.professionals,
        incapacitations=tuple(r for r in row.incapacitations if r.person == "holder"),
    )
