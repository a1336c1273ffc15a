"""Accounts that are open to somebody: acting for a child, adding the second parent, ending it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.family import child, named, someone, turn_18_today
from zamiast.audit.models import Event
from zamiast.guardianship import models
from zamiast.guardianship.selectors import decide
from zamiast.guardianship.tests import family as made
from zamiast.portal.tests.test_health import bring
from zamiast.pure.access import Want
from zamiast.registry.models import Account


@pytest.fixture
def logged_in(page_for, log_in, portal):
    """``logged_in(user, PHONE)``: at “Access”."""

    def go(user, viewport=PHONE) -> Page:
        page = page_for(viewport)
        log_in(page, user)
        page.goto(f"{portal}/access/")
        return page

    return go


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_parent_acts_for_a_child(logged_in, portal, check_accessible, viewport) -> None:
    mother = someone(f"dziala-{viewport['width']}", "Maria")
    zofia = child("Zofia", mother)
    made.insured(zofia, mother.account)
    page = logged_in(mother.user, viewport)
    check_accessible(page)
    page.get_by_role("button", name=named("Otwórz to konto", "Zofia Zawadzki")).click()
    for address in ("/identifier/", "/who-looked/", "/cases/", "/help/", "/second-factor/"):
        page.goto(portal + address)
        expect(page.locator(".acting")).to_contain_text("Zofia Zawadzki")
        check_accessible(page)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{portal}/identifier/")
    check_accessible(page)
    shown = re.sub(r"\s", "", page.locator(".plate .identifier").inner_text())
    assert shown == made.number(zofia)
    event = Event.objects.filter(account_id=zofia, what="access.opened").latest("id")
    assert (event.actor, event.on_behalf_of) == (f"other-{mother.account}", f"account {zofia}")
    page.get_by_role("button", name="Wróć na swoje konto").click()
    expect(page.locator(".acting")).to_have_count(0)


def test_the_18th_birthday_ends_it_at_midnight(logged_in, portal, check_accessible) -> None:
    mother = someone("polnoc", "Maria")
    nearly = child("Franek", mother, born=made.years_ago(17, -300))
    made.insured(nearly, mother.account)
    page = logged_in(mother.user)
    page.get_by_role("button", name=named("Otwórz to konto", "Franek Zawadzki")).click()
    expect(page.locator(".acting")).to_be_visible()
    turn_18_today(nearly)
    page.goto(f"{portal}/who-looked/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "To konto nie jest już dla Ciebie otwarte"
    )
    expect(page.locator("main")).to_contain_text("W dniu 18. urodzin")
    expect(page.locator(".acting")).to_have_count(0)
    check_accessible(page)


def test_the_second_parent_added_accepted_withdrawn(logged_in, check_accessible) -> None:
    mother, father = someone("dodaje", "Maria"), someone("dodany", "Piotr", "Zawadzki")
    zofia = child("Zofia", mother, father)
    made.insured(zofia, mother.account)
    hers = logged_in(mother.user)
    code = when_the_mother_invites(hers, made.number(father.account), check_accessible)
    his = logged_in(father.user)
    when_the_father_types_the_code(his, code, check_accessible)
    when_the_mother_takes_it_back(hers, check_accessible)
    his.get_by_role("link", name="Dostęp", exact=True).click()
    expect(his.locator("main")).to_contain_text("odebrała go")
    expect(his.get_by_role("button", name="Otwórz to konto")).to_have_count(0)
    check_accessible(his)


def when_the_mother_invites(page: Page, number: str, check_accessible) -> str:
    page.get_by_role("link", name="Dodaj drugiego opiekuna").click()
    check_accessible(page)
    field = page.get_by_label("Identyfikator konta tej osoby")
    field.fill("44051401458")
    page.get_by_role("button", name="Pokaż kod parowania").click()
    expect(page.locator("main")).to_contain_text("To wygląda na PESEL")
    assert "44051401458" not in page.content()
    check_accessible(page)
    field.fill(number)
    page.get_by_role("button", name="Pokaż kod parowania").click()
    check_accessible(page)
    code = re.sub(r"\s", "", page.locator(".plate .identifier").inner_text())
    assert len(code) == 8
    page.get_by_role("link", name="Mam zapisany kod").click()
    expect(page.locator("main")).to_contain_text("czeka na kod")
    check_accessible(page)
    return code


def when_the_father_types_the_code(page: Page, code: str, check_accessible) -> None:
    expect(page.get_by_role("button", name="Otwórz to konto")).to_have_count(0)
    page.get_by_role("link", name="Mam kod parowania").click()
    page.get_by_label("Kod parowania").fill(code)
    check_accessible(page)
    page.get_by_role("button", name="Przyjmij").click()
    expect(page.locator("main")).to_contain_text("Drugi opiekun dodał Cię do tego konta")
    expect(page.locator("main")).to_contain_text("Zmienił się dostęp")
    check_accessible(page)
    page.get_by_role("button", name="Wiem o tym").click()
    expect(page.locator("main")).not_to_contain_text("Zmienił się dostęp")
    page.get_by_role("button", name="Otwórz to konto").click()
    expect(page.locator(".acting")).to_contain_text("Zofia")
    page.get_by_role("button", name="Wróć na swoje konto").click()


def when_the_mother_takes_it_back(page: Page, check_accessible) -> None:
    page.reload()
    check_accessible(page)
    page.get_by_role("button", name=named("Odbierz dostęp", "Piotr Zawadzki")).click()
    expect(page.get_by_role("status")).to_contain_text("Zakończone")
    expect(page.locator("main")).to_contain_text("Nikt nie ma dostępu od Ciebie.")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_parent_with_a_protected_address_neither_sees_nor_is_seen(
    logged_in, portal, check_accessible, viewport
) -> None:
    mother = someone(f"chroniona-{viewport['width']}", "Natalia")
    father = someone(f"niewie-{viewport['width']}", "Patryk", "Zawadzki")
    hania = child("Hania", mother, father)
    for one in (mother, father):
        made.insured(hania, one.account)
    hers, his = logged_in(mother.user, viewport), logged_in(father.user, viewport)
    expect(hers.locator("main")).to_contain_text("Hania Zawadzki")
    given_a_protected_address(mother.account)
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Nie widzisz żadnego innego konta.")
    expect(hers.locator("main")).not_to_contain_text("Hania")
    check_accessible(hers)
    hers.goto(f"{portal}/access/missing/")
    expect(hers.locator("main")).to_contain_text("Twój adres jest chroniony.")
    expect(hers.locator("main")).not_to_contain_text("Patryk")
    check_accessible(hers)
    his.get_by_role("button", name=named("Otwórz to konto", "Hania Zawadzki")).click()
    for address in ("/access/", "/access/granted/"):
        his.goto(portal + address)
        expect(his.locator("main")).not_to_contain_text("Natalia")
        check_accessible(his)
    assert not decide(father.account, Want.SEE_ACCOUNT, mother.account).allowed
    assert decide(father.account, Want.SEE_ACCOUNT, hania).allowed


def given_a_protected_address(account: int) -> None:
    made.row(models.ProtectedAddress, account)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_at_17_somebody_sees_the_own_account_with_fewer_functions(
    logged_in, portal, check_accessible, viewport
) -> None:
    width = viewport["width"]
    mother = someone(f"mama17-{width}", "Maria")
    teen = someone(f"kacper17-{width}", "Kacper", birth_date=made.years_ago(17, -30))
    made.parent(mother.account, teen.account)
    made.insured(teen.account, mother.account)
    bring(Account.objects.get(pk=teen.account), "MedicationRequest", source=f"teen{width}")
    hers = logged_in(mother.user, viewport)
    hers.get_by_role("button", name="Otwórz to konto").click()
    expect(hers.get_by_text("Działasz w imieniu")).to_be_visible()
    hers.goto(f"{portal}/health/")
    expect(hers.get_by_role("link", name="Ramipryl")).to_be_visible()
    page = logged_in(teen.user, viewport)
    page.goto(f"{portal}/health/")
    page.get_by_role("link", name="Ramipryl").click()
    expect(page.get_by_role("heading", name="Pokaż to w aptece")).to_be_visible()
    expect(page.get_by_role("link", name="Zgłoś ten wpis")).to_be_visible()
    check_accessible(page)
    page.goto(f"{portal}/identifier/")
    expect(page.locator("main")).to_contain_text("Do 18. urodzin ma mniej funkcji")
    expect(page.locator("main")).to_contain_text("wpisz własny telefon i e-mail")
    check_accessible(page)
    page.goto(f"{portal}/access/authorise/")
    expect(page.locator("main")).to_contain_text("nie możesz upoważniać innych osób")
    check_accessible(page)
    page.goto(f"{portal}/who-looked/")
    expect(page.locator("main")).to_contain_text("Maria Zawadzka")
    check_accessible(page)


def test_an_adult_is_authorised_for_one_thing_and_it_is_revoked(
    logged_in, portal, check_accessible
) -> None:
    anna, ewa = someone("upowaznia", "Anna"), someone("upowazniona", "Ewa")
    page = logged_in(anna.user)
    page.get_by_role("link", name="Upoważnij kogoś").click()
    check_accessible(page)
    page.get_by_label("Identyfikator konta tej osoby").fill(made.number(ewa.account))
    page.get_by_label("Dokumentacja medyczna").check()
    page.get_by_label("Ostatni dzień").fill(made.days(30).isoformat())
    page.get_by_role("button", name="Pokaż kod parowania").click()
    code = re.sub(r"\s", "", page.locator(".plate .identifier").inner_text())
    hers = logged_in(ewa.user)
    hers.get_by_role("link", name="Mam kod parowania").click()
    hers.get_by_label("Kod parowania").fill(code)
    hers.get_by_role("button", name="Przyjmij").click()
    expect(hers.locator("main")).to_contain_text("dokumentację medyczną")
    page.goto(f"{portal}/access/granted/")
    check_accessible(page)
    page.get_by_role("button", name=named("Odwołaj", "Ewa Zawadzka")).click()
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Nie widzisz żadnego innego konta.")
    check_accessible(hers)


def test_a_divorce_alone_takes_nothing_away(logged_in, check_accessible) -> None:
    page = logged_in(someone("rozwod", "Maria").user)
    page.get_by_role("link", name="Po rozwodzie").click()
    expect(page.locator("main")).to_contain_text("Sam rozwód nikomu nie odbiera dostępu.")
    check_accessible(page)
    page.get_by_role("button", name=named("Załóż sprawę", "mam orzeczenie")).click()
    expect(page.get_by_role("status")).to_contain_text("Sprawa jest założona")
