"""Patients log in with an identity provider, as national schemes offer it."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests import people
from tests.database import server
from tests.journeys import leaks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.identity.browser import Browser, changed, values
from tests.journeys.login.test_way_in import with_passkeys
from zamiast.audit.models import Event
from zamiast.audit.services import OPERATOR
from zamiast.login.models import User
from zamiast.portal.models import Identity, Link
from zamiast.registry import services
from zamiast.registry.models import Account
from zamiast.registry.tests.parallel import at_once

_names = itertools.count(1)


@pytest.fixture
def subject() -> str:
    return f"subject-{next(_names)}"


def choose(page, identities, who: str, button: str = "Profil zaufany") -> None:
    """From the login page to the provider, and there the person."""
    page.goto(f"{identities.portal}/login/")
    page.get_by_role("link", name=button).click()
    page.get_by_role("link", name=who, exact=True).click()


def test_the_first_login_links_the_account_and_the_second_one_finds_it(
    identities, page_for, check_accessible, subject, worker_name
):
    account, number = identities.patient(subject)
    page = page_for(PHONE, "pl")
    page.goto(f"{identities.portal}/login/")
    check_accessible(page)
    choose(page, identities, subject)
    page.wait_for_url(f"{identities.portal}/identifier/")
    check_accessible(page)
    assert Account.objects.get(pk=account.pk).first_used_at
    link = Link.objects.get(account_id=account.pk)
    assert Identity.objects.get(user=link.user_id).subject == subject

    again = page_for(DESKTOP, "pl")
    choose(again, identities, subject)
    again.wait_for_url(f"{identities.portal}/identifier/")
    assert Link.objects.get(account_id=account.pk).user_id == link.user_id
    assert Identity.objects.filter(user=link.user_id).count() == 1
    events = Event.objects.filter(account_id=account.pk, what="vault.matched")
    assert events.count() == 1, "the vault is asked the first time only"
    then_nothing_is_kept(f"stories_{worker_name}", number, "Zdzisławakowska")


def test_a_subject_that_is_a_pesel_is_kept_nowhere(identities, page_for, worker_name):
    account, number = identities.patient("number")
    for _ in range(2):
        page = page_for(DESKTOP, "en")
        choose(page, identities, number, "Numerowy")
        page.wait_for_url(f"{identities.portal}/identifier/")
    kept = Identity.objects.get(user=Link.objects.get(account_id=account.pk).user_id)
    assert kept.subject == f"person:{account.person_id}"
    then_nothing_is_kept(f"stories_{worker_name}", number)
    # Where the operator did not say that subjects are numbers, nobody gets in and nothing stays.
    choose(page_for(DESKTOP, "pl"), identities, number)
    assert not Identity.objects.filter(subject=number).exists()


def test_unknown_closed_and_dead_read_the_same_and_learn_what_to_do(
    identities, page_for, check_accessible, subject
):
    identities.add(subject, pesel="02271409862", acr="high")
    identities.add(f"{subject}-nothing", acr="high")
    closed, _ = identities.patient(f"{subject}-closed")
    dead, _ = identities.patient(f"{subject}-dead")
    services.close_account(closed, because="operator", by=OPERATOR)
    services.note_death(dead.person, died_on=None, by=OPERATOR)
    texts = set()
    for who in (subject, f"{subject}-nothing", f"{subject}-closed", f"{subject}-dead"):
        page = page_for(PHONE, "pl")
        choose(page, identities, who)
        page.get_by_role("link", name="Nie mogę się zalogować").wait_for()
        texts.add(page.locator("main").inner_text())
        check_accessible(page)
    assert len(texts) == 1
    assert "19\N{NO-BREAK SPACE}239" in texts.pop()
    page.get_by_role("link", name="Nie mogę się zalogować").click()
    check_accessible(page)
    page.set_viewport_size(DESKTOP)
    check_accessible(page)
    assert not page.locator("main input").count(), "the page asks for nothing"


def test_an_account_that_is_closed_later_does_not_open_any_more(identities, page_for, subject):
    account, _ = identities.patient(subject)
    page = page_for(DESKTOP, "pl")
    choose(page, identities, subject)
    page.wait_for_url(f"{identities.portal}/identifier/")
    services.close_account(account, because="operator", by=OPERATOR)
    other = page_for(DESKTOP, "pl")
    choose(other, identities, subject)
    expect(other.get_by_role("heading", level=1)).to_have_text("Nie udało się zalogować")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("access_denied", "Logowanie przerwano"),
        ("server_error", "nie odpowiada"),
        ("invalid_scope", "nie była prawidłowa"),
    ],
)
def test_what_a_provider_answers_instead_is_worded(
    identities, page_for, check_accessible, answer, sentence
):
    page = page_for(PHONE, "pl")
    choose(page, identities, answer)
    expect(page.locator("main")).to_contain_text(sentence)
    check_accessible(page)
    page.get_by_role("link", name="Wróć do logowania").click()
    page.wait_for_url("**/login/")


def test_a_provider_that_is_down_is_said_in_a_sentence(identities, page_for, check_accessible):
    page = page_for(PHONE, "uk")
    page.goto(f"{identities.portal}/login/")
    page.get_by_role("link", name="Bank").click()
    expect(page.locator("main")).to_contain_text("зараз не відповідає")
    check_accessible(page)


def test_an_answer_counts_once_and_in_this_browser_only(identities, page_for, subject):
    identities.patient(subject)
    page = page_for(DESKTOP, "pl")
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if "/back/" in request.url else 0)
    choose(page, identities, subject)
    page.wait_for_url(f"{identities.portal}/identifier/")
    page.locator("header form[action='/logout/'] button").click()
    page.wait_for_url("**/login/")
    for browser in (page, page_for(DESKTOP, "pl")):
        browser.goto(seen[0])
        expect(browser.locator("main")).to_contain_text("trwało za długo")
        browser.goto(f"{identities.portal}/identifier/")
        assert "/login/" in browser.url
    asked = identities.log.read_text()
    assert "secret-of-the-stories" not in asked


def test_a_weak_login_needs_a_passkey_of_ours(identities, page_for, check_accessible, subject):
    identities.patient(subject, acr="low")
    page = page_for(PHONE, "pl")
    with_passkeys(page)
    choose(page, identities, subject)
    page.wait_for_url("**/second-factor/")
    check_accessible(page)
    page.locator("a[href='/second-factor/passkey/']").click()
    page.locator("[data-passkey-start]").click()
    page.wait_for_url("**/second-factor/codes/")
    page.goto(f"{identities.portal}/identifier/")
    page.locator("header form[action='/logout/'] button").click()
    page.wait_for_url("**/login/")
    page.get_by_role("link", name="Profil zaufany").click()  # the provider still knows them
    page.wait_for_url("**/login/code/")
    page.locator("[data-passkey-start]").click()
    page.wait_for_url(f"{identities.portal}/identifier/")


def test_a_login_with_a_password_and_a_provider_open_the_same_account(
    identities, page_for, log_in, subject
):
    account, _ = identities.patient(subject)
    user = people._with_factors(User.objects.holder(f"holder-{subject}"))
    Link.objects.create(user=user, account=account)
    page = page_for(DESKTOP, "pl")
    choose(page, identities, subject)
    page.wait_for_url(f"{identities.portal}/identifier/")
    assert Identity.objects.get(subject=subject).user_id == user.pk


# --- attacks, by requests of our own ------------------------------------------------------


def test_an_answer_that_was_changed_or_came_from_elsewhere_opens_nothing(identities, subject):
    identities.patient(subject)
    victim = Browser(identities.portal)
    answer = victim.choose(victim.begin(), subject)
    for address in (
        answer.replace("/pz/", "/numbers/"), changed(answer, iss="https://evil.example"),
        changed(answer, state=None), changed(answer, state="x" * 16),
    ):  # fmt: skip
        assert victim.open(address).status_code == 403
    thief = Browser(identities.portal)
    own = values(thief.begin())["state"]
    for address in (answer, changed(answer, state=own)):  # another's state, another's code
        assert thief.open(address).status_code == 403
        assert not thief.is_in
    for nonce in (None, "mine"):
        thief = Browser(identities.portal)
        answer = thief.choose(changed(thief.begin(), nonce=nonce), subject)
        assert thief.open(answer).status_code == 403
        assert not thief.is_in


def test_of_two_requests_at_once_with_one_answer_one_logs_in(identities, subject):
    identities.patient(subject)
    browser = Browser(identities.portal)
    answer = browser.choose(browser.begin(), subject)
    twins = [Browser(identities.portal), Browser(identities.portal)]
    for twin in twins:
        twin.cookies.update(browser.cookies)
    at_once(2, lambda number: twins[number].open(answer))
    assert [twin.is_in for twin in twins].count(True) <= 1
    assert browser.open(answer).status_code == 403


def test_a_login_leads_to_no_other_site_and_answers_are_not_repeated(identities, subject):
    identities.patient(subject)
    for onward in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
        browser = Browser(identities.portal)
        answer = browser.choose(browser.begin(next=onward, process="connect"), subject)
        assert browser.open(answer).headers["Location"] == "/"
    for said in ({"error": "<img src=x>", "error_description": "<img src=x>"},
                 {"code": "x" * 7000}, {"code": "\0"}, {"error": "y" * 7000}):  # fmt: skip
        browser = Browser(identities.portal)
        back = f"{identities.portal}/login/with/pz/back/"
        said["state"] = values(browser.begin())["state"]
        page = browser.open(changed(back, **said))
        assert page.status_code == 403
        assert "<img src=x" not in page.text


def test_a_subject_with_a_pesel_in_it_is_not_kept(identities, subject, worker_name):
    for written in ("{}@gov.example", "PESEL:{};v=1", "pl/{}/x"):
        _, number = identities.patient(f"{subject}-{written}")
        who = written.format(number)
        identities.add(who, pesel=number, acr="high")
        browser = Browser(identities.portal)
        assert browser.open(browser.choose(browser.begin(), who)).status_code == 403
        then_nothing_is_kept(f"stories_{worker_name}", number)


def then_nothing_is_kept(database: str, *values: str) -> None:
    """Neither in social accounts nor in sessions, caches or events stands what a claim said."""
    text = leaks.dump(database, server().programs)
    for table in ("socialaccount", "socialtoken", "socialapp"):
        block = re.search(rf"COPY public\.socialaccount_{table} .*?\n(.*?)\\\.", text, re.DOTALL)
        assert block is not None
        assert block[1] == "", f"{table} keeps something"
    for value in values:
        if value.isdigit():
            assert leaks.found_in(text, {value}) == set()
        elif value:
            assert text.count(value) == 0
