"""Freezes and changes of access by specialists: as the desk's role."""

import datetime

import psycopg
import pytest
from django.db import ProgrammingError
from django.utils import timezone

from zamiast.audit.models import Event
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.guardianship import selectors, services
from zamiast.guardianship.jobs import raise_overdue_freezes
from zamiast.guardianship.models import AccessGrant, Change, ChangeKind, Freeze, Notice
from zamiast.guardianship.services import Details
from zamiast.guardianship.tests import family as made
from zamiast.login.models import StaffSession, User
from zamiast.pure.access import Want
from zamiast.pure.access.facts import Authority, Degree, Role
from zamiast.registry.tests.parallel import at_once

SEE = Want.SEE_ACCOUNT
CASE = 100001


class Desk:
    """A family, three specialists, a supervisor and the consultant who took the call."""

    def __init__(self):
        self.home = made.family()
        self.one, self.two, self.three = (made.specialist(f"K-90{n}") for n in (1, 2, 3))
        self.supervisor = User.objects.staff("K-101", role="supervisor")
        self.consultant = User.objects.staff("K-417", role="consultant")
        everybody = (self.one, self.two, self.three, self.supervisor, self.consultant)
        self.sessions = {user.pk: made.showed_now(user) for user in everybody}

    def of(self, user):
        """Who acts, in a session that has just shown a second factor."""
        return {"by": user, "session": self.sessions[user.pk]}

    def freeze(self, **more):
        values = {"account": self.home.child, "person": self.home.mother, "case_number": CASE,
                  "reason": "Violence at home.", **more}  # fmt: skip
        return services.freeze(**values | self.of(more.get("by", self.one)))

    def propose(self, kind, by=None, **details):
        return services.propose_change(
            case_number=CASE, account=self.home.child, kind=kind, reason="ruling seen",
            taken_by=self.consultant, details=Details(**details), **self.of(by or self.one),
        )  # fmt: skip

    def deprive(self, **more):
        return self.propose(
            ChangeKind.RECORD_REPRESENTATION, person=self.home.mother, role=Role.PARENT,
            authority=Authority.TAKEN_AWAY, court="Sąd Rejonowy w Lublinie",
            file_number="III RC 12/26", ruled_on=made.days(-3), **more,
        )  # fmt: skip

    def approve(self, change, by=None):
        return services.decide_change(
            change=change.pk, approve=True, reason="checked", **self.of(by or self.two)
        )

    def mother_sees(self):
        return selectors.decide(self.home.mother, SEE, self.home.child)


@pytest.fixture
def all_at_the_desk(database):
    return Desk()


@pytest.fixture
def desk(all_at_the_desk, as_role):
    with as_role("desk"):
        yield all_at_the_desk


def told(account):
    found = Notice.objects.for_account(account).values_list("what", "because", "about_id")
    return list(found)


def test_frozen_at_once_and_reviewed_by_another(all_at_the_desk, as_role):
    desk = all_at_the_desk
    with as_role("desk"):
        freeze = desk.freeze()
        assert desk.mother_sees().codes[0] == "FROZEN"
        assert freeze.review_by - freeze.placed_at == datetime.timedelta(hours=72)
        with pytest.raises(NotAllowed):
            services.review_freeze(freeze=freeze.pk, keep=False, reason="", **desk.of(desk.one))
        services.review_freeze(
            freeze=freeze.pk, keep=False, reason="unfounded", **desk.of(desk.two)
        )
        assert desk.mother_sees().allowed
        with pytest.raises(Conflict):
            services.review_freeze(freeze=freeze.pk, keep=True, reason="", **desk.of(desk.three))
    assert told(desk.home.mother) == [
        ("gained", "review", desk.home.child), ("lost", "freeze", desk.home.child),
    ]  # fmt: skip
    whats = Event.objects.filter(account_id=desk.home.child).values_list("what", "outcome")
    assert ("access.frozen", "done") in whats
    assert ("access.freeze_reviewed", "lifted") in whats
    assert ("access.freeze_reviewed", "freeze_reviewed_by_another") in whats


