"""Inviting the second guardian, accepting, withdrawing: as the portal's role."""

import datetime
import json

import pytest
from django.db import connection, transaction

from zamiast.audit.models import Event, Look
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound, TooMany
from zamiast.guardianship import selectors, services
from zamiast.guardianship.grants import Refused
from zamiast.guardianship.models import AccessGrant, Invitation, InvitationKind, Notice
from zamiast.guardianship.services import pairing
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.pure import identifier
from zamiast.pure.access import Want
from zamiast.registry.tests.parallel import at_once

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


def test_the_answer_is_the_same_whatever_number_is_given(home, as_role):
    dead, suspended = made.adult("Stanisław"), made.adult("Ewa")
    numbers = {
        "of somebody": made.number(home.father),
        "never used": made.number(made.adult("Jan", used=False)),
        "dead": made.number(dead),
        "suspended": made.number(suspended),
        "of nobody": identifier.generate(),
        "the inviter's own": made.number(home.mother),
        "the child's": made.number(home.child),
    }
    made.registry.close_account(made.registry_account(dead), because="death", by=HOLDER)
    made.registry.suspend_identifier(suspended, by=HOLDER)
    with as_role("portal"):
        for number in numbers.values():
            offered = invite(home, number)
            assert len(offered.code) == 8
            seen = [one.seen_by_inviter for one in selectors.everything_granted(home.mother).offers]
            assert seen == ["waiting"]
            services.cancel_invitation(
                invitation=offered.invitation, inviter=home.mother, by=HOLDER
            )
    reached = Invitation.objects.order_by("pk").values_list("to_id", flat=True)
    assert [one is not None for one in reached] == [True, True, False, False, False, False, False]
    assert Event.objects.filter(what="guardian.offered").count() == len(numbers)
    assert Event.objects.filter(what="invitation.received").count() == len(numbers)


def test_a_code_is_kept_as_a_digest_only(portal):
    offered = invite(portal, made.number(portal.father))
    row = Invitation.objects.get()
    assert offered.code.encode() not in bytes(row.digest) + bytes(row.salt)
    assert len(bytes(row.digest)) == 32


def test_what_is_no_identifier_is_said_without_repeating_it(portal):
    with pytest.raises(BadInput) as caught:
        invite(portal, "950 120 144 438")
    assert "950" not in caught.value.sentence


def test_three_misses_block_and_the_inviter_sees_no_difference(portal):
    home = portal
    offered = invite(home, made.number(home.father))
    wrong = f"{(int(offered.code) + 1) % 10**8:08}"
    for _ in range(3):
        with pytest.raises(NotFound):
            services.accept_invitation(account=home.father, code=wrong, by=HOLDER)
    with pytest.raises(NotFound):
        services.accept_invitation(account=home.father, code=offered.code, by=HOLDER)
    assert Invitation.objects.get().blocked_at is not None
    assert Invitation.objects.get().seen_by_inviter == "waiting"
    misses = Look.objects.filter(account_id=home.father, what="invitation.missed")
    assert misses.count() == 4


def test_a_code_alone_is_of_no_use_to_somebody_else(portal):
    offered = invite(portal, made.number(portal.father))
    stranger = selectors.facts_of(portal.mother).holder
    with pytest.raises(NotFound):
        services.accept_invitation(account=int(stranger.ref), code=offered.code, by=HOLDER)
    assert Invitation.objects.get().tries == 0


def test_declining_looks_like_waiting(portal):
    offered = invite(portal, made.number(portal.father))
    services.decline_invitation(account=portal.father, code=offered.code, by=HOLDER)
    assert Invitation.objects.get().seen_by_inviter == "waiting"
    with pytest.raises(NotFound):
        services.accept_invitation(account=portal.father, code=offered.code, by=HOLDER)


def test_an_expired_code_does_not_fit(home, as_role, monkeypatch):
    monkeypatch.setattr(Invitation, "LIFETIME", datetime.timedelta(0))
    with as_role("portal"):
        offered = invite(home, made.number(home.father))
        with pytest.raises(NotFound):
            services.accept_invitation(account=home.father, code=offered.code, by=HOLDER)


def test_too_many_offers_are_refused_whatever_the_numbers(portal):
    for _ in range(5):
        invite(portal, identifier.generate())
    with pytest.raises(TooMany):
        invite(portal, identifier.generate())


