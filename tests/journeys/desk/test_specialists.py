"""Cases with documents: two specialists for each change, a freeze and its review."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.journeys.conftest import DESKTOP
from zamiast.audit.services import OPERATOR
from zamiast.guardianship.models import Insurance, Notice, Representation
from zamiast.guardianship.selectors import decide
from zamiast.helpline.models import Case, CaseAccount
from zamiast.pure.access import Want
from zamiast.registry import selectors, services

LONG_AGO = datetime.date(2020, 1, 2)
RULING = {"name": "odpis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%odpis"}


@dataclass
class Specialist:
    """A specialist at a page of the desk."""

    page: Page
    user: Any
    desk: str
    check: Any

    def open(self, case: Case, tail: str = "") -> None:
        self.page.goto(f"{self.desk}/specialist/{case.pk}/{tail}")
        self.check(self.page)

    def seen(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)
        self.check(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()


@pytest.fixture
def specialist(page_for, log_in, check_accessible, desk):
    def enter() -> Specialist:
        page = page_for(DESKTOP, "en")
        page.context.add_cookies([{"name": "language", "value": "en", "url": desk}])
        user = people.colleague("specialist")
        log_in(page, user)
        return Specialist(page, user, desk, check_accessible)

    return enter


def test_the_guardian_of_an_adult_gets_access_by_two(specialist):
    guardian, ward = used(people.account(given_names="Halina")), people.account(
        given_names="Tomasz", birth_date=datetime.date(1998, 7, 7)
    )  # fmt: skip
    case = a_case("ward_account", guardian)
    first, second = specialist(), specialist()
    when_the_file_has_a_document_and_the_account(first, case, ward)
    first.seen("Two documents are needed")
    when_proposed(first, case, "record_incapacitation", account=ward, degree="full")
    when_decided(second, case, "Make the change")
    when_proposed(first, case, "record_representation", account=ward, person=guardian,
                  role="guardian", authority="full")  # fmt: skip
    when_decided(second, case, "Make the change")
    assert not sees(guardian, ward)
    when_proposed(first, case, "open_access", account=ward, person=guardian)
    first.seen("You proposed it. Another specialist decides.")
    when_decided(second, case, "Make the change")
    assert sees(guardian, ward)
    assert Notice.objects.filter(account_id=guardian.pk, what="gained").exists()


def test_a_former_spouse_with_full_authority_keeps_access(specialist):
    mother, father, child = a_family()
    case = a_case("after_divorce", mother)
    first, second = specialist(), specialist()
    when_the_file_has_a_document_and_the_account(first, case, child)
    first.seen("Divorce alone takes nobody's access away.")
    when_proposed(first, case, "correct_link", account=child, person=father)
    when_decided(second, case, "Refuse the change", "The ruling leaves full authority to both.")
    second.seen("The ruling leaves full authority to both.")
    second.seen("sees this account")
    assert sees(father, child)


def test_a_former_spouse_deprived_of_authority_loses_access_by_two(specialist):
    mother, father, child = a_family()
    case = a_case("after_divorce", mother)
    first, second = specialist(), specialist()
    when_the_file_has_a_document_and_the_account(first, case, child)
    first.press("Show the names to compare")
    first.seen("Zofia")
    when_proposed(first, case, "record_representation", account=child, person=father,
                  role="parent", authority="taken_away")  # fmt: skip
    assert sees(father, child)
    when_decided(second, case, "Make the change")
    assert not sees(father, child)
    assert sees(mother, child)
    assert Notice.objects.filter(account_id=father.pk, what="lost").exists()
    second.page.get_by_text("Reverse", exact=True).click()
    second.page.locator("[id^=reverse-]").fill("The ruling was set aside.")
    second.press("Propose to reverse it")
    when_decided(first, case, "Make the change")
    assert sees(father, child)


def test_a_freeze_at_once_and_its_review_by_another(specialist):
    mother, father, child = a_family()
    case = a_case("after_divorce", mother)
    first, second = specialist(), specialist()
    when_the_file_has_a_document_and_the_account(first, case, child)
    first.open(case, "freeze/")
    first.page.locator("#id_account").select_option(letter(case, child))
    first.page.locator("#id_person").select_option(letter(case, father))
    first.page.locator("#id_reason").fill("Threats, see the note.")
    first.press("Stop access at once")
    first.seen("You placed the freeze. Another specialist reviews it.")
    assert not sees(father, child)
    second.page.goto(f"{second.desk}/specialist/")
    second.seen("review by")
    second.open(case)
    second.page.locator("[id^=review-]").fill("No ground found.")
    second.press("Lift the freeze")
    expect(second.page.locator(".frozen")).to_have_count(0)
    assert sees(father, child)


def used(account):
    services.mark_used(account.pk, by=OPERATOR)
    return account


def a_family():
    """Both parents represent and insure the child, so both see it."""
    mother, father = used(people.account()), used(people.account(given_names="Piotr"))
    child = people.account(given_names="Zofia", birth_date=datetime.date(2017, 6, 1))
    row = {"account_id": child.pk, "since": LONG_AGO, "source": "import", "entered_by": "test"}
    for one in (mother, father):
        Representation.objects.create(**row, person_id=one.pk, role="parent", authority="full")
        Insurance.objects.create(
            **row, insurer_id=one.pk, published_on=LONG_AGO, payer="employer"
        )  # fmt: skip
    return mother, father, child


def a_case(matter, account):
    taken_by = people.colleague()
    return Case.objects.create(
        matter=matter, account_id=account.pk, level=1, opened_by=taken_by,
        opened_by_name=taken_by.k_number,
    )  # fmt: skip


def when_the_file_has_a_document_and_the_account(who, case, account):
    who.open(case)
    who.page.locator("#document").set_input_files(RULING)
    who.press("Add the document")
    who.seen("odpis.pdf")
    who.page.locator("#number").fill(str(selectors.current_identifier(account.pk).number))
    who.press("Add the account")
    who.seen("identifier from the case")
    who.press(f"Add who is tied to {letter(case, account)}")
    who.check(who.page)


def when_proposed(who, case, kind, *, account, person=None, **values):
    who.open(case, f"change/{kind}/")
    who.page.locator("#id_account").select_option(letter(case, account))
    if person:
        who.page.locator("#id_person").select_option(letter(case, person))
    for name, value in values.items():
        who.page.locator(f"#id_{name}").select_option(value)
    who.page.locator("#id_reason").fill("The ruling in the case.")
    who.press("Propose")
    who.seen("waits for a second specialist")


def when_decided(who, case, button, reason="The copy is final, names compared."):
    who.open(case)
    who.page.locator("[id^=decision-]").fill(reason)
    who.press(button)
    expect(who.page.locator("[id^=decision-]")).to_have_count(0)
    who.check(who.page)


def letter(case, account):
    return CaseAccount.objects.get(case=case, account_id=account.pk).letter


def sees(person, account):
    return decide(person.pk, Want.SEE_ACCOUNT, account.pk).allowed