def test_a_freeze_that_nobody_reviews_goes_on_and_is_listed(desk):
    freeze = desk.freeze()
    assert list(selectors.freezes_to_review()) == [freeze]
    assert list(selectors.overdue_freezes()) == []
    later = timezone.now() + datetime.timedelta(hours=73)
    assert list(selectors.overdue_freezes(later)) == [freeze]
    in_a_year = made.days(365)
    assert selectors.decide(desk.home.mother, SEE, desk.home.child, at=in_a_year).codes[0] == (
        "FROZEN"
    )


def test_the_worker_raises_each_overdue_freeze_once(all_at_the_desk, as_role):
    found, one = made.family(), made.specialist("K-955")
    for hours in (73, 1):
        at = timezone.now() - datetime.timedelta(hours=hours)
        made.row(
            Freeze, found.child, person_id=found.father if hours > 72 else None, source="case",
            case_number=7, reason="x", placed_by=one, placed_at=at,
            review_by=at + Freeze.REVIEW_WITHIN,
        )  # fmt: skip
    with as_role("worker"):
        assert [raise_overdue_freezes(), raise_overdue_freezes()] == [1, 0]
        with pytest.raises(ProgrammingError):
            Freeze.objects.count()
    event = Event.objects.get(what="access.freeze_overdue")
    assert (event.account_id, event.actor_kind, event.case_number) == (found.child, "machine", 7)


def test_a_freeze_that_was_kept_is_lifted_by_two_more(desk):
    freeze = desk.freeze()
    services.review_freeze(freeze=freeze.pk, keep=True, reason="founded", **desk.of(desk.two))
    assert not desk.mother_sees().allowed
    desk.approve(desk.propose(ChangeKind.LIFT_FREEZE, person=desk.home.mother))
    assert desk.mother_sees().allowed


def test_everybody_but_the_holder_can_be_stopped(desk):
    desk.freeze(person=None)
    assert not desk.mother_sees().allowed
    with pytest.raises(Conflict):
        desk.freeze(person=None)


def test_only_specialists_freeze_propose_and_decide(desk):
    for somebody in (desk.supervisor, desk.consultant):
        with pytest.raises(NotAllowed):
            desk.freeze(by=somebody)
        with pytest.raises(NotAllowed):
            desk.deprive(by=somebody)
    change = desk.deprive()
    with pytest.raises(NotAllowed):
        desk.approve(change, by=desk.supervisor)
    with pytest.raises(ProgrammingError, match="only of accounts looked at in a case"):
        desk.freeze(account=10**9)
    with pytest.raises(NotFound):
        services.decide_change(change=10**9, approve=True, reason="", **desk.of(desk.two))


def test_two_specialists_neither_of_whom_took_the_call(desk):
    change = desk.deprive()
    assert desk.mother_sees().allowed, "a proposal changes nothing"
    assert selectors.changes_to_decide(CASE) == [change]
    with pytest.raises(NotAllowed):
        desk.approve(change, by=desk.one)
    decided = desk.approve(change)
    assert decided.is_approved
    assert desk.mother_sees().codes[0] == "AUTHORITY_TAKEN_AWAY"
    assert selectors.changes_to_decide() == []
    with pytest.raises(Conflict):
        desk.approve(change, by=desk.three)


def test_who_took_the_call_neither_proposes_nor_decides(all_at_the_desk, as_role):
    desk = all_at_the_desk
    desk.consultant.role = "specialist"
    desk.consultant.save()
    with as_role("desk"):
        with pytest.raises(NotAllowed):
            desk.deprive(by=desk.consultant)
        with pytest.raises(NotAllowed):
            desk.approve(desk.deprive(), by=desk.consultant)


def test_the_database_itself_refuses_the_same_person_and_other_roles(desk, connect):
    change = desk.deprive()
    raw = connect("desk")
    decide = (
        "UPDATE guardianship_change SET decided_by_id = %s, decided_at = now(), decision = '',"
        " is_approved = true WHERE id = %s"
    )
    for who, constraint in (
        (desk.one, "guardianship_change_decided_by_another"),
        (desk.supervisor, "guardianship_specialists_only"),
    ):
        with pytest.raises(psycopg.errors.CheckViolation) as caught:
            raw.execute(decide, [who.pk, change.pk])
        assert caught.value.diag.constraint_name == constraint
    freeze = desk.freeze()
    with pytest.raises(psycopg.errors.CheckViolation) as caught:
        raw.execute(
            "UPDATE guardianship_freeze SET reviewed_by_id = placed_by_id, reviewed_at = now(),"
            " review = '', is_kept = false WHERE id = %s",
            [freeze.pk],
        )
    assert caught.value.diag.constraint_name == "guardianship_freeze_reviewed_by_another"


