"""A worried parent does not see a child, and learns why, what to do and from which day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.family import child, named, someone, turn_18_today
from zamiast.guardianship import models
from zamiast.guardianship.tests import family as made
from zamiast.helpline.models import Case, Note


@pytest.fixture
def at_missing(portal, page_for, log_in, check_accessible):
    """Log in and open “Why can't I see a child or a ward?” the way a person gets there."""

    def go(user, viewport=PHONE) -> Page:
        page = page_for(viewport)
        log_in(page, user)
        page.get_by_role("link", name="Dostęp", exact=True).click()
        page.get_by_role("link", name="Dlaczego nie widzę dziecka lub podopiecznego?").click()
        check_accessible(page)
        return page

    return go


def card(page: Page, name: str):
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=name))


def test_every_reason_of_one_parent(at_missing) -> None:
    mother, father = someone("matka", "Maria"), someone("tata", "Piotr")
    given_children_for_every_reason(mother, father)
    page = at_missing(mother.user)
    then_each_child_has_its_reason_and_its_remedy(page)
    then_a_case_about_one_of_them_is_filled_in(page, mother)


def given_children_for_every_reason(mother, father) -> None:
    yesterday = child("Adam", mother, father)
    made.insured(yesterday, mother.account, since=made.days(-1), published_on=None)
    others = child("Basia", mother, father)
    made.insured(others, father.account)
    job = child("Celina", mother)
    row = made.insured(job, mother.account)
    models.Insurance.objects.filter(pk=row.pk).end(by="test", because="job_change")
    own = child("Darek", mother, born=made.years_ago(17, -30))
    made.insured(own, mother.account)
    made.row(models.OwnTitle, own, since=made.days(-30), title="seasonal_job")
    grown = child("Edyta", mother)
    made.insured(grown, mother.account)
    turn_18_today(grown)


def then_each_child_has_its_reason_and_its_remedy(page: Page) -> None:
    for name, reason, remedy in (
        ("Adam Zawadzki", "Na koncie pojawi się najpóźniej", "Poczekaj do dnia"),
        ("Basia Zawadzki", "nie dodała Cię jako drugiego opiekuna", "Poproś drugiego rodzica"),
        ("Celina Zawadzki", "Nowy pracodawca musi zgłosić", "ZUS ZCNA"),
        ("Darek Zawadzki", "własne ubezpieczenie", "ikp-pomoc@cez.gov.pl"),
        ("Edyta Zawadzki", "W dniu 18. urodzin dostęp rodziców kończy się sam", "upoważni"),
    ):
        expect(card(page, name)).to_contain_text(reason)
        expect(card(page, name)).to_contain_text(remedy)


def then_a_case_about_one_of_them_is_filled_in(page: Page, mother) -> None:
    page.get_by_role("button", name=named("Załóż sprawę", "Darek Zawadzki")).click()
    expect(page.get_by_role("status")).to_contain_text("Sprawa jest założona")
    expect(page.locator("main")).to_contain_text("Z tego konta")
    case = Case.objects.get(account_id=mother.account)
    assert (case.matter, case.is_confirmed, case.level) == ("child_account", True, 2)
    assert "OWN_TITLE" in Note.objects.get(case=case).text
    assert "OWN_TITLE" not in page.content()


def test_a_grandparent_insures_but_does_not_represent(at_missing) -> None:
    grandmother = someone("babcia-u", "Helena")
    grandchild = child("Kuba", someone("mama-k", "Ola"))
    made.insured(grandchild, grandmother.account)
    page = at_missing(grandmother.user)
    found = card(page, "Dziecko zgłoszone przez Ciebie do ubezpieczenia")
    expect(found).to_contain_text("nie czyni Cię jego przedstawicielem ustawowym")
    expect(found).to_contain_text("orzeczenie")
    assert "Kuba" not in page.content()


