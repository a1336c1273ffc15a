"""The written word in the browser: from the account, by the public form, and an article found."""

from __future__ import annotations

import re

import pytest

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from zamiast.helpline import letters
from zamiast.helpline.models import Case

PESEL = "44051401458"


def given_a_consultant_answers(number: int, text: str) -> None:
    letters.answer(number, text, by=people.colleague())


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_write_a_message_and_read_the_answer(
    portal, page_for, log_in, check_accessible, viewport
) -> None:
    holder = people.holder(f"pisze-{viewport['width']}")
    page = page_for(viewport)
    log_in(page, holder)
    page.get_by_role("link", name="Twoje sprawy").first.click()
    page.get_by_role("link", name="Napisz do nas").click()
    check_accessible(page)
    page.get_by_label("Moje dane są błędne").check()
    page.get_by_label("Twoja wiadomość").fill(f"Złe nazwisko. Mój PESEL: {PESEL}")
    page.get_by_role("button", name="Wyślij").click()
    page.get_by_text("Sprawa jest otwarta.").wait_for()
    assert PESEL not in page.content()
    page.get_by_text("Wycięliśmy go").wait_for()
    check_accessible(page)

    number = int(re.search(r"/cases/(\d+)/", page.url)[1])
    given_a_consultant_answers(number, "Wyjaśnia to CeZ.")
    page.get_by_role("link", name="Twoje sprawy").first.click()
    page.get_by_text("Nowa odpowiedź").wait_for()
    page.goto(f"{portal}/cases/{number}/")
    page.get_by_text("Wyjaśnia to CeZ.").wait_for()
    page.get_by_label("Twoja wiadomość").fill("Dziękuję.")
    page.get_by_role("button", name="Wyślij").click()
    page.get_by_text("Wiadomość jest dołączona").wait_for()
    check_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_who_cannot_speak_writes_without_logging_in(
    portal, page_for, check_accessible, viewport
) -> None:
    page = page_for(viewport)
    page.goto(portal)
    page.get_by_role("link", name="Nie możesz albo nie chcesz rozmawiać?").click()
    check_accessible(page)
    page.get_by_label("Nie mam identyfikatora albo nie mogę się zalogować").check()
    page.get_by_label("Twoja wiadomość").fill("Nie słyszę. Jak mogę się zalogować?")
    page.get_by_role("button", name="Wyślij").click()
    page.get_by_role("heading", name="Mamy Twoją wiadomość").wait_for()
    check_accessible(page)
    number = page.locator(".plate .identifier").inner_text()
    word = page.locator(".plate strong").inner_text()
    assert not Case.objects.get(number=number).is_confirmed

    given_a_consultant_answers(int(number), "Login daje operator.")
    page.get_by_role("link", name="Gdzie przeczytam odpowiedź").click()
    check_accessible(page)
    page.get_by_label("Numer sprawy").fill(number)
    page.get_by_label("Tajne słowo").fill("nie-to-slowo")
    page.get_by_role("button", name="Pokaż moją sprawę").click()
    page.get_by_text("Nie ma sprawy o tym numerze").wait_for()
    page.get_by_label("Numer sprawy").fill(number)
    page.get_by_label("Tajne słowo").fill(word)
    page.get_by_role("button", name="Pokaż moją sprawę").click()
    page.get_by_text("Login daje operator.").wait_for()
    check_accessible(page)


def test_search_an_article_and_take_it_on_paper(portal, page_for, check_accessible) -> None:
    page = page_for(PHONE)
    page.goto(f"{portal}/help/")
    check_accessible(page)
    page.get_by_label("Czego szukasz?").fill("rozwodzie")
    page.get_by_label("Czego szukasz?").press("Enter")
    page.get_by_role("heading", name="Znaleźliśmy").wait_for()
    assert "rozwodzie" not in page.url
    check_accessible(page)
    page.get_by_role("link", name="Dostęp do konta dziecka po rozwodzie").first.click()
    check_accessible(page)
    pdf = page.get_by_role("link", name="Українська (PDF)").get_attribute("href")
    assert page.request.get(portal + pdf).body().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.get_by_role("heading", name="Przeczytaj też").is_visible()
    assert not page.locator(".site-header").is_visible()
    page.get_by_text("Infolinia: 19 239", exact=True).wait_for()


def test_a_line_that_is_not_understood(portal, desk, page_for, log_in, check_accessible) -> None:
    from zamiast.audit.services import Actor, record
    from zamiast.portal.models import Link

    holder = people.holder("nie-rozumie")
    account = Link.objects.get(user=holder).account_id
    record("call.identify", by=Actor("staff", "K-417"), account=account, outcome="identified")
    for _ in range(3):
        record("vault.matched", by=Actor("machine", "import", "ZUS"), account=account,
               outcome="found")  # fmt: skip
    page = page_for(PHONE)
    log_in(page, holder)
    page.goto(f"{portal}/who-looked/")
    page.get_by_text("3 wpisy maszyn").click()
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Do arkusza (CSV)").click()
    assert "K-417" in download.value.path().read_text("utf-8-sig")
    page.get_by_text("Wybierz, kto i kiedy").click()
    page.get_by_label("Kto", exact=True).select_option("people")
    page.get_by_role("button", name="Pokaż").click()
    page.get_by_text("Konsultant K-417").wait_for()
    page.get_by_role("link", name=re.compile("Nie rozumiem tego wpisu.*Sprawdzenie")).click()
    check_accessible(page)
    page.get_by_role("button", name="Załóż sprawę").click()
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    page.goto(f"{portal}/my-data/")
    check_accessible(page)
    page.goto(f"{portal}/notices/")
    check_accessible(page)
