"""The start page and the guide: for everybody, in three languages, on screen and on paper."""

from __future__ import annotations

import re

import pytest

from zamiast.portal import guide

LANGUAGES = ("pl", "en", "uk")
RULES = {
    "pl": "Poza identyfikatorem konta i numerem sprawy nigdy nie podajesz nam żadnego numeru.",
    "en": "Apart from your account identifier and the number of your case"
    " you never tell us a number.",
    "uk": "Крім ідентифікатора облікового запису й номера справи,"
    " ви ніколи не називаєте нам жодного номера.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/help/"])
def test_the_public_pages_teach_the_rule(at_portal, database, address, language) -> None:
    html = at_portal(language=language).get(address).content.decode()
    assert f'<html lang="{language}">' in html
    assert RULES[language] in html
    assert re.search("19.239", html)
    assert "/login/" in html


def test_a_browser_without_a_choice_gets_its_own_language(at_portal, database) -> None:
    client = at_portal()
    client.cookies.clear()
    assert '<html lang="uk">' in client.get("/", headers={"accept-language": "uk"}).content.decode()
    assert '<html lang="pl">' in client.get("/", headers={"accept-language": "de"}).content.decode()


def test_the_languages_say_the_same() -> None:
    shapes = {
        tuple(
            tuple((block.kind, len(block.lines)) for block in section.blocks)
            for section in guide.text(language).sections
        )
        for language in LANGUAGES
    }
    assert len(shapes) == 1
    assert all(block.kind in guide.KINDS for s in guide.text("pl").sections for block in s.blocks)


def test_an_unknown_language_is_polish() -> None:
    assert guide.text("de") == guide.text("pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left(language) -> None:
    assert "{" not in repr(guide.text(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_names_the_address_where_the_page_says_here(settings, language) -> None:
    settings.PORTAL_URL = "https://konto.example"
    assert "konto.example" in repr(guide.text(language, on_paper=True))
    assert "konto.example" not in repr(guide.text(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_tagged_and_knows_its_language(at_portal, database, language) -> None:
    response = at_portal().get(f"/help/{language}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert is_tagged(response.content, language)


def test_a_paper_in_another_language_is_not_found(at_portal, database) -> None:
    assert at_portal().get("/help/de.pdf").status_code == 404


def test_the_card_is_tagged_and_kept_by_no_cache(at_portal, holder) -> None:
    response = at_portal(holder, "uk").get("/identifier/card.pdf")
    assert is_tagged(response.content, "uk")
    assert "no-store" in response.headers["Cache-Control"]


def is_tagged(pdf: bytes, language: str) -> bool:
    """Whether the catalogue names a structure tree, marked content, the language and PDF/UA-1."""
    catalog = re.search(rb"<</Type/Catalog.*?>>\nendobj", pdf, re.DOTALL)
    assert catalog
    return (
        b"/StructTreeRoot" in catalog[0]
        and b"/Marked true" in catalog[0]
        and f"/Lang({language})".encode() in catalog[0]
        and b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    )
