"""What happens in an account wakes its phones: from the act itself to what the browser decrypts.

Each act runs under the role of its own process, the jobs under the worker's; the push service
is our own and checks the signature.
"""

from __future__ import annotations

import json

import pytest
from django.db import connection
from tests import people

from zamiast.audit.services import Actor, record
from zamiast.config import schedule
from zamiast.helpline import handling, letters
from zamiast.portal import telling
from zamiast.portal.push import Switches
from zamiast.portal.tests.conftest import case_of
from zamiast.portal.tests.push_service import Browser
from zamiast.portal.tests.test_push import subscribed
from zamiast.records.fhir.importing import Import
from zamiast.records.tests.resources import EXAMPLES
from zamiast.registry.models import SourceRecord
from zamiast.verification import confirming
from zamiast.verification import services as verification
from zamiast.verification.tests.conftest import session_of


def test_a_phone_hears_of_looks_without_a_mail_address(database, as_role, service):
    account = people.account()
    browser = Browser(f"{service.address}/looks")
    subscribed(account, browser)
    with as_role("worker"):
        assert telling.tell_about_looks() == 0
    record("call.identify", by=Actor("staff", "K-417"), account=account.pk, outcome="identified")
    with as_role("worker"):
        assert telling.tell_about_looks() == 1
        assert telling.tell_about_looks() == 0, "told once"
        work_off()
    assert [kind for kind, _ in heard(browser, service)] == ["look"]


def test_a_phone_that_does_not_want_to_hear_of_looks_does_not(database, as_role, service):
    account = people.account()
    subscribed(account, Browser(f"{service.address}/quiet"), Switches(look=False))
    record("call.identify", by=Actor("staff", "K-417"), account=account.pk, outcome="identified")
    with as_role("worker"):
        assert telling.tell_about_looks() == 0


@pytest.mark.parametrize("switched_on", [True, False])
@pytest.mark.parametrize("act", ["confirmation", "answer", "end", "entry"])
def test_what_happens_wakes_the_phone_unless_it_is_switched_off(
    database, site, as_role, service, tmp_path, act, switched_on
):
    account = people.account()
    kind = "answer" if act == "end" else act
    site("desk")
    browser = Browser(f"{service.address}/{kind}")
    subscribed(account, browser, Switches(**{kind: switched_on}), language="uk")
    if act == "entry":
        brings_an_entry(account, as_role, tmp_path)
    else:
        ACTS[act](account, as_role)
    with as_role("worker"):
        work_off()
    expected = [(kind, "uk")] if switched_on else []
    assert heard(browser, service) == expected


def asks_for_a_confirmation(account, as_role):
    consultant = people.colleague()
    session = session_of(consultant)
    number = str(account.identifiers.current().get().number)
    with as_role("desk"):
        call = verification.take_call(consultant)
        assert verification.identify(session.digest, call.pk, number).outcome == "identified"
        confirming.ask(session.digest, call.pk, matter="wrong_data", fields=["name"])


def answers_in_a_case(account, as_role):
    consultant = people.colleague()
    case = case_of(account, consultant, is_confirmed=True, level=2)
    with as_role("desk"):
        letters.answer(case.pk, "Dzień dobry. To już poprawione.", by=consultant)


def closes_a_case(account, as_role):
    consultant = people.colleague()
    case = case_of(account, consultant, is_confirmed=True, level=2)
    with as_role("desk"):
        handling.close(case.pk, by=consultant)


def brings_an_entry(account, as_role, tmp_path):
    SourceRecord.objects.create(system="ward/Patient", value="p1", person=account.person)
    (tmp_path / "a.ndjson").write_text(json.dumps(EXAMPLES["Immunization"]))
    with as_role("importer"):
        Import("ward", tell=True).run(tmp_path)


ACTS = {"confirmation": asks_for_a_confirmation, "answer": answers_in_a_case,
        "end": closes_a_case}  # fmt: skip


def test_who_has_an_unread_answer_is_not_told_again_when_the_case_is_closed(database, as_role):
    account = people.account()
    consultant = people.colleague()
    case = case_of(account, consultant, is_confirmed=True, level=2)
    with as_role("desk"):
        letters.answer(case.pk, "Poprawione.", by=consultant)
        handling.close(case.pk, by=consultant)
    assert told() == 1


def told():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_holder'")
        return cursor.fetchone()[0]


def work_off():
    """What the worker would take from the queue: the jobs as they were enqueued, in their order."""
    with connection.cursor() as cursor:
        for task in ("tell_holder", "wake_phone"):
            cursor.execute(
                "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task]
            )
            for (args,) in cursor.fetchall():
                TASKS[task](**(json.loads(args) if isinstance(args, str) else args))


TASKS = {"tell_holder": schedule._tell_holder, "wake_phone": schedule._wake_phone}


def heard(browser, service):
    told = [json.loads(browser.decrypt(message.body)) for message in service.messages]
    return [(one["kind"], one["language"]) for one in told]