def test_a_second_factor_of_earlier_is_refused_by_service_and_database(
    all_at_the_desk, as_role, connect, settings
):
    desk = all_at_the_desk
    lately = settings.STEP_UP_MINUTES * 60
    fresh = desk.sessions[desk.two.pk]
    stale = made.showed_now(desk.two, lately + 1), made.showed_now(desk.two, -60), ""
    with as_role("desk"):
        change, freeze = desk.deprive(), desk.freeze()
    for session in (*stale, desk.sessions[desk.three.pk]):
        desk.sessions[desk.two.pk] = session
        with as_role("desk"):
            for act in (
                lambda: desk.deprive(by=desk.two),
                lambda: desk.approve(change),
                lambda: desk.freeze(by=desk.two, person=None),
                lambda: services.review_freeze(freeze=freeze.pk, keep=False, reason="",
                                               **desk.of(desk.two)),
            ):  # fmt: skip
                with pytest.raises(NotAllowed, match="second_factor"):
                    act()
        raw = connect("desk")
        raw.execute("SELECT set_config('zamiast.session', %s, false)", [session])
        for sql in (
            "UPDATE guardianship_change SET decided_by_id = %s, decided_at = now(), decision = '',"
            " is_approved = true",
            "UPDATE guardianship_freeze SET reviewed_by_id = %s, reviewed_at = now(), review = '',"
            " is_kept = true",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege) as caught:
                raw.execute(sql, [desk.two.pk])
            assert caught.value.diag.constraint_name == "guardianship_second_factor"
    assert (Change.objects.count(), Freeze.objects.count()) == (1, 1)
    refused = Event.objects.filter(outcome="second_factor").values_list("what", flat=True)
    assert set(refused) == {"access.change_proposed", "access.change_decided", "access.frozen",
                            "access.freeze_reviewed"}  # fmt: skip
    desk.sessions[desk.two.pk] = fresh
    StaffSession.objects.filter(pk=fresh).update(
        factor_at=timezone.now() - datetime.timedelta(seconds=lately - 20)
    )
    with as_role("desk"):
        assert desk.approve(change).is_approved


def test_a_refused_change_changes_nothing(desk):
    change = desk.deprive()
    services.decide_change(
        change=change.pk, approve=False, reason="unreadable", **desk.of(desk.two)
    )
    assert desk.mother_sees().allowed
    with pytest.raises(Conflict):
        services.reverse_change(change=change.pk, reason="", taken_by=None, **desk.of(desk.one))


def test_a_change_is_reversed_by_two_again(all_at_the_desk, as_role):
    desk = all_at_the_desk
    with as_role("desk"):
        change = desk.approve(desk.deprive())
        back = services.reverse_change(
            change=change.pk, reason="the ruling was annulled", taken_by=None, **desk.of(desk.two)
        )
        with pytest.raises(Conflict):
            services.reverse_change(change=change.pk, reason="", taken_by=None, **desk.of(desk.one))
        with pytest.raises(NotAllowed):
            desk.approve(back, by=desk.two)
        assert not desk.mother_sees().allowed
        desk.approve(back, by=desk.three)
        assert desk.mother_sees().codes == ("INSURES_CHILD",)
    assert told(desk.home.mother) == [
        ("gained", "reversed", desk.home.child), ("lost", "ruling", desk.home.child),
    ]  # fmt: skip
    assert ("changed", "ruling", desk.home.child) in told(desk.home.child)


