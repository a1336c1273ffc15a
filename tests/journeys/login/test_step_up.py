"""A rare act asks once more who it is, with a passkey, and what was typed is not lost."""

from __future__ import annotations

import datetime

from playwright.sync_api import expect
from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.login.test_way_in import with_passkeys

from zamiast.guardianship.models import Freeze
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
