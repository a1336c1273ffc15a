"""The key to an account: made in one place, and never stronger than what is so just now."""

import ast
import dataclasses
import datetime
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

import zamiast
from zamiast.audit.models import Event, Look
from zamiast.audit.services import Actor, Purpose
from zamiast.errors import NotAllowed
from zamiast.guardianship import grants, locks, selectors, services
from zamiast.guardianship.grants import Grant, Refused, open_grant
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.pure.access import Want

SEE = Want.SEE_PRESCRIPTIONS


@pytest.fixture
def home(database):
    return made.family()


def opened(home, **more):
    values = {"actor": home.mother, "account": home.child, "want": SEE, "by": HOLDER, **more}
    return open_grant(**values)


def test_a_grant_carries_the_decision_and_its_event(home, as_role):
    with as_role("portal"):
        grant = opened(home, purpose=Purpose(reason="prescriptions"))
        look = Look.objects.get(event_id=grant.event)
    assert grant.decision.codes == ("INSURES_CHILD",)
    assert (look.account_id, look.what, look.fields) == (home.child, "access.opened", SEE.value)
    assert look.actor == f"other-{home.mother}"
    assert grant.expires_at - grant.opened_at == grants.LIFETIME
    with pytest.raises(dataclasses.FrozenInstanceError):
        grant.account = home.father


def test_a_refusal_is_committed_and_carries_its_reasons(home, as_role):
    with as_role("portal"), pytest.raises(Refused) as caught:
        opened(home, actor=home.father)
    assert "OTHER_PARENT_INSURES" in caught.value.decision.codes
    assert Event.objects.get(what="access.opened").outcome == "refused"


def test_nobody_else_makes_a_grant(home, as_role):
    with as_role("portal"):
        grant = opened(home)
    values = {name: getattr(grant, name) for name in grant.__dataclass_fields__
              if name != "made_by"}  # fmt: skip
    with pytest.raises(TypeError):
        Grant(**values, made_by=None)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(grant, account=home.father)


def test_no_code_but_open_grant_names_the_class_to_call_it():
    """Guard: nothing in the product constructs a Grant of access, but the one function."""
    makers = []
    for source in Path(zamiast.__file__).parent.rglob("*.py"):
        if "tests" in source.parts or "pure" in source.parts:
            continue
        tree = ast.parse(source.read_text(encoding="utf-8"))
        imported = source.name == "grants.py" and source.parent.name == "guardianship"
        imported |= any(
            isinstance(node, ast.ImportFrom) and node.module == "zamiast.guardianship.grants"
            for node in ast.walk(tree)
        )
        for node in ast.walk(tree):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(
                node, ast.Call) else ""  # fmt: skip
            if (name == "Grant" and imported) or "_MAKER" in (
                getattr(node, "id", ""), getattr(node, "attr", "")
            ):  # fmt: skip
                makers.append(str(source.relative_to(Path(zamiast.__file__).parent)))
    assert set(makers) == {"guardianship/grants.py"}
    assert sum(1 for one in makers) == 4  # its definition, the check, the use, the call


def test_what_was_withdrawn_meanwhile_is_closed(home, as_role):
    row = made.row(made.models.AccessGrant, home.child, to_id=home.father, by_id=home.mother,
                   accepted_on=made.years_ago(1), since=made.years_ago(1))  # fmt: skip
    with as_role("portal"):
        grant = opened(home, actor=home.father)
        with grant.reading():
            pass
        services.withdraw_grant(grantor=home.mother, child=home.child, person=row.to_id, by=HOLDER)
        read = []
        with pytest.raises(Refused) as caught, grant.reading():
            read.append("health data")
        assert "GRANT_ENDED" in caught.value.decision.codes
        with pytest.raises(Refused), grant.acting():
            raise AssertionError("nothing is written")
    refusals = Event.objects.filter(what="access.used", outcome="refused")
    assert refusals.count() == 2


def test_a_grant_ages(home, as_role, monkeypatch):
    monkeypatch.setattr(grants, "LIFETIME", datetime.timedelta(0))
    with as_role("portal"):
        grant = opened(home)
        with pytest.raises(NotAllowed) as caught, grant.reading():
            pass
    assert caught.value.code == "access.grant_expired"
    assert Event.objects.get(what="access.used").outcome == "expired"


def test_a_grant_ends_at_the_midnight_that_closes_the_account(home, as_role):
    from zamiast.guardianship.grants import _expiry

    grown = made.child(born=made.years_ago(18, plus=1))
    made.parent(home.mother, grown)
    made.insured(grown, home.mother)
    with as_role("portal"):
        decision = selectors.decide(home.mother, SEE, grown)
    assert decision.changes_on == made.days(1)
    evening = datetime.datetime.combine(made.TODAY, datetime.time(23, 59), tzinfo=grants.WARSAW)
    assert _expiry(evening, decision) - evening == datetime.timedelta(minutes=1)


