"""Health records in the browser: a parent at the pharmacy, a stranger's prescription, a death."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal import family
from zamiast.audit.models import Look
from zamiast.guardianship import models
from zamiast.guardianship.tests import family as made
from zamiast.helpline import handling
from zamiast.helpline.models import Case
from zamiast.portal.tests.test_health import bring
from zamiast.registry import services as registry
from zamiast.registry.models import Account


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_parent_shows_the_childs_prescription_at_the_pharmacy(
    page_for, log_in, check_accessible, portal, viewport
):
    mother = family.someone(f"mama{viewport['width']}", "Maria")
    child = family.child("Zofia", mother)
    made.insured(child, mother.account)
    bring(Account.objects.get(pk=child), "MedicationRequest", "Encounter",
          source=f"s{viewport['width']}")  # fmt: skip
    page = page_for(viewport)
    log_in(page, mother.user)

    page.get_by_role("link", name="Dostęp", exact=True).click()
    page.get_by_role("button", name="Otwórz to konto").click()
    page.get_by_role("link", name="Zdrowie").click()
    check_accessible(page)
    page.get_by_role("link", name="Recepty").click()
    check_accessible(page)
    page.get_by_role("link", name="Ramipryl").click()
    page.get_by_role("heading", name="Pokaż to w aptece").wait_for()
    page.get_by_role("img", name="Kod QR z kluczem").wait_for()
    page.get_by_text("Działasz w imieniu").wait_for()
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_guardian_reads_the_records_of_an_adult_ward(
    page_for, log_in, check_accessible, portal, viewport
):
    guardian = family.someone(f"opieka{viewport['width']}", "Henryk", "Maj")
    ward = people.account(given_names="Ryszard", family_name="Maj", birth_date=made.years_ago(44))
    made.row(models.Incapacitation, ward.pk, degree="full", court="Sąd Okręgowy w Lublinie")
    made.row(models.Representation, ward.pk, person_id=guardian.account, role="guardian")
    made.row(models.AccessGrant, ward.pk, to_id=guardian.account, case_number=104217)
    bring(ward, "MedicationRequest", "Encounter", source=f"ward{viewport['width']}")
    page = page_for(viewport)
    log_in(page, guardian.user)

    page.get_by_role("link", name="Dostęp", exact=True).click()
    page.get_by_role("button", name="Otwórz to konto").click()
    page.get_by_text("Działasz w imieniu").wait_for()
    page.get_by_role("link", name="Zdrowie").click()
    page.get_by_role("link", name="Ramipryl").click()
    page.get_by_role("heading", name="Pokaż to w aptece").wait_for()
    check_accessible(page)
    look = Look.objects.filter(account_id=ward.pk, what="access.opened").latest("at")
    assert look.actor == f"other-{guardian.account}"

    # the court ended it: the page says so, and shows nothing
    models.AccessGrant.objects.filter(account=ward).end(by="K-9001", because="withdrawn")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "To konto nie jest już dla Ciebie otwarte"
    )
    assert "Ramipryl" not in page.content()
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_patient_reports_a_strangers_prescription_and_follows_it(
    page_for, log_in, check_accessible, portal, viewport
):
    anna = family.someone(f"annarecepta{viewport['width']}", "Anna")
    account = Account.objects.get(pk=anna.account)
    source = f"stranger{viewport['width']}"
    bring(account, "MedicationRequest", source=source)
    page = page_for(viewport)
    log_in(page, anna.user)
    page.goto(f"{portal}/health/prescriptions/")
    page.get_by_role("link", name="Ramipryl").click()
    page.get_by_role("link", name="Zgłoś ten wpis").click()
    page.get_by_text("Placówka dowie się, kto zgłosił").wait_for()
    page.get_by_text("Jedno zgłoszenie wystarczy").wait_for()
    page.get_by_text("Narodowy Fundusz Zdrowia").first.wait_for()
    check_accessible(page)
    page.get_by_label("Co się stało, własnymi słowami").fill("Nigdy tam nie byłam.")
    page.get_by_label("Wiem, że placówka dowie się").check()
    page.get_by_role("button", name="Zgłoś").click()
    page.get_by_text("Zgłoszono ten wpis").wait_for()
    check_accessible(page)
    assert page.get_by_role("link", name="Zgłoś ten wpis").count() == 0

    page.goto(f"{portal}/health/prescriptions/")
    page.get_by_text("Zgłoszono ten wpis").wait_for()
    page.get_by_role("link", name="Ramipryl").click()

    bring(account, "MedicationRequest", source=source, status="entered-in-error")
    page.reload()
    page.get_by_text("Zmieniony po Twoim zgłoszeniu").wait_for()
    page.get_by_text("Placówka wycofała wpis").first.wait_for()
    page.get_by_text("Co było tu wcześniej").click()
    page.get_by_text("1 tabletka rano").first.wait_for()
    page.get_by_role("link", name=re.compile("^Sprawa")).click()
    check_accessible(page)
    case = Case.objects.get(account_id=anna.account)
    handling.close(case.pk, by=people.colleague())
    page.reload()
    page.get_by_text("Zamknięta", exact=True).wait_for()
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_dead_patients_relative_sees_nothing_and_learns_why(
    page_for, log_in, check_accessible, portal, viewport
):
    wife = family.someone(f"wdowa{viewport['width']}", "Helena")
    husband = family.someone(f"zmarly{viewport['width']}", "Stefan")
    made.row(models.Authorisation, husband.account, to_id=wife.account, by_id=husband.account,
             scope="account_data", given_on=made.years_ago(1), since=made.years_ago(1),
             source="holder")  # fmt: skip
    dead = Account.objects.get(pk=husband.account)
    bring(dead, "Encounter", source=f"dead{viewport['width']}")
    page = page_for(viewport)
    log_in(page, wife.user)
    page.goto(f"{portal}/access/")
    page.get_by_role("button", name="Otwórz to konto").click()
    page.get_by_role("link", name="Zdrowie").click()
    registry.note_death(dead.person, died_on=datetime.date.today(), by=made.OPERATOR)
    page.reload()
    page.get_by_text("właściciel tego konta nie żyje").wait_for()
    assert page.get_by_text("Porada lekarska").count() == 0
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_whom_the_dead_authorised_reads_the_documentation_and_nothing_else(
    page_for, log_in, check_accessible, portal, viewport
):
    sister = family.someone(f"siostra{viewport['width']}", "Wanda")
    brother = family.someone(f"brat{viewport['width']}", "Zenon")
    made.row(models.Authorisation, brother.account, to_id=sister.account, by_id=brother.account,
             scope="documentation", given_on=made.years_ago(1), since=made.years_ago(1),
             after_death=True, source="holder")  # fmt: skip
    account = Account.objects.get(pk=brother.account)
    bring(account, "Encounter", "MedicationRequest", source=f"brother{viewport['width']}")
    registry.note_death(account.person, died_on=datetime.date.today(), by=made.OPERATOR)
    page = page_for(viewport)
    log_in(page, sister.user)
    page.goto(f"{portal}/access/")
    page.get_by_text("Właściciel konta nie żyje.").wait_for()
    check_accessible(page)
    page.get_by_role("button", name=family.named("Przeczytaj dokumentację", "Zenon")).click()
    page.get_by_text("Czytasz dokumentację osoby: Zenon Zawadzka").wait_for()
    page.get_by_role("link", name="Porada lekarska").wait_for()
    assert page.get_by_text("Ramipryl").count() == 0
    assert page.get_by_role("link", name="Kto zaglądał").count() == 0
    check_accessible(page)
    page.get_by_role("link", name="Porada lekarska").click()
    page.get_by_role("heading", name="Porada lekarska").wait_for()
    assert page.get_by_role("link", name="Zgłoś ten wpis").count() == 0
    check_accessible(page)
    for address in ("/identifier/", "/who-looked/", "/cases/"):
        assert page.goto(portal + address).status == 403
        page.get_by_text("właściciel tego konta nie żyje").wait_for()
    page.goto(portal)
    page.wait_for_url("**/health/")
    page.get_by_role("button", name="Wróć na swoje konto").click()
    page.get_by_text("To znowu jest Twoje własne konto.").wait_for()
