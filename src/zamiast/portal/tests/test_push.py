"""Waking phones: encrypted for the browser, signed by us, without content."""

import json

import msgspec
import pytest
from tests import people

from zamiast.audit.models import Look
from zamiast.audit.services import Actor
from zamiast.audit.telling import Kind
from zamiast.config import schedule
from zamiast.errors import BadInput
from zamiast.portal import push
from zamiast.portal.models import PushSubscription
from zamiast.portal.push import Endpoint, Switches
from zamiast.portal.tests.push_service import Browser

HOLDER = Actor("holder", "login-1")
ALL = Switches()


@pytest.fixture
def browser(service):
    return Browser(f"{service.address}/to/this-browser")


@pytest.fixture
def account(db):
    return people.account()


def subscribed(account, browser, wanted=ALL, language="pl"):
    given = msgspec.convert(browser.given, Endpoint)
    return push.subscribe(account.pk, given, wanted, language=language, by=HOLDER)


def test_a_message_is_signed_and_opens_only_in_the_browser(account, browser, service):
    one = subscribed(account, browser, language="uk")
    assert push.wake(one.pk, "confirmation") == "sent"
    [message] = service.messages
    assert message.path == "/to/this-browser"
    assert message.headers["ttl"] == "300"
    assert message.headers["urgency"] == "high"
    assert service.key == push.public_key()
    assert json.loads(browser.decrypt(message.body)) == {"kind": "confirmation", "language": "uk"}
    assert b"confirmation" not in message.body


def test_each_kind_of_news_has_its_switch(account, browser):
    subscribed(account, browser, Switches(confirmation=True, answer=False, entry=False, look=False))
    assert [kind for kind in Kind if push.wanting(account.pk, kind)] == [Kind.CONFIRMATION]
    subscribed(account, browser, Switches(confirmation=False, answer=True, entry=True, look=True))
    assert [kind for kind in Kind if not push.wanting(account.pk, kind)] == [Kind.CONFIRMATION]
    assert PushSubscription.objects.count() == 1


def test_the_address_is_not_readable_at_rest(account, browser):
    one = subscribed(account, browser)
    assert "this-browser" not in one.sealed
    assert browser.given["auth"] not in one.sealed


def test_a_browser_that_is_gone_is_forgotten(account, browser, service):
    one = subscribed(account, browser)
    service.status = 410
    assert push.wake(one.pk, "answer") == "gone"
    assert not PushSubscription.objects.exists()
    assert push.wake(one.pk, "answer") == "gone"


@pytest.mark.parametrize("status", [301, 307, 429, 500])
def test_a_service_that_does_not_take_it_is_asked_again_and_never_followed(
    account, browser, service, status
):
    one = subscribed(account, browser)
    service.status = status
    with pytest.raises(push.TryAgain):
        push.wake(one.pk, "answer")
    assert [message.path for message in service.messages] == ["/to/this-browser"]


def test_a_service_that_is_away_is_asked_again(account, browser, service):
    one = subscribed(account, browser)
    service.close()
    with pytest.raises(push.TryAgain):
        push.wake(one.pk, "answer")


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "https://127.0.0.1/x",
        "http://127.0.0.1@elsewhere.example/x",
        "https://fcm.googleapis.com.elsewhere.example/x",
        "https://fcm.googleapis.com:8080/x",
        "https://evil-push.apple.com.example/x",
        "file:///etc/passwd",
        "https://[::1",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_we_send_nowhere_but_to_push_services(account, settings, address):
    settings.PUSH_HOSTS = ["fcm.googleapis.com", ".push.apple.com"]
    with pytest.raises(BadInput):
        subscribed(account, Browser(address))
    assert not PushSubscription.objects.exists()


def test_the_large_services_are_known(account):
    for address in (
        "https://fcm.googleapis.com/fcm/send/x",
        "https://web.push.apple.com/x",
        "https://wns2-bl2p.notify.windows.com/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
    ):
        subscribed(account, Browser(address))
    assert PushSubscription.objects.count() == 4


@pytest.mark.parametrize("name", ["p256dh", "auth"])
@pytest.mark.parametrize("value", ["", "AAAA", "ż", "!" * 20])
def test_keys_that_are_none_are_refused(account, browser, name, value):
    given = msgspec.convert({**browser.given, name: value}, Endpoint)
    with pytest.raises(BadInput):
        push.subscribe(account.pk, given, Switches(), language="pl", by=HOLDER)


def test_an_account_wakes_ten_phones_at_most(account, service):
    for number in range(12):
        subscribed(account, Browser(f"{service.address}/{number}"))
    assert PushSubscription.objects.count() == push.PHONES


def test_only_the_own_phone_is_switched_off_and_the_holder_sees_it(account, browser):
    subscribed(account, browser)
    other = people.account(family_name="Kowal")
    assert not push.unsubscribe(other.pk, browser.address, by=HOLDER)
    assert push.switches(other.pk, browser.address) is None
    assert push.unsubscribe(account.pk, browser.address, by=HOLDER)
    seen = Look.objects.filter(account_id=account.pk, what__startswith="push.")
    assert list(seen.order_by("event_id").values_list("what", flat=True)) == ["push.on", "push.off"]


def test_the_worker_does_its_part_and_reads_no_more(database, as_role, service):
    account = people.account()
    browser = Browser(f"{service.address}/x")
    subscribed(account, browser)
    with as_role("worker"):
        [one] = push.wanting(account.pk, "entry")
        assert schedule._wake_phone(one, "entry") == "sent"
    with as_role("desk"), pytest.raises(Exception, match="permission denied"):
        push.wanting(account.pk, "entry")
