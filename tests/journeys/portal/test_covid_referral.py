"""Why there is no COVID-19 referral, in the account: by the own records, on a day that is asked."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal import family
from tests.journeys.test_confirm_a_call import shot
from zamiast.guardianship.tests import family as made
from zamiast.portal.tests.test_health import bring
from zamiast.registry.models import Account


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_booster_that_waits_for_monday(page_for, log_in, check_accessible, portal, viewport):
    anna = family.someone(f"annaszczepiona{viewport['width']}", "Anna")
    bring(Account.objects.get(pk=anna.account), "Immunization",
          source=f"dose{viewport['width']}", occurrenceDateTime="2021-06-17")  # fmt: skip
    page = page_for(viewport, "pl")
    log_in(page, anna.user)
    page.goto(f"{portal}/health/vaccinations/")
    page.get_by_role("link", name="Dlaczego nie ma skierowania na COVID-19?").click()
    page.get_by_role("heading", name="O jakie skierowanie chodzi?").wait_for()
    check_accessible(page)
    page.get_by_role("button", name="Szczepienie").click()
    expect(page.locator("main")).to_contain_text("Nie znamy zasad na ten sezon")
    expect(page.locator("main")).to_contain_text("lekarz")
    check_accessible(page)
    page.get_by_label("A w innym dniu?").fill("2021-12-15")
    page.get_by_role("button", name="Pokaż").click()
    expect(page.locator("main")).to_contain_text("Twoje pojawi się 20 grudnia 2021")
    expect(page.locator("main")).to_contain_text("nikt; trzeba poczekać")
    expect(page.locator("main")).to_contain_text("Punkt szczepień Lipowa")
    shot(page, f"covid-{viewport['width']}")
    check_accessible(page)
    page.get_by_role("link", name="Zapytaj o drugie skierowanie").click()
    page.get_by_role("button", name="Test").click()
    expect(page.locator("main")).to_contain_text("Test zleca lekarz")


def test_a_parent_asks_for_the_child(page_for, log_in, check_accessible, portal):
    mother = family.someone("mamaszczepienia", "Maria")
    child = family.child("Zofia", mother)
    made.insured(child, mother.account)
    page = page_for(PHONE, "pl")
    log_in(page, mother.user)
    page.goto(f"{portal}/health/covid-referral/?asks=vaccination&day=2021-12-15")
    page.get_by_text("Skierowanie dziecka jest na jego własnym koncie.").wait_for()
    page.get_by_role("link", name="Dostęp", exact=True).click()
    page.get_by_role("button", name="Otwórz to konto").click()
    page.goto(f"{portal}/health/covid-referral/?asks=vaccination&day=2021-12-15")
    page.get_by_text("Działasz w imieniu").wait_for()
    expect(page.locator("main")).to_contain_text("Dawki szczepionki COVID-19 na koncie")
    check_accessible(page)
