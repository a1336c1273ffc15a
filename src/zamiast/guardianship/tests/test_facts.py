"""Rows that are kept, facts that are read in one statement, days that begin in Warsaw."""

import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zamiast.guardianship import models, selectors
from zamiast.guardianship.models import Because
from zamiast.guardianship.tests import family as made
from zamiast.pure.access import Facts, Want
from zamiast.pure.access import facts as f

SEE = Want.SEE_ACCOUNT
WARSAW = ZoneInfo("Europe/Warsaw")


def everything():
    """A child with a fact of every kind."""
    home = made.family()
    aunt = made.adult("Ciocia", used=False)
    staff = made.specialist("K-901")
    made.row(models.FosterCare, home.child, carer_id=aunt, court="SR Lublin", file_number="1/26")
    made.row(models.AccessGrant, home.child, to_id=home.father, by_id=home.mother,
             accepted_on=made.days(-9), since=made.days(-9))  # fmt: skip
    made.row(models.AccessGrant, home.child, to_id=aunt, case_number=100001)
    made.row(models.OwnTitle, home.child, title="pension", until=made.days(40))
    made.row(models.Incapacitation, home.father, degree="partial")
    made.row(models.Authorisation, home.child, to_id=aunt, by_id=home.mother,
             scope="documentation", given_on=made.days(-5), since=made.days(-5))  # fmt: skip
    made.row(models.Freeze, home.child, person_id=aunt, since=made.TODAY, reason="x",
             placed_by=staff, review_by=datetime.datetime.now(datetime.UTC))  # fmt: skip
    made.row(models.ProtectedAddress, aunt)
    made.row(models.Circumstance, home.child, person_id=home.father, kind="divorce")
    made.row(models.Circumstance, aunt, person_id=aunt, kind="unable_to_log_in")
    made.row(models.Insurance, home.child, insurer_ref="zus|1", payer="krus")
    return home, aunt


def test_every_kind_of_fact_reaches_the_engine_in_one_statement(database, as_role):
    home, aunt = everything()
    for role in ("portal", "desk"):
        with (
            as_role(role),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            facts = selectors.facts_of(home.child)
        assert len(asked) == 1
    assert facts.holder == f.Person(str(home.child), made.years_ago(9))
    assert {one.ref for one in facts.others} == {str(home.mother), str(home.father), str(aunt)}
    assert facts.person(str(home.mother)).first_login == made.TODAY
    assert facts.person(str(aunt)).unable_to_log_in
    known = facts.insurances[0], facts.insurances[1].insurer.startswith("unknown-")
    assert known[0].insurer == str(home.mother)
    assert known[1]
    counts = {name: len(getattr(facts, name)) for name in Facts.__dataclass_fields__
              if name not in ("holder", "others")}  # fmt: skip
    assert counts == {
        "insurances": 2, "representations": 2, "foster_care": 1, "grants": 2, "own_titles": 1,
        "incapacitations": 1, "authorisations": 1, "freezes": 1, "protected_addresses": 1,
        "professionals": 0, "circumstances": 1,
    }  # fmt: skip
    assert facts.foster_care[0].court == "SR Lublin"
    assert facts.grants[1].by == str(home.mother) or facts.grants[0].by == str(home.mother)
    assert facts.freezes[0].person == str(aunt)


def test_a_decision_costs_one_statement(database, as_role):
    home = made.family()
    with as_role("portal"), CaptureQueriesContext(connection) as asked:
        assert selectors.decide(home.mother, SEE, home.child).allowed
    assert len(asked) == 1


def test_rows_are_ended_once_and_never_rewritten(database, connect):
    home, _ = everything()
    owner = connect("owner")
    refused = psycopg.errors.InsufficientPrivilege
    for kind in models.ROWS:
        table = kind._meta.db_table
        for statement in (
            f"UPDATE {table} SET since = since - 1",
            f"UPDATE {table} SET account_id = {home.mother}",
            f"UPDATE {table} SET entered_by = 'me'",
            f"DELETE FROM {table}",
        ):
            with pytest.raises(refused):
                owner.execute(statement)
        row = kind.objects.first()
        assert kind.objects.filter(pk=row.pk).end(by="K-1", because=Because.OTHER) == 1
        assert kind.objects.filter(pk=row.pk).end(by="K-2", because=Because.OTHER) == 0
        with pytest.raises(refused):
            owner.execute(f"UPDATE {table} SET ended_on = ended_on + 1 WHERE id = {row.pk}")
        with pytest.raises(refused):
            owner.execute(f"UPDATE {table} SET ended_on = NULL, ended_at = NULL, ended_by = NULL,"
                          f" ended_because = NULL WHERE id = {row.pk}")  # fmt: skip


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"until": made.days(-4000)}, "days_in_order"),
        ({"ended_on": made.TODAY}, "ended_whole"),
        ({"source": "hearsay"}, "source"),
        ({"payer": "nobody"}, "guardianship_insurance_payer"),
        ({"payer_nip": "12"}, "nip_form"),
        ({"insurer_ref": "zus|1"}, "insurer_is_known_or_referred_to"),
        ({"insurer_id": None}, "insurer_is_known_or_referred_to"),
    ],
)
def test_what_must_always_be_true_of_a_registration(database, values, constraint):
    from django.db import IntegrityError

    child, mother = made.child(), made.adult()
    with pytest.raises(IntegrityError) as caught:
        made.insured(child, mother, **values)
    assert constraint in caught.value.__cause__.diag.constraint_name