def test_a_foster_carer_acts_in_daily_matters(at_missing) -> None:
    carer = someone("zastepcza", "Jolanta")
    fostered = child("Leon", someone("mama-l", "Iga"))
    made.row(models.FosterCare, fostered, carer_id=carer.account)
    made.insured(fostered, carer.account)
    page = at_missing(carer.user)
    expect(card(page, "Leon Zawadzki")).to_contain_text("działa w sprawach codziennych")
    expect(card(page, "Leon Zawadzki")).to_contain_text("sąd rodzinny")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_parent_of_two_sees_one_and_learns_about_the_other(
    at_missing, portal, check_accessible, viewport
) -> None:
    width = viewport["width"]
    mother, father = someone(f"dwoje-{width}", "Maria"), someone(f"dwoje-t-{width}", "Piotr")
    zofia, antek = child("Zofia", mother, father), child("Antek", mother, father)
    made.insured(zofia, mother.account)
    made.insured(antek, father.account)
    page = at_missing(mother.user, viewport)
    expect(card(page, "Antek Zawadzki")).to_contain_text("nie dodała Cię jako drugiego opiekuna")
    expect(card(page, "Zofia Zawadzki")).to_have_count(0)
    page.goto(f"{portal}/access/")
    expect(page.get_by_text("1 konto bliskiej osoby nie jest dla Ciebie otwarte")).to_be_visible()
    expect(page.get_by_role("button", name=named("Otwórz to konto", "Antek"))).to_have_count(0)
    check_accessible(page)
    page.get_by_role("button", name=named("Otwórz to konto", "Zofia Zawadzki")).click()
    expect(page.locator(".acting")).to_contain_text("Zofia Zawadzki")
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_guardian_of_an_adult_applies(at_missing, check_accessible, viewport) -> None:
    guardian = someone(f"opiekunka-{viewport['width']}", "Danuta")
    ward = child("Marek", born=made.years_ago(40))
    made.row(models.Incapacitation, ward, degree="full", court="Sąd Okręgowy w Lublinie")
    made.row(models.Representation, ward, person_id=guardian.account, role="guardian")
    page = at_missing(guardian.user, viewport)
    expect(card(page, "Marek Zawadzki")).to_contain_text("konto nie zostało jeszcze")
    expect(card(page, "Marek Zawadzki")).to_contain_text("zaświadczenie")
    page.get_by_role("button", name=named("Załóż sprawę", "Marek Zawadzki")).click()
    expect(page.get_by_role("status")).to_contain_text("Sprawa jest założona")
    assert Case.objects.get(account_id=guardian.account).matter == "ward_account"
    check_accessible(page)


@pytest.mark.parametrize(
    ("authority", "said"),
    [
        ("full", "Sam rozwód nikomu nie odbiera dostępu"),
        ("taken_away", "sąd pozbawił Cię władzy rodzicielskiej"),
    ],
)
def test_a_former_spouse(at_missing, authority, said) -> None:
    father = someone(f"byly-{authority}", "Robert")
    mother = someone(f"byla-{authority}", "Sylwia")
    daughter = child("Tosia", mother)
    made.insured(daughter, mother.account)
    made.parent(father.account, daughter, authority=authority)
    made.row(models.Circumstance, daughter, person_id=father.account, kind="divorce")
    page = at_missing(father.user)
    expect(card(page, "Tosia Zawadzki")).to_contain_text(said)
    right = card(page, "Tosia Zawadzki").get_by_text("Zachowujesz prawo do informacji")
    expect(right).to_have_count(1 if authority == "full" else 0)


def test_a_protected_address_is_as_if_there_were_nobody(at_missing) -> None:
    father = someone("szuka", "Waldemar")
    hidden = child("Ukryta", father)
    made.insured(hidden, father.account)
    made.row(models.ProtectedAddress, hidden)
    page = at_missing(father.user)
    assert "Ukryta" not in page.content()
    expect(page.locator("main")).not_to_contain_text("chroniony")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_a_tie_the_answers_alone_explain(at_missing, check_accessible, viewport) -> None:
    parent = someone(f"pyta-{viewport['width']}", "Zuzanna")
    page = at_missing(parent.user, viewport)
    page.get_by_role("button", name="Pokaż, dlaczego").click()
    page.get_by_label("poniżej 16").check()
    page.get_by_label("Rodzicem z pełną władzą rodzicielską").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Jeśli Ty: którego dnia?").fill(made.days(-1).isoformat())
    page.get_by_role("group", name="Czy od tego czasu").get_by_label("Nie", exact=True).check()
    page.get_by_label("Nie albo nie wiem").check()
    check_accessible(page)
    page.get_by_role("button", name="Pokaż, dlaczego").click()
    answer = card(page, "Według Twoich odpowiedzi")
    expect(answer).to_contain_text("Na koncie pojawi się najpóźniej")
    expect(answer).to_contain_text("na niczyje konto")
    check_accessible(page)
    page.get_by_role("button", name="Załóż sprawę z tymi odpowiedziami").click()
    expect(page.get_by_role("status")).to_contain_text("Sprawa jest założona")
    check_accessible(page)
    assert "poniżej 16 lat" in Note.objects.get(case__account_id=parent.account).text
