"""Mail without content: confirmed by a link, sent by the worker to a real SMTP server."""

from __future__ import annotations

import email
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from tests import people

from zamiast.audit import telling
from zamiast.audit.models import Event
from zamiast.audit.services import OPERATOR, Actor, record
from zamiast.config import schedule
from zamiast.errors import TooMany
from zamiast.portal import mail
from zamiast.portal import telling as about_looks
from zamiast.portal.models import MailAddress
from zamiast.registry.tests.parallel import at_once

from .conftest import looked

ADDRESS = "anna@example.com"
HOLDER = Actor("holder", "login-1")
MATTER = "lost_identifier"


@dataclass
class Box:
    """What arrived, and what the server answers to a recipient."""

    received: list = field(default_factory=list)
    answer: str = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def text(self) -> str:
        return self.received[-1].get_content()


@pytest.fixture
def box(settings) -> Iterator[Box]:
    """A real mail server on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = Box()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.PORTAL_URL = "https://konto.example"
    yield kept
    controller.stop()


@pytest.fixture
def work(site, as_role):
    """``work()``: do what waits in the queue, as the worker."""

    def do() -> list[str]:
        done = []
        while job := _next_job():
            name, arguments = job
            with as_role("worker"):
                done.append(str(_TASKS[name](**arguments)))
        return done

    return do


_TASKS = {"mail_link": mail.send_link, "mail_notice": mail.send_notice}


def _next_job():
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs"
            " WHERE queue_name = 'mail') RETURNING task_name, args"
        )
        found = cursor.fetchone()
    return (found[0], json.loads(found[1])) if found else None


def jobs() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def jobs_of_links() -> list:
    return [name for name, _ in jobs() if name == "mail_link"]


def enter(client, address: str = ADDRESS, **switches):
    wanted = {"answer": "on", "look": "on", **switches}
    return client.post("/notices/", {"address": address, **wanted}, follow=True)


def confirmed(account, **switches) -> MailAddress:
    mail.enter(account.pk, ADDRESS, mail.Switches(**switches), language="pl", by=OPERATOR)
    MailAddress.objects.update(confirmed_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return MailAddress.objects.get()


def test_without_a_mail_server_no_page_offers_any(at_portal, holder, settings) -> None:
    settings.EMAIL_HOST = ""
    client = at_portal(holder)
    assert "sends no e-mail" in client.get("/notices/").content.decode()
    client.post("/notices/", {"address": ADDRESS})
    assert not MailAddress.objects.exists()


def test_an_address_is_used_only_after_its_link_was_opened(
    at_portal, holder, account, box, work, as_role
) -> None:
    client = at_portal(holder)
    assert "We sent a link" in enter(client).content.decode()
    with as_role("owner"):
        kept = MailAddress.objects.get()
        assert ADDRESS not in kept.sealed
        assert not mail.wants(account.pk, "answer")
        assert ADDRESS not in repr(jobs())
        assert work() == ["sent"]
    message = box.received[0]
    assert message["To"] == ADDRESS
    assert message["Auto-Submitted"] == "auto-generated"
    link = re.search(r"https://konto\.example(/notices/confirm/[^/]+/)", box.text())[1]
    client = at_portal(holder)
    assert "Yes, this is my address" in client.get(link).content.decode()
    with as_role("owner"):
        assert MailAddress.objects.get().confirmed_at is None  # a scanner that opens it is nobody
    client = at_portal(holder)
    assert "Your address is confirmed" in client.post(link, follow=True).content.decode()
    assert "This link is over" in client.post(link, follow=True).content.decode()
    with as_role("owner"):
        assert mail.wants(account.pk, "answer")
        assert not mail.wants(account.pk, "entry")
        assert not mail.wants(account.pk, "confirmation")
        assert Event.objects.filter(what="mail.confirmed", account_id=account.pk).count() == 1


def test_the_link_is_for_its_own_account_only(at_portal, holder, box, work, as_role) -> None:
    enter(at_portal(holder))
    with as_role("owner"):
        work()
        other = people.holder("ewa")
    link = re.search(r"(/notices/confirm/[^/]+/)", box.text())[1]
    assert "This link is over" in at_portal(other).post(link, follow=True).content.decode()
    with as_role("owner"):
        assert MailAddress.objects.get().confirmed_at is None


def test_a_link_is_over_after_a_day_and_five_a_day_are_enough(
    at_portal, holder, box, work, as_role
) -> None:
    client = at_portal(holder)
    for _ in range(mail.LINKS_A_DAY):
        enter(client, "other@example.com")
    assert "enough links" in enter(client, "third@example.com").content.decode()
    with as_role("owner"):
        work()
        MailAddress.objects.update(link_expires_at=timezone.now())
    link = re.search(r"(/notices/confirm/[^/]+/)", box.text())[1]
    assert "This link is over" in at_portal(holder).post(link, follow=True).content.decode()


def test_forgetting_the_address_begins_no_new_count(at_portal, holder, box, as_role) -> None:
    client = at_portal(holder)
    for _ in range(mail.LINKS_A_DAY):
        enter(client, "other@example.com")
        client.post("/notices/off/")
    assert "enough links" in enter(client, "other@example.com").content.decode()
    with as_role("owner"):
        assert jobs_of_links() == ["mail_link"] * mail.LINKS_A_DAY


def test_two_clicks_at_once_ask_for_links_one_after_the_other(account, box, as_role) -> None:
    def click(_):
        return mail.enter(account.pk, ADDRESS, mail.Switches(), language="pl", by=HOLDER)

    with as_role("portal"):
        done = at_once(8, click)
    assert done.count(True) == mail.LINKS_A_DAY
    assert all(isinstance(one, TooMany) for one in done if one is not True)
    assert MailAddress.objects.count() == 1


def test_a_pesel_in_an_address_is_refused(at_portal, holder, box) -> None:
    html = enter(at_portal(holder), "44051401458@example.com").content.decode()
    assert "There is a PESEL in this address" in html
    assert not MailAddress.objects.exists()


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
@pytest.mark.parametrize("kind", ["answer", "look", "access", "entry", "receipt"])
def test_a_notice_says_nothing_but_that_there_is_news(account, box, work, language, kind) -> None:
    confirmed(account, entry=True, look=True)
    MailAddress.objects.update(language=language)
    telling.tell(account.pk, telling.Kind(kind))
    assert jobs()[0][0] == "tell_holder"
    assert mail.wants(account.pk, kind)
    assert mail.send_notice(account.pk, kind) == "sent"
    message = box.received[0]
    text = box.text() + message["Subject"]
    number = str(account.identifiers.current().get().number)
    for secret in ("Anna", "Nowak", number, number[:3], str(account.pk) + " ", MATTER, "K-417"):
        assert secret not in text
    assert "https://konto.example" in text
    assert "http" not in text.replace("https://konto.example", "", 1)


def test_switched_off_or_removed_nothing_is_sent(at_portal, holder, account, box, as_role) -> None:
    confirmed(account, answer=False)
    assert not mail.wants(account.pk, "answer")
    assert mail.send_notice(account.pk, "answer") == "gone"
    client = at_portal(holder)
    assert "We forgot your address" in client.post("/notices/off/", follow=True).content.decode()
    with as_role("owner"):
        assert not MailAddress.objects.exists()
    assert box.received == []


def test_a_server_that_has_no_such_address_is_not_asked_again(account, box, at_portal, holder,
                                                             as_role) -> None:  # fmt: skip
    confirmed(account)
    box.answer = "550 no such user"
    assert mail.send_notice(account.pk, "answer") == "refused"
    assert not mail.wants(account.pk, "answer")
    html = at_portal(holder).get("/notices/").content.decode()
    assert "does not exist" in html


@pytest.mark.parametrize("trouble", ["451 later", "away"])
def test_a_server_in_trouble_is_tried_again(account, box, settings, trouble) -> None:
    confirmed(account)
    box.answer = trouble
    if trouble == "away":
        settings.EMAIL_PORT = 1
    with pytest.raises(mail.TryAgain):
        mail.send_notice(account.pk, "answer")
    assert mail.wants(account.pk, "answer")
    assert schedule._MAIL_AGAIN.retry_exceptions == {mail.TryAgain}


def test_looks_are_told_once_and_only_those_of_others(account, box) -> None:
    confirmed(account, look=True)
    assert about_looks.tell_about_looks() == 0
    record("vault.matched", by=mail_machine(), account=account.pk, outcome="found")
    assert about_looks.tell_about_looks() == 0
    looked(account)
    assert about_looks.tell_about_looks() == 1
    assert about_looks.tell_about_looks() == 0
    assert [(name, args["kind"]) for name, args in jobs()] == [("tell_holder", "look")]


def mail_machine():
    from zamiast.audit.services import machine

    return machine("import")


def test_the_worker_does_all_of_it_under_its_own_role(account, box, as_role) -> None:
    confirmed(account, look=True)
    looked(account)
    with as_role("worker"):
        assert about_looks.tell_about_looks() == 1
        assert mail.wants(account.pk, "look")
        assert mail.send_notice(account.pk, "look") == "sent"
