"""A rare act asks once more who it is, with a passkey, and what was typed is not lost."""

from __future__ import annotations

import datetime

from playwright.sync_api import expect
from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.desk.test_specialists import (
    Specialist,
    a_case,
    a_family,
    letter,
    sees,
    when_the_file_has_a_document_and_the_account,
)
from tests.journeys.login.test_way_in import with_passkeys

from zamiast.audit.models import Event
from zamiast.guardianship.models import Change, Freeze
from zamiast.helpline.models import Case, CaseAccount
from zamiast.login.models import StaffSession
from zamiast.login.sessions import SessionStore

RECORDS = "account_authentication_methods"
REASON = "Groźby wobec dziecka, notatka z 14 maja."


def test_a_freeze_after_a_long_shift_needs_the_passkey_and_keeps_the_reason(
    desk, page_for, log_in, check_accessible
):
    child = people.account(given_names="Kuba", birth_date=datetime.date(2019, 5, 5))
    case = given_a_case(child)
    page = page_for(PHONE, "pl")
    user = people.consultant("K-3901", "specialist")
    log_in(page, user)
    device, authenticator = given_a_passkey(page, desk)

    page.goto(f"{desk}/specialist/{case.pk}/freeze/")
    page.locator("#id_account").select_option(index=1)
    page.locator("#id_reason").fill(REASON)
    when_time_passes(user)
    page.locator("main form button.primary, main form button").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Czy to Ty?")
    check_accessible(page)
    page.set_viewport_size(DESKTOP)
    check_accessible(page)
    assert not Freeze.objects.filter(account_id=child.pk).exists()

    # A found device opens nothing without finger, face or PIN.
    verified = {"authenticatorId": authenticator, "isUserVerified": False}
    device.send("WebAuthn.setUserVerified", verified)
    page.locator("[data-passkey-start]").click()
    page.locator("[data-passkey-problem]").wait_for(state="visible")
    assert not Freeze.objects.filter(account_id=child.pk).exists()

    device.send("WebAuthn.setUserVerified", {**verified, "isUserVerified": True})
    page.locator("[data-passkey-start]").click()
    page.wait_for_url(f"{desk}/specialist/{case.pk}/")
    assert Freeze.objects.get(account_id=child.pk).reason == REASON


def given_a_case(account) -> Case:
    taken_by = people.consultant("K-3902")
    case = Case.objects.create(matter="after_divorce", account_id=account.pk, level=1,
                               opened_by=taken_by, opened_by_name=taken_by.k_number)  # fmt: skip
    CaseAccount.objects.create(case=case, account_id=account.pk, letter="A", how="caller",
                               named_by_name=taken_by.k_number)  # fmt: skip
    return case


def given_a_passkey(page, site):
    device, authenticator = with_passkeys(page)
    page.goto(f"{site}/second-factor/passkey/")
    page.locator("[data-passkey-start]").click()
    page.wait_for_url("**/second-factor/codes/")
    return device, authenticator


def when_time_passes(user, seconds: int = 301) -> None:
    """The second factor was shown longer ago than a rare act allows."""
    row = StaffSession.objects.get(user=user)
    data = SessionStore().decode(row.session_data)
    data[RECORDS] = [{**one, "at": one["at"] - seconds} for one in data[RECORDS]]
    StaffSession.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(data))


def test_two_specialists_each_show_a_factor_for_one_change(
    desk, page_for, log_in, check_accessible
):
    """The first a code, the second a passkey; a login of this morning is enough for neither."""
    mother, father, child = a_family()
    case = a_case("after_divorce", mother)
    first = Specialist(page_for(DESKTOP, "en"), people.colleague("specialist"), desk,
                       check_accessible)  # fmt: skip
    second = Specialist(page_for(PHONE, "en"), people.colleague("specialist"), desk,
                        check_accessible)  # fmt: skip
    for one in (first, second):
        one.page.context.add_cookies([{"name": "language", "value": "en", "url": desk}])
        log_in(one.page, one.user)
    given_a_passkey(second.page, desk)
    when_the_file_has_a_document_and_the_account(first, case, child)

    first.open(case, "change/correct_link/")
    first.page.locator("#id_account").select_option(letter(case, child))
    first.page.locator("#id_person").select_option(letter(case, father))
    first.page.locator("#id_reason").fill("Linked by mistake, see the copy.")
    when_time_passes(first.user)
    first.press("Propose")
    then_it_asks_who_it_is(first)
    assert not Change.objects.filter(case_number=case.pk).exists()
    first.page.locator("input[name=step-code]").fill(people.code(first.user))
    first.page.locator("input[name=step-code]").press("Enter")
    first.seen("waits for a second specialist")

    second.open(case)
    second.page.locator("[id^=decision-]").fill("The copy is final, names compared.")
    when_time_passes(second.user)
    second.press("Make the change")
    then_it_asks_who_it_is(second)
    assert sees(father, child)
    second.page.locator("[data-passkey-start]").click()
    second.page.wait_for_url(f"{desk}/specialist/{case.pk}/")
    assert not sees(father, child)

    change = Change.objects.get(case_number=case.pk)
    assert (change.proposed_by, change.decided_by) == (first.user, second.user)
    shown = Event.objects.filter(what="login.step_up", actor__in=(
        first.user.k_number, second.user.k_number
    ))  # fmt: skip
    assert sorted(shown.values_list("actor", "outcome")) == sorted(
        [(first.user.k_number, "code"), (second.user.k_number, "passkey")]
    )


def then_it_asks_who_it_is(who):
    expect(who.page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    who.check(who.page)
