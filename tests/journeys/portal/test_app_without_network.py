"""The app on the phone: the identifier without a network, locked, forgotten at log-out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from zamiast.portal.models import Link
from zamiast.portal.tests.test_health import bring

IN_CHARGE = """new Promise((done) => {
  setTimeout(() => done(false), 5000);
  navigator.serviceWorker.ready.then(() => {
    if (navigator.serviceWorker.controller) done(true);
    navigator.serviceWorker.addEventListener("controllerchange", () => done(true));
  });
})"""


@pytest.fixture
def grandmother(page_for, log_in, portal, request):
    """On a phone, logged in, with the service worker in charge."""
    viewport = getattr(request, "param", PHONE)
    page = page_for(viewport)
    name = f"stanislawa-{len(request.node.originalname)}-{viewport['width']}"
    user = people.holder(name, given_names="Stanisława")
    account = Link.objects.get(user=user).account
    bring(account, "MedicationRequest", "Coverage", source=f"app-{user.pk}")
    log_in(page, user)
    page.goto(f"{portal}/app/")
    if not page.evaluate(IN_CHARGE):  # it took over while this page was on its way
        page.reload()
        assert page.evaluate(IN_CHARGE)
    return page


def digits(page: Page) -> str:
    return page.locator(".identifier").first.inner_text().replace("\n", " ").strip()


def keep_identifier(page: Page) -> None:
    page.get_by_label("Zapisz mój identyfikator na tym telefonie").check()
    expect(page.get_by_text("Zapisano. Zobaczysz to tutaj także bez sieci.")).to_be_visible()


def without_network(page: Page, address: str) -> None:
    page.context.set_offline(True)
    page.goto(address)


@pytest.mark.parametrize("grandmother", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
def test_offline_at_the_pharmacy(grandmother: Page, portal, check_accessible):
    page = grandmother
    check_accessible(page)
    page.goto(f"{portal}/identifier/")
    said = digits(page)

    # a browser keeps nothing before she says so
    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_text("Na tym telefonie nic nie zapisano.")).to_be_visible()
    check_accessible(page)

    page.context.set_offline(False)
    page.goto(f"{portal}/app/")
    keep_identifier(page)
    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_role("heading", name="Brak sieci")).to_be_visible()
    assert digits(page).split() == said.split()
    expect(page.locator("#qr svg")).to_be_visible()
    expect(page.get_by_text("Umowa o pracę · Aktualne")).to_be_visible()
    expect(page.get_by_text("Ramipryl")).to_be_hidden()
    check_accessible(page)

    # prescriptions only when she switches them on
    page.context.set_offline(False)
    page.goto(f"{portal}/app/")
    page.get_by_label("Zapisz moje recepty z kodami QR").check()
    expect(page.get_by_text("Zapisano. Zobaczysz to tutaj także bez sieci.")).to_be_visible()
    check_accessible(page)
    without_network(page, f"{portal}/health/prescriptions/")
    expect(page.get_by_role("heading", name="Ramipryl 5 mg")).to_be_visible()
    expect(page.get_by_text("ważne do 2 października 2027")).to_be_visible()
    expect(page.get_by_text("0417")).to_be_visible()
    expect(page.get_by_role("img", name="Kod QR z kluczem").locator("svg")).to_be_visible()
    check_accessible(page)

    # nothing of her pages lies in the caches
    kept = page.evaluate(
        "async () => { const all = []; for (const name of await caches.keys()) for (const one of"
        " await (await caches.open(name)).matchAll()) all.push(await one.text());"
        " return all.join(' ') }"
    )
    assert "Stanisława" not in kept
    assert "Ramipryl" not in kept
    assert said.split()[0] + said.split()[1] not in kept.replace(" ", "")

    # logging out deletes it
    page.context.set_offline(False)
    page.goto(f"{portal}/identifier/")
    page.get_by_role("button", name="Wyloguj się").click()
    page.wait_for_url("**/login/**")
    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_text("Na tym telefonie nic nie zapisano.")).to_be_visible()


def test_the_app_on_the_home_screen_keeps_the_identifier_by_itself(grandmother: Page, portal):
    page = grandmother
    as_installed(page)
    with page.expect_response("**/app/kept/**") as answer:
        page.goto(f"{portal}/")  # as the app does when it starts
    assert answer.value.ok
    said = digits(page)
    without_network(page, f"{portal}/")
    assert digits(page).split() == said.split()
    expect(page.get_by_text("Umowa o pracę · Aktualne")).to_be_visible()
    expect(page.get_by_text("Ramipryl")).to_be_hidden()

    # and no more once she said so
    page.context.set_offline(False)
    page.goto(f"{portal}/app/")
    page.get_by_label("Zapisz mój identyfikator na tym telefonie").uncheck()
    expect(page.get_by_text("Usunięto z tego telefonu.")).to_be_visible()
    page.goto(f"{portal}/")
    page.wait_for_load_state("networkidle")
    without_network(page, f"{portal}/")
    expect(page.get_by_text("Na tym telefonie nic nie zapisano.")).to_be_visible()


def as_installed(page: Page) -> None:
    """The window of an app on the home screen, as an iPhone tells it; Chromium cannot be told."""
    page.add_init_script("Object.defineProperty(navigator, 'standalone', { value: true })")


def test_an_answer_that_comes_after_the_logout_is_not_kept(grandmother: Page, portal):
    page = grandmother
    keep_identifier(page)
    late = []
    page.route("**/app/kept/**", lambda route: late.append(route))  # the answer does not come yet

    def log_out(route):
        for answer in late:
            answer.continue_()
        page.wait_for_timeout(1000)  # it comes while the logout is under way
        route.continue_()

    page.route("**/logout/", log_out)
    page.goto(f"{portal}/identifier/")
    page.get_by_role("button", name="Wyloguj się").click()
    page.wait_for_url("**/login/**")
    assert len(late) == 1
    page.unroute_all()
    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_text("Na tym telefonie nic nie zapisano.")).to_be_visible()


def test_closing_the_account_deletes_what_the_phone_kept(grandmother: Page, portal):
    page = grandmother
    keep_identifier(page)
    page.goto(f"{portal}/my-data/close/")
    page.get_by_role("button", name="Zamknij konto").click()
    page.get_by_role("button", name="Tak, zamknij moje konto").click()
    expect(page.get_by_text("Twoje konto jest zamknięte.")).to_be_visible()
    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_text("Na tym telefonie nic nie zapisano.")).to_be_visible()


def test_what_is_locked_opens_with_the_passkey_only(grandmother: Page, portal, check_accessible):
    page = grandmother
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    finger = chrome.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal",
            "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True, "hasPrf": True,
        }},
    )["authenticatorId"]  # fmt: skip
    keep_identifier(page)
    page.get_by_label("Zablokuj to, co zapisał telefon").check()
    expect(page.get_by_text("Zablokowano.")).to_be_visible()

    page.goto(f"{portal}/identifier/")  # renews what is kept, without asking
    said = digits(page)
    page.wait_for_load_state("networkidle")
    clear = page.evaluate(
        "() => new Promise(done => { const asked = indexedDB.open('zamiast');"
        " asked.onsuccess = () => { const all = asked.result.transaction('kept')"
        ".objectStore('kept').get('data'); all.onsuccess = () => done('clear' in all.result) } })"
    )
    assert clear is False

    without_network(page, f"{portal}/identifier/")
    expect(page.get_by_text("Aplikacja jest zablokowana.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Odblokuj").click()
    expect(page.locator("#digits")).to_be_visible()
    assert digits(page).split() == said.split()

    page.reload()
    expect(page.get_by_text("Aplikacja jest zablokowana.")).to_be_visible()
    stranger = {"authenticatorId": finger, "isUserVerified": False}
    chrome.send("WebAuthn.setUserVerified", stranger)
    page.get_by_role("button", name="Odblokuj").click()
    expect(page.get_by_text("Nie udało się.")).to_be_visible()
    expect(page.locator("#kept")).to_be_hidden()