def test_the_operator_opens_and_closes_an_account_after_a_case(all_at_the_desk, as_role):
    desk = all_at_the_desk
    home = desk.home
    with as_role("desk"):
        desk.approve(desk.propose(ChangeKind.OPEN_ACCESS, person=home.father))
        assert selectors.decide(home.father, SEE, home.child).codes == ("OPENED_BY_OPERATOR",)
        assert AccessGrant.objects.get().case_number == CASE
        desk.approve(desk.propose(ChangeKind.CLOSE_ACCESS, person=home.father))
        assert not selectors.decide(home.father, SEE, home.child).allowed


def test_the_guardian_of_an_adult(all_at_the_desk, as_role):
    desk = all_at_the_desk
    ward, guardian = made.adult("Marek", birth_date=made.years_ago(30)), made.adult("Olga")

    def both(kind, **details):
        change = services.propose_change(
            case_number=CASE, account=ward, kind=kind, reason="ruling seen", taken_by=None,
            details=Details(**details), **desk.of(desk.one),
        )  # fmt: skip
        desk.approve(change)

    with as_role("desk"):
        both(ChangeKind.RECORD_INCAPACITATION, degree=Degree.FULL, court="SO Lublin")
        both(
            ChangeKind.RECORD_REPRESENTATION, person=guardian, role=Role.GUARDIAN,
            authority=Authority.FULL,
        )  # fmt: skip
        assert "GUARDIAN_NOT_OPENED" in selectors.decide(guardian, SEE, ward).codes
        both(ChangeKind.OPEN_ACCESS, person=guardian)
        assert selectors.decide(guardian, SEE, ward).codes == ("OPENED_BY_OPERATOR",)
        assert not selectors.decide(ward, Want.LOG_IN, ward).allowed
    assert ("lost", "ruling", ward) in told(ward)


def test_a_wrong_link_is_as_if_it_had_never_been(desk):
    desk.approve(desk.propose(ChangeKind.CORRECT_LINK, person=desk.home.mother))
    decision = desk.mother_sees()
    assert decision.codes == ("NOTHING_OPEN_HERE",)


def test_protecting_an_address_reaches_what_the_person_sees_elsewhere(all_at_the_desk, as_role):
    desk = all_at_the_desk
    mother = desk.home.mother
    with as_role("desk"):
        change = services.propose_change(
            case_number=CASE, account=mother, kind=ChangeKind.PROTECT_ADDRESS, reason="seen",
            taken_by=None, **desk.of(desk.one),
        )  # fmt: skip
        desk.approve(change)
        assert not desk.mother_sees().allowed
    assert ("lost", "decision", desk.home.child) in told(mother)


def test_details_that_are_missing_are_named(desk):
    with pytest.raises(BadInput) as caught:
        desk.propose(ChangeKind.RECORD_REPRESENTATION, person=desk.home.mother)
    assert "role, authority" in caught.value.sentence
    with pytest.raises(BadInput):
        desk.propose(ChangeKind.REVERSE)


@pytest.mark.parametrize("round_", range(3))
def test_of_two_who_decide_at_once_exactly_one_wins(all_at_the_desk, as_role, round_):
    desk = all_at_the_desk
    with as_role("desk"):
        change = desk.deprive()

        def decide(n):
            return services.decide_change(
                change=change.pk, approve=n == 0, reason="", **desk.of((desk.two, desk.three)[n])
            )

        done = at_once(2, decide)
    won = [one for one in done if isinstance(one, Change)]
    lost = [one for one in done if isinstance(one, Conflict)]
    assert (len(won), len(lost)) == (1, 1), done
    decided = Event.objects.filter(
        what="access.change_decided", outcome__in=("approved", "refused")
    )
    assert decided.count() == 1
    taken = made.models.Representation.objects.filter(authority="taken_away").count()
    assert taken == (1 if Change.objects.get().is_approved else 0)


def test_of_two_who_review_at_once_exactly_one_wins(all_at_the_desk, as_role):
    desk = all_at_the_desk
    with as_role("desk"):
        freeze = desk.freeze()

        def review(n):
            services.review_freeze(
                freeze=freeze.pk, keep=n == 0, reason="", **desk.of((desk.two, desk.three)[n])
            )

        done = at_once(2, review)
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "NoneType"]
    row = Freeze.objects.get()
    assert row.is_kept == (row.ended_on is None)