def test_offers_for_several_accounts_at_once_do_not_slip_past_the_limit(home, as_role):
    children = [made.child(f"Dziecko {number}") for number in range(8)]

    def offer(at):
        with transaction.atomic():
            return pairing.offer(
                inviter=home.mother, account=children[at], number=identifier.generate(),
                kind=InvitationKind.GUARDIAN, by=HOLDER,
            )  # fmt: skip

    with as_role("portal"):
        done = at_once(8, offer)
    assert sum(isinstance(one, TooMany) for one in done) == 8 - pairing.OPEN_AT_ONCE
    assert Invitation.objects.count() == pairing.OPEN_AT_ONCE


def test_who_may_not_invite_is_refused_with_the_decision_and_an_event(portal):
    with pytest.raises(Refused) as caught:
        services.invite_second_parent(
            inviter=portal.father, child=portal.child, number=identifier.generate(), by=HOLDER
        )
    assert "DID_NOT_REGISTER" in caught.value.decision.codes
    refusal = Look.objects.get(account_id=portal.child, what="guardian.offered")
    assert (refusal.outcome, refusal.actor) == ("refused", f"other-{portal.father}")
    assert not Invitation.objects.exists()


def test_who_does_not_represent_the_child_cannot_accept(home, as_role):
    aunt = made.adult("Ciocia")
    with as_role("portal"):
        offered = invite(home, made.number(aunt))
        with pytest.raises(Refused) as caught:
            services.accept_invitation(account=aunt, code=offered.code, by=HOLDER)
        assert "NOT_REPRESENTATIVE" in caught.value.decision.codes
        assert not AccessGrant.objects.exists()


def test_an_offer_falls_with_the_access_of_who_made_it(home, as_role):
    from zamiast.guardianship.models import Because, Insurance

    with as_role("portal"):
        offered = invite(home, made.number(home.father))
    Insurance.objects.filter(account=home.child).end(by="test", because=Because.OTHER)
    with as_role("portal"):
        with pytest.raises(Conflict):
            services.accept_invitation(account=home.father, code=offered.code, by=HOLDER)
        assert Invitation.objects.get().accepted_at is None


def test_access_by_insurance_ends_by_a_ruling_only(home, as_role):
    made.row(made.models.AccessGrant, home.child, to_id=home.father, by_id=home.mother,
             accepted_on=made.years_ago(1), since=made.years_ago(1))  # fmt: skip
    with as_role("portal"):
        with pytest.raises(Refused) as caught:
            services.withdraw_grant(
                grantor=home.father, child=home.child, person=home.mother, by=HOLDER
            )
        assert "NEEDS_RULING" in caught.value.decision.codes
        assert selectors.decide(home.mother, SEE, home.child).allowed
        services.withdraw_grant(
            grantor=home.mother, child=home.child, person=home.father, by=HOLDER
        )
        assert "GRANT_ENDED" in selectors.decide(home.father, SEE, home.child).codes


def test_giving_up_and_ending_everything(home, as_role):
    def give():
        return made.row(made.models.AccessGrant, home.child, to_id=home.father,
                        by_id=home.mother, accepted_on=made.years_ago(1),
                        since=made.years_ago(1))  # fmt: skip

    give()
    with as_role("portal"):
        services.give_up(account=home.father, child=home.child, by=HOLDER)
        with pytest.raises(NotFound):
            services.give_up(account=home.father, child=home.child, by=HOLDER)
    give()
    with as_role("portal"):
        assert services.end_everything(account=home.mother, by=HOLDER) == 1
        assert services.end_everything(account=home.mother, by=HOLDER) == 0
        assert Notice.objects.filter(account=home.father, what="lost").count() == 2
        assert services.read_notices(account=home.father, by=HOLDER) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_holder'")
        told = [json.loads(row[0]) for row in cursor]
    # Twice: who lost it, and the child whose account it is. A second try told nobody.
    assert sorted(one["account"] for one in told) == sorted(2 * [home.father, home.child])
    assert {one["kind"] for one in told} == {"access"}


def test_no_service_runs_inside_a_transaction(portal):
    from django.db import transaction

    with transaction.atomic(), pytest.raises(RuntimeError):
        invite(portal, identifier.generate())


def test_somebody_without_a_tie_learns_nothing(home, as_role):
    stranger = made.adult("Obcy")
    with as_role("portal"):
        there = selectors.explain(stranger, SEE, home.child, language="pl")
        nowhere = selectors.explain(stranger, SEE, 10**9, language="pl")
        assert there == nowhere
        for account in (home.child, 10**9):
            with pytest.raises(NotAllowed) as caught:
                services.withdraw_grant(
                    grantor=stranger, child=account, person=home.father, by=HOLDER
                )
            assert caught.value.decision.codes == ("NOTHING_OPEN_HERE",)
