"""The start page and the articles: for everybody, in three languages, on screen and paper."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape

from zamiast.knowledge import shelf

LANGUAGES = ("pl", "en", "uk")
RULES = {
    "pl": "Poza identyfikatorem konta i numerem sprawy nigdy nie podajesz nam żadnego numeru.",
    "en": "Apart from your account identifier and the number of your case"
    " you never tell us a number.",
    "uk": "Крім ідентифікатора облікового запису й номера справи,"
    " ви ніколи не називаєте нам жодного номера.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/help/", "/help/identifier/"])
def test_the_public_pages_teach_the_rule(at_portal, database, address, language) -> None:
    html = at_portal(language=language).get(address).content.decode()
    assert f'<html lang="{language}"' in html
    assert RULES[language] in html
    assert re.search("19.239", html)
    assert "/login/" in html


def test_a_browser_without_a_choice_gets_its_own_language(at_portal, database) -> None:
    client = at_portal()
    client.cookies.clear()
    assert '<html lang="uk"' in client.get("/", headers={"accept-language": "uk"}).content.decode()
    assert '<html lang="pl"' in client.get("/", headers={"accept-language": "de"}).content.decode()


def test_every_article_is_open_to_everybody_and_may_be_kept(at_portal, database) -> None:
    for language in LANGUAGES:
        client = at_portal(language=language)
        for article in shelf.every(language):
            response = client.get(article.address)
            html = response.content.decode()
            assert escape(article.title) in html
            assert "private" in response.headers["Cache-Control"]
            assert "max-age=300" in response.headers["Cache-Control"]
            assert all(other.address in html for other in shelf.read_also(article))


def test_a_holder_who_logged_in_gets_an_article_that_no_browser_keeps(at_portal, holder) -> None:
    assert "no-store" in at_portal(holder).get("/help/fraud/").headers["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/help/no-such/", "/help/no-such/pl.pdf", "/help/fraud/de.pdf"]
)
def test_what_is_no_article_is_not_found(at_portal, database, address) -> None:
    assert at_portal().get(address).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_on_paper(at_portal, database, language) -> None:
    response = at_portal().get(f"/help/identifier/{language}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert is_tagged(response.content, language)


def test_search_by_the_page(at_portal, database) -> None:
    client = at_portal()
    html = client.post("/help/search/", {"words": "divorced"}).content.decode()
    assert html.index("/help/after-divorce/") < html.index("All articles")
    html = client.post("/help/search/", {"words": "qwertyuiop"}).content.decode()
    assert "Nothing found" in html
    assert client.get("/help/search/").status_code == 405


def test_a_pesel_in_the_search_is_cut_out_and_not_shown_again(at_portal, database) -> None:
    html = at_portal().post("/help/search/", {"words": "44051401458 divorce"}).content.decode()
    assert "44051401458" not in html
    assert "We cut it out" in html
    assert "/help/after-divorce/" in html


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
