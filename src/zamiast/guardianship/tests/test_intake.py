"""Facts that another system states, taken in as the importer's role: again, ended, corrected."""

import datetime

import pytest
from django.db import transaction

from zamiast.audit.models import Event, Look
from zamiast.audit.services import machine
from zamiast.guardianship import selectors, services
from zamiast.guardianship.models import (
    Authorisation,
    Because,
    FosterCare,
    Insurance,
    OwnTitle,
    Representation,
)
from zamiast.guardianship.services import Consented, Covered, Related, take_in
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER, TODAY, days, years_ago
from zamiast.pure.access import Want
from zamiast.pure.access.facts import Authority, InsuranceEnd, Payer, Role, Scope, Title

BY = machine("import fhir")


@pytest.fixture
def home(database):
    return made.Family(made.adult("Maria"), made.adult("Piotr"), made.child("Zofia"))


@pytest.fixture
def take(as_role):
    def act(*rows):
        with as_role("importer"):
            return take_in(rows, by=BY)

    return act


def counts(taken):
    return taken.new, taken.changed, taken.unchanged, taken.kept_ended, len(taken.refused)


def cover(home, **more):
    values = {
        "key": "zus|1", "account": home.child, "insurer": home.mother,
        "since": years_ago(2), "published": years_ago(1), "payer": Payer.EMPLOYER,
    }  # fmt: skip
    return Covered(**values | more)


def parent(home, **more):
    values = {"key": "usc|1", "account": home.child, "person": home.mother, "role": Role.PARENT,
              "since": years_ago(9)}  # fmt: skip
    return Related(**values | more)


def consent(home, **more):
    values = {"key": "ikp|1", "account": home.mother, "to": home.father, "by": home.mother,
              "scope": Scope.ACCOUNT_DATA, "given": days(-9), "since": days(-9)}  # fmt: skip
    return Consented(**values | more)


def sees(home, actor, account=None):
    return selectors.decide(actor, Want.SEE_PRESCRIPTIONS, account or home.child).allowed


def test_what_is_stated_opens_and_again_changes_nothing(home, take):
    rows = [cover(home), parent(home), consent(home)]
    assert not sees(home, home.mother)
    assert counts(take(*rows)) == (3, 0, 0, 0, 0)
    assert sees(home, home.mother)
    assert sees(home, home.father, home.mother)
    assert counts(take(*rows)) == (0, 0, 3, 0, 0)
    assert counts(take(*rows, *rows)) == (0, 0, 6, 0, 0)


def test_everybody_concerned_sees_the_import(home, take):
    take(cover(home), consent(home))
    assert Look.objects.filter(account_id=home.child, what="insurance.stated").count() == 1
    assert Look.objects.filter(account_id=home.mother, what="insurance.stated").count() == 1
    assert Look.objects.filter(account_id=home.father, what="consent.stated").count() == 1
    before = Event.objects.count()
    take(cover(home), consent(home))
    assert Event.objects.count() == before


def test_a_registration_is_published_and_ended_later(home, take):
    take(cover(home, published=None), parent(home))
    assert not sees(home, home.mother)
    assert counts(take(cover(home))) == (0, 1, 0, 0, 0)
    assert sees(home, home.mother)
    over = cover(home, ended=days(0), ended_by=InsuranceEnd.JOB_CHANGE)
    assert counts(take(over)) == (0, 1, 0, 0, 0)
    assert Insurance.objects.get().ended_because == Because.JOB_CHANGE
    assert not sees(home, home.mother)
    assert counts(take(over)) == (0, 0, 1, 0, 0)


def test_a_corrected_registration_takes_the_place_of_the_old_row(home, take):
    take(cover(home), parent(home), parent(home, key="usc|2", person=home.father))
    assert counts(take(cover(home, insurer=home.father))) == (0, 1, 0, 0, 0)
    assert [row.ended_because for row in Insurance.objects.order_by("pk")] == ["mistake", None]
    assert sees(home, home.father)
    assert not sees(home, home.mother)


def test_a_statement_taken_back_is_as_if_it_had_never_been(home, take):
    take(cover(home), parent(home))
    assert counts(take(cover(home, mistaken=True))) == (0, 1, 0, 0, 0)
    assert not sees(home, home.mother)
    assert counts(take(cover(home, key="zus|9", mistaken=True))) == (0, 0, 1, 0, 0)
    assert Insurance.objects.count() == 1


