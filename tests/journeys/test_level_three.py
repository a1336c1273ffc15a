"""Level 3: in a confirmed call the holder does a rare act, with a passkey on their device."""

import datetime

from tests import people
from tests.journeys.login.test_way_in import with_passkeys
from tests.journeys.test_confirm_a_call import ends, shot  # noqa: F401
from zamiast.audit.models import Event
from zamiast.guardianship.models import Authorisation, Source
from zamiast.pure.access.facts import Scope

ACT = "zakończ każdy dostęp dany innym osobom"


def given_an_authorised_person(account):
    day = datetime.date(2026, 1, 1)
    other = people.account(family_name="Nowak").pk
    return Authorisation.objects.create(
        account_id=account, by_id=account, to_id=other, scope=next(iter(Scope)),
        given_on=day, since=day, source=Source.HOLDER, entered_by="test",
    )  # fmt: skip


def given_a_passkey(phone, portal):
    with_passkeys(phone)
    phone.goto(f"{portal}/second-factor/passkey/")
    if phone.locator("input[name=step-code]").count():
        raise AssertionError("a fresh login needs no second code")
    phone.locator("[data-passkey-start]").click()
    phone.wait_for_url("**/second-factor/**")


def when_the_call_is_confirmed(desk, phone, portal):
    desk.take_call()
    digits = desk.ask("lost_identifier")
    phone.goto(f"{portal}/calls/question/")
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    desk.state("confirmed")


def test_all_access_is_ended_with_a_passkey(ends, check_accessible):  # noqa: F811
    desk, phone, portal, account = ends
    given = given_an_authorised_person(account)
    given_a_passkey(phone, portal)
    when_the_call_is_confirmed(desk, phone, portal)
    desk.page.get_by_role("button", name=ACT).click()
    desk.page.locator("#confirm-act[data-act=waiting]").wait_for()
    shot(desk.page, "desk-act")
    check_accessible(desk.page)
    phone.goto(f"{portal}/calls/")
    phone.get_by_text("o coś prosi").wait_for()
    phone.locator("#call-state a.button").click()
    phone.get_by_text(ACT).wait_for()
    shot(phone, "portal-act")
    check_accessible(phone)
    phone.get_by_role("button", name="Zrób to moim kluczem dostępu").click()
    phone.get_by_text("Do tego potrzebny jest Twój klucz").wait_for()
    given.refresh_from_db()
    assert given.ended_at is None, "the passkey from before the question does not count"
    check_accessible(phone)
    phone.locator("[data-passkey-start]").click()
    phone.get_by_text("Gotowe. Działa od tej chwili").wait_for()
    desk.page.locator("#confirm-act[data-act=done]").wait_for()
    shot(desk.page, "desk-act-done")
    given.refresh_from_db()
    assert given.ended_at is not None
    done = Event.objects.get(what="call.act_answered", account_id=account)
    assert (done.outcome, done.level, done.actor_kind) == ("done", 3, "holder")
    desk.hang_up()


def test_the_holder_does_not_want_it_and_the_desk_just_waits(ends):  # noqa: F811
    desk, phone, portal, account = ends
    given = given_an_authorised_person(account)
    when_the_call_is_confirmed(desk, phone, portal)
    desk.page.get_by_role("button", name=ACT).click()
    desk.page.locator("#confirm-act[data-act=waiting]").wait_for()
    phone.goto(f"{portal}/calls/act/")
    phone.get_by_role("button", name="Nie chcę tego").click()
    phone.get_by_text("Nic się nie zmieniło").wait_for()
    desk.page.wait_for_event("response", lambda answer: "confirm/state" in answer.url)
    desk.page.locator("#confirm-act[data-act=waiting]").wait_for()
    phone.goto(f"{portal}/calls/act/")
    phone.wait_for_url("**/calls/")
    given.refresh_from_db()
    assert given.ended_at is None
    desk.hang_up()


def test_hanging_up_ends_the_question(ends):  # noqa: F811
    desk, phone, portal, account = ends
    given = given_an_authorised_person(account)
    when_the_call_is_confirmed(desk, phone, portal)
    desk.page.get_by_role("button", name=ACT).click()
    desk.page.locator("#confirm-act[data-act=waiting]").wait_for()
    phone.goto(f"{portal}/calls/act/")
    desk.hang_up()
    phone.get_by_role("button", name="Zrób to moim kluczem dostępu").click()
    phone.get_by_text("To pytanie już nie jest aktualne").wait_for()
    given.refresh_from_db()
    assert given.ended_at is None