def test_an_account_that_is_not_there_or_was_closed_reads_alike(database, as_role):
    home = made.family()
    made.registry.close_account(
        made.registry_account(home.child), because="operator", by=made.HOLDER
    )
    with as_role("portal"):
        closed = selectors.explain(home.mother, SEE, home.child, language="pl")
        nowhere = selectors.explain(home.mother, SEE, 10**9, language="pl")
    assert closed == nowhere


# --- everything takes effect at its date, without a job -----------------------------


@pytest.mark.parametrize("born", [
    datetime.date(2008, 7, 15), datetime.date(2008, 1, 15),
    datetime.date(2007, 3, 25), datetime.date(2008, 3, 29), datetime.date(2008, 10, 25),
    datetime.date(2008, 2, 29),
])  # fmt: skip
def test_the_eighteenth_birthday_closes_at_midnight_in_warsaw(database, as_role, born):
    home = made.family(born=born)
    try:
        day = born.replace(year=born.year + 18)
    except ValueError:
        day = datetime.date(born.year + 18, 2, 28)
    midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=WARSAW).astimezone(
        datetime.UTC
    )
    second = datetime.timedelta(seconds=1)
    with as_role("portal"):
        before = selectors.decide(home.mother, SEE, home.child, at=midnight - second)
        after = selectors.decide(home.mother, SEE, home.child, at=midnight)
    assert before.allowed
    assert before.changes_on == day
    assert after.codes == ("TURNED_18",)


def test_the_clocks_going_back_or_forward_change_no_day(database, as_role):
    """29 March and 25 October 2026 have 23 and 25 hours: the day is the same all along."""
    anna, jan = made.adult("Anna"), made.adult("Jan")
    for day in (datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)):
        made.row(models.Authorisation, anna, to_id=jan, by_id=anna, scope="account_data",
                 given_on=day, since=day, until=day + datetime.timedelta(days=1))  # fmt: skip
    with as_role("portal"):
        facts = selectors.facts_of(anna)
    for day, hours in ((datetime.date(2026, 3, 29), 23), (datetime.date(2026, 10, 25), 25)):
        start = datetime.datetime.combine(day, datetime.time(), tzinfo=WARSAW).astimezone(
            datetime.UTC
        )
        moments = [start + datetime.timedelta(minutes=30 * n) for n in range(-2, 2 * hours + 2)]
        allowed = [selectors.decide_on(facts, jan, SEE, anna, at=one).allowed for one in moments]
        assert allowed == [False] * 2 + [True] * (2 * hours) + [False] * 2


def test_the_first_login_counts_by_the_day_in_warsaw(database):
    home = made.family()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_account SET first_used_at = '2026-07-14 22:30+00' WHERE id = %s",
            [home.mother],
        )
    facts = selectors.facts_of(home.child)
    assert facts.person(str(home.mother)).first_login == datetime.date(2026, 7, 15)