def test_a_grant_is_no_use_outside_its_rules(home, as_role):
    with as_role("portal"):
        grant = opened(home)
        with pytest.raises(RuntimeError):
            grant.check()
        with transaction.atomic():
            grant.check()
            with pytest.raises(RuntimeError):
                opened(home)
            with pytest.raises(RuntimeError), grant.reading():
                pass
        with pytest.raises(RuntimeError):
            locks.alone(home.child)


# --- with real parallel connections ----------------------------------------------


class Beside(threading.Thread):
    """Something done at the same time on a connection of its own; its result or error kept."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act, self.result, self.began = act, None, threading.Event()

    def run(self):
        try:
            connection.ensure_connection()
            self.began.set()
            self.result = self.act()
        except Exception as error:
            self.result = error
        finally:
            connection.close()


def stop(home, who):
    return services.freeze(
        account=home.child, person=home.mother, case_number=100001, reason="violence", by=who,
        session=made.showed_now(who),
    )  # fmt: skip


def test_a_freeze_that_arrives_during_a_read_wins_and_does_not_wait(home, as_role):
    who = made.specialist("K-901")
    with as_role("portal"):
        grant = opened(home)
    with as_role("owner"):  # holder and specialist at once; the locks are the same
        beside = Beside(lambda: stop(home, who))

        def read():
            with grant.reading():
                beside.start()
                beside.join(20)
                assert not beside.is_alive(), "the freeze waited for a slow read"
            return "health data"

        with pytest.raises(Refused) as caught:
            read()
        assert isinstance(beside.result, made.models.Freeze)
        assert "FROZEN" in caught.value.decision.codes


def test_a_grant_that_is_withdrawn_during_a_read_is_closed_and_the_withdrawal_does_not_wait(
    home, as_role
):
    made.row(made.models.AccessGrant, home.child, to_id=home.father, by_id=home.mother,
             accepted_on=made.years_ago(1), since=made.years_ago(1))  # fmt: skip
    with as_role("portal"):
        grant = opened(home, actor=home.father)
        beside = Beside(lambda: services.withdraw_grant(
            grantor=home.mother, child=home.child, person=home.father, by=HOLDER))  # fmt: skip

        def read():
            with grant.reading():
                beside.start()
                beside.join(20)
                assert not beside.is_alive(), "the withdrawal waited for a slow read"
            return "health data"

        with pytest.raises(Refused) as caught:
            read()
    assert beside.result is None, beside.result
    assert "GRANT_ENDED" in caught.value.decision.codes


def test_an_act_under_way_is_finished_before_the_freeze(home, as_role):
    who = made.specialist("K-901")
    with as_role("owner"):  # holder and specialist at once; the locks are the same
        grant = opened(home)
        beside = Beside(lambda: stop(home, who))
        with grant.acting():
            beside.start()
            beside.began.wait(20)
            beside.join(0.5)
            assert beside.is_alive(), "the freeze came in between"
        beside.join(20)
        assert isinstance(beside.result, made.models.Freeze)
        with pytest.raises(Refused), grant.acting():
            pass


def test_a_check_waits_for_a_change_that_is_not_committed_yet(home, connect, as_role):
    """The change is the database's alone: no service, only the trigger, holds the account."""
    who = made.specialist("K-901")
    session = made.showed_now(who)
    with as_role("portal"):
        grant = opened(home)
        other = connect("desk")
        other.execute("SELECT set_config('zamiast.session', %s, false)", [session])
        other.autocommit = False
        other.execute(
            "INSERT INTO guardianship_freeze (account_id, person_id, since, source, entered_by,"
            " entered_at, reason, placed_by_id, placed_at, review_by) VALUES"
            " (%s, %s, %s, 'case', 'K-901', now(), '', %s, now(), now())",
            [home.child, home.mother, made.TODAY, who.pk],
        )

        def use():
            with grant.reading():
                return "read"

        beside = Beside(use)
        beside.start()
        beside.join(0.5)
        assert beside.is_alive(), "the reader did not wait"
        other.commit()
        beside.join(20)
        assert isinstance(beside.result, Refused)


def test_of_many_readers_and_one_freeze_nobody_reads_after_it(home, as_role):
    who = made.specialist("K-901")
    with as_role("owner"):  # holder and specialist at once; the locks are the same
        frozen = threading.Event()
        leaks = []

        def read_often():
            for _ in range(15):
                after = frozen.is_set()
                try:
                    with opened(home).reading():
                        pass
                except Refused:
                    continue
                if after:
                    leaks.append(1)

        readers = [Beside(read_often) for _ in range(4)]
        for reader in readers:
            reader.start()
        stop(home, who)
        frozen.set()
        for reader in readers:
            reader.join(60)
        assert [reader.result for reader in readers] == [None] * 4
        assert leaks == []


def test_a_consultant_acts_in_the_name_of_the_caller(home, as_role):
    with as_role("desk"):
        by = Actor("staff", "K-417", on_behalf_of=f"account {home.mother}")
        grant = opened(home, by=by, level=2)
    event = Event.objects.get(pk=grant.event)
    assert (event.actor, event.on_behalf_of, event.level) == (
        "K-417", f"account {home.mother}", 2,
    )  # fmt: skip
