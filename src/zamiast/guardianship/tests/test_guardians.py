"""Inviting the second guardian, accepting, withdrawing: as the portal's role."""

import pytest

from zamiast.audit.models import Look
from zamiast.guardianship import selectors, services
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.pure.access import Want

SEE = Want.SEE_ACCOUNT


@pytest.fixture
def home(database):
    return made.family()


@pytest.fixture
def portal(home, as_role):
    with as_role("portal"):
        yield home


def invite(home, number):
    return services.invite_second_parent(
        inviter=home.mother, child=home.child, number=number, by=HOLDER
    )


def test_added_accepted_withdrawn(portal):
    home = portal
    assert not selectors.decide(home.father, SEE, home.child).allowed
    offered = invite(home, made.number(home.father))
    assert selectors.everything_granted(home.father).offers_waiting_for_me == 1
    assert not selectors.decide(home.father, SEE, home.child).allowed
    paired = services.accept_invitation(account=home.father, code=offered.code, by=HOLDER)
    assert (paired.account, paired.by) == (home.child, home.mother)
    assert selectors.decide(home.father, SEE, home.child).codes == ("GRANTED",)
    assert [one.account for one in selectors.open_accounts(home.father)] == [home.child]
    notice = selectors.notices(home.father).get()
    assert (notice.what, notice.because, notice.about_id) == ("gained", "accepted", home.child)
    services.withdraw_grant(grantor=home.mother, child=home.child, person=home.father, by=HOLDER)
    decision = selectors.decide(home.father, SEE, home.child)
    assert not decision.allowed
    assert selectors.notices(home.father).first().what == "lost"
    looks = set(Look.objects.filter(account_id=home.child).values_list("what", flat=True))
    assert looks >= {"guardian.offered", "guardian.accepted", "guardian.withdrawn"}
    looks = set(Look.objects.filter(account_id=home.father).values_list("what", flat=True))
    assert looks >= {"invitation.received", "access.gained", "access.lost"}
