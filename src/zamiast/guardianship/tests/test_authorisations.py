"""Authorisations between adults, and for a child of 16 or 17."""

import pytest

from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.guardianship import selectors, services
from zamiast.guardianship.grants import Refused
from zamiast.guardianship.models import Authorisation
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.pure.access import Want
from zamiast.pure.access.facts import Scope

DOCUMENTS, ACCOUNT = Want.SEE_DOCUMENTATION, Want.SEE_ACCOUNT


@pytest.fixture
def two(database):
    return made.adult("Anna"), made.adult("Jan")


def authorise(giver, number, scope=Scope.DOCUMENTATION, account=None, **more):
    return services.authorise(
        giver=giver, account=account or giver, number=number, scope=scope, by=HOLDER, **more
    )


def accept(account, offered):
    return services.accept_invitation(account=account, code=offered.code, by=HOLDER)


def test_given_taken_up_revoked_at_once(two, as_role):
    anna, jan = two
    with as_role("portal"):
        offered = authorise(anna, made.number(jan))
        assert selectors.decide(jan, DOCUMENTS, anna).codes == ("NOTHING_OPEN_HERE",)
        paired = accept(jan, offered)
        assert (paired.kind, paired.scope) == ("authorisation", "documentation")
        assert selectors.decide(jan, DOCUMENTS, anna).allowed
        assert "AUTHORISED_FOR_OTHER_KIND" in selectors.decide(jan, ACCOUNT, anna).codes
        given = selectors.everything_granted(anna).authorisations_given
        assert [row.pk for row in given] == [paired.row]
        services.revoke_authorisation(giver=anna, authorisation=paired.row, by=HOLDER)
        assert not selectors.decide(jan, DOCUMENTS, anna).allowed
        with pytest.raises(Conflict):
            services.revoke_authorisation(giver=anna, authorisation=paired.row, by=HOLDER)
        with pytest.raises(NotFound):
            services.revoke_authorisation(giver=jan, authorisation=paired.row, by=HOLDER)
        notices = selectors.notices(jan)
        assert [(one.what, one.because) for one in notices] == [
            ("lost", "revoked"), ("gained", "accepted"),
        ]  # fmt: skip


def test_it_holds_on_its_days_only(two, as_role):
    anna, jan = two
    with as_role("portal"):
        days = {"since": made.days(3), "until": made.days(10)}
        accept(jan, authorise(anna, made.number(jan), **days))
        allowed = [selectors.decide(jan, DOCUMENTS, anna, at=made.days(n)).allowed
                   for n in (0, 2, 3, 9, 10)]  # fmt: skip
        assert allowed == [False, False, True, True, False]
        spans = selectors.timeline(jan, DOCUMENTS, anna, end=made.days(30))
        assert [span.decision.allowed for span in spans] == [False, True, False]


def test_days_that_do_not_fit_are_refused(two, as_role):
    anna, jan = two
    with as_role("portal"):
        for days in ({"since": made.days(-1)}, {"since": made.days(3), "until": made.days(3)}):
            with pytest.raises(BadInput):
                authorise(anna, made.number(jan), **days)


def test_after_death_only_the_records_given_for_it(two, as_role):
    anna, jan = two
    with as_role("portal"):
        accept(jan, authorise(anna, made.number(jan), after_death=True))
        accept(jan, authorise(anna, made.number(jan), scope=Scope.ACCOUNT_DATA))
    person = made.registry_account(anna).person
    made.registry.note_death(person, died_on=made.TODAY, by=HOLDER)
    with as_role("portal"):
        assert "AUTHORISED_AFTER_DEATH" in selectors.decide(jan, DOCUMENTS, anna).codes
        assert selectors.decide(jan, ACCOUNT, anna).codes[0] == "HOLDER_DIED"


def test_a_seventeen_year_old(database, as_role):
    home = made.family(born=made.years_ago(17))
    made.registry.mark_used(home.child, by=HOLDER)
    aunt = made.adult("Ciocia")
    tell = Want.HEALTH_INFORMATION
    with as_role("portal"):
        assert selectors.decide(home.child, ACCOUNT, home.child).codes[0] == "OWN_ACCOUNT_TEEN"
        with pytest.raises(Refused) as caught:
            authorise(home.child, made.number(aunt))
        assert caught.value.decision.codes == ("TEEN_MAY_NOT_AUTHORISE",)
        with pytest.raises(BadInput):
            authorise(home.mother, made.number(aunt), Scope.ACCOUNT_DATA, home.child)
        offered = authorise(home.mother, made.number(aunt), Scope.HEALTH_INFORMATION, home.child)
        row = accept(aunt, offered).row
        assert "DOUBLE_CONSENT_MISSING" in selectors.decide(aunt, tell, home.child).codes
        services.agree_as_minor(account=home.child, authorisation=row, by=HOLDER)
        assert selectors.decide(aunt, tell, home.child).allowed
        with pytest.raises(NotFound):
            services.agree_as_minor(account=home.child, authorisation=row, by=HOLDER)
    assert Authorisation.objects.get().minor_agreed_on == made.TODAY