def test_authority_that_a_source_changed_is_a_new_row_from_now_on(home, take):
    take(cover(home), parent(home))
    take(parent(home, authority=Authority.SUSPENDED))
    old, new = Representation.objects.order_by("pk")
    assert (old.ended_because, old.ended_on) == (Because.REPLACED, TODAY)
    assert (new.authority, new.ended_on) == ("suspended", None)
    assert not sees(home, home.mother)


def test_what_a_file_of_zus_brought_already_is_not_there_twice(home, take):
    made.insured(home.child, home.mother, since=years_ago(2), published_on=years_ago(1))
    made.parent(home.mother, home.child, since=years_ago(9))
    assert counts(take(cover(home), parent(home, since=years_ago(8)))) == (0, 0, 2, 0, 0)
    assert Insurance.objects.count() == Representation.objects.count() == 1


def test_what_a_person_revoked_is_not_brought_back(home, take):
    take(consent(home))
    given = Authorisation.objects.get()
    services.revoke_authorisation(giver=home.mother, authorisation=given.pk, by=HOLDER)
    assert counts(take(consent(home))) == (0, 0, 0, 1, 0)
    taken = take(consent(home, key="ikp|2"))
    assert [key for key, _ in taken.refused] == ["ikp|2"]
    assert not sees(home, home.father, home.mother)
    assert counts(take(consent(home, key="ikp|3", given=days(1), since=days(1)))) == (1, 0, 0, 0, 0)


def test_what_a_ruling_ended_is_not_brought_back(home, take):
    take(cover(home), parent(home))
    Representation.objects.all().end(by="K-417", because=Because.RULING)
    made.row(Representation, home.child, person_id=home.mother, role="parent",
             authority="taken_away", source="case", case_number=7)  # fmt: skip
    assert counts(take(parent(home))) == (0, 0, 0, 1, 0)
    assert len(take(parent(home, key="other|5")).refused) == 1
    assert not sees(home, home.mother)


def test_foster_care_and_own_titles_are_kept_where_they_belong(home, take):
    care = parent(home, role=None, widened_to_health=True)
    title = cover(home, key="zus|2", insurer=None, title=Title.PENSION, published=None)
    assert counts(take(care, title)) == (2, 0, 0, 0, 0)
    assert FosterCare.objects.get().widened_to_health
    assert OwnTitle.objects.get().title == "pension"
    assert counts(take(care, title)) == (0, 0, 2, 0, 0)


def test_a_registration_that_becomes_an_own_title_moves(home, take):
    take(cover(home))
    moved = cover(home, insurer=None, title=Title.OTHER, published=None)
    assert counts(take(moved)) == (0, 1, 0, 0, 0)
    assert Insurance.objects.get().ended_because == Because.MISTAKE
    assert OwnTitle.objects.get().source_key == "zus|1"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"key": ""}, "known again"),
        ({"insurer": None}, "one insurer"),
        ({"insurer_ref": "zus|77"}, "one insurer"),
        ({"title": Title.PENSION}, "nobody else"),
        ({"payer_nip": "12"}, "ten digits"),
        ({"until": years_ago(5)}, "before it begins"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_stops_nothing(home, take, wrong, why):
    taken = take(cover(home, **wrong), parent(home))
    assert counts(taken) == (1, 0, 0, 0, 1)
    assert why in taken.refused[0][1]


def test_nobody_authorises_backwards_or_themselves(home, take):
    early = consent(home, key="a", since=days(-20))
    own = consent(home, key="b", to=home.mother)
    assert counts(take(early, own)) == (0, 0, 0, 0, 2)
    alone = parent(home, person=home.child)
    assert counts(take(alone)) == (0, 0, 0, 0, 1)


def test_it_works_in_the_transaction_of_an_import(home, as_role):
    with as_role("importer"), transaction.atomic():
        take_in([cover(home)], by=BY)
        transaction.set_rollback(True)
    assert not Insurance.objects.exists()


def test_a_thousand_rows_are_taken_in_at_once(home, take):
    start = datetime.date(2001, 1, 1)
    rows = [cover(home, key=f"zus|{n}", since=start + datetime.timedelta(days=n))
            for n in range(1000)]  # fmt: skip
    assert counts(take(*rows)) == (1000, 0, 0, 0, 0)
    assert counts(take(*rows)) == (0, 0, 1000, 0, 0)
