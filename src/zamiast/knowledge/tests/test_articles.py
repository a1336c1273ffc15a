"""The articles: three languages side by side, true links, search, paper."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.urls import Resolver404, resolve

from zamiast.errors import Misconfigured, NotFound
from zamiast.knowledge import blocks, checking, paper, searching, shelf, stems, writing

ARTICLES = [(slug, language) for slug in writing.slugs() for language in writing.LANGUAGES]


def test_nothing_is_wrong_with_the_articles() -> None:
    assert checking.problems() == []


def test_a_changed_original_is_noticed_in_both_translations(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "articles"
    for language in writing.LANGUAGES:
        text = writing.path_of("fraud", language).read_text("utf-8")
        for slug in ("fraud", "identifier", "privacy", "helpline"):
            (folder / slug).mkdir(parents=True, exist_ok=True)
            text = writing.path_of(slug, language).read_text("utf-8")
            (folder / slug / f"{language}.md").write_text(text, "utf-8")
    monkeypatch.setattr(writing, "FOLDER", folder)
    before = [problem for problem in checking.problems() if problem.startswith("fraud")]
    original = folder / "fraud" / "pl.md"
    original.write_text(original.read_text("utf-8") + "\nJeszcze jedno.\n", "utf-8")
    new = {p for p in checking.problems() if p.startswith("fraud")} - set(before)
    assert sum("fell behind" in problem for problem in new) == 2
    assert sum("not the same headings" in problem for problem in new) == 2
    assert writing.sign("fraud", "uk")
    assert not writing.sign("fraud", "uk")
    assert sum("fell behind" in problem for problem in checking.problems()) == 1


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("no front matter", "no front matter"),
        ("---\ntitle: a\nsummary: b\nauthor: c\n---\nx", "author"),
        ("---\ntitle: a: b\nsummary: c\n---\nx", "mapping values"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path, monkeypatch, raw, says) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "pl.md").write_text(raw)
    monkeypatch.setattr(writing, "FOLDER", tmp_path)
    with pytest.raises(Misconfigured) as caught:
        writing.read("one", "pl")
    assert says in caught.value.sentence


@pytest.mark.parametrize(("slug", "language"), ARTICLES)
def test_every_link_of_this_site_leads_somewhere(slug, language) -> None:
    for href in blocks.links(shelf.article(slug, language).blocks):
        if href.startswith("/"):
            try:
                resolve(href.split("#")[0], "zamiast.config.urls.portal")
            except Resolver404:
                pytest.fail(f"{slug} {language}: {href}")


@pytest.mark.parametrize("language", writing.LANGUAGES)
def test_no_placeholder_is_left_and_no_line_is_long_winded(language) -> None:
    for article in shelf.every(language):
        words = [b.text for b in blocks.flat(article.blocks)]
        assert "{" not in repr(article.blocks) + article.summary
        sentences = re.split(r"[.!?:;]\s", ". ".join(words))
        long = [one for one in sentences if len(one.split()) > 32]
        assert not long, (article.slug, long)


def test_markup_in_an_article_stays_text() -> None:
    (block,) = blocks.read('a <script>alert(1)</script> <img src="x">')
    assert "<script>" in block.text
    with pytest.raises(ValueError, match="small Markdown"):
        blocks.read("# A heading of the first level")
    with pytest.raises(ValueError, match="image"):
        blocks.read("![x](y)")


def test_a_link_that_runs_a_program_is_refused() -> None:
    assert list(blocks.links(blocks.read("[x](javascript:alert(1))"))) == []
    assert list(checking._wrong_links(blocks.read("[x](http://a.example)"), set()))


@pytest.mark.parametrize(
    ("language", "asked", "slug"),
    [
        ("pl", "zgubiłam kartę z identyfikatorem", {"identifier", "where-is-my-identifier",
                                                    "when-to-call"}),
        ("pl", "cudzej recepty", {"wrong-entry"}),
        ("pl", "czyjaś recepta na moim koncie", {"wrong-entry"}),
        ("pl", "nie widzę syna", {"where-is-my-child"}),
        ("pl", "zniknęło konto córki po zmianie pracy", {"lost-child-access"}),
        ("pl", "rozwodzie", {"after-divorce"}),
        ("pl", "byłego męża", {"after-divorce", "authorise"}),
        ("pl", "oszusta", {"fraud"}),
        ("pl", "podejrzany sms", {"fraud"}),
        ("pl", "skierowania na szczepienia", {"covid-referral"}),
        ("pl", "upowaznic zone", {"authorise"}),
        ("pl", "ubezwłasnowolnionego brata", {"guardian-of-adult"}),
        ("pl", "niewidomej babci", {"accessibility"}),
        ("pl", "aplikacji w telefonie", {"app"}),
        ("pl", "kto ma dane osobowe", {"privacy", "wrong-entry"}),
        ("en", "where can I find the 12 digits", {"where-is-my-identifier"}),
        ("en", "my daughter is missing", {"where-is-my-child"}),
        ("en", "divorced, former husband", {"after-divorce"}),
        ("en", "scams", {"fraud"}),
        ("en", "foreign prescriptions", {"wrong-entry"}),
        ("en", "vaccinated, no referrals", {"covid-referral"}),
        ("en", "erase my data", {"privacy"}),
        ("uk", "чужого рецепта", {"wrong-entry"}),
        ("uk", "не бачу доньки", {"where-is-my-child"}),
        ("uk", "шахраї телефонують", {"fraud"}),
        ("uk", "направлень на щеплення", {"covid-referral"}),
        ("uk", "розлучення", {"after-divorce"}),
        ("uk", "загубила картку", {"identifier", "where-is-my-identifier", "when-to-call"}),
        ("uk", "недієздатного брата", {"guardian-of-adult"}),
        ("uk", "застосунку", {"app"}),
    ],
)  # fmt: skip
def test_search_finds_what_people_mean(language, asked, slug) -> None:
    hits = searching.find(asked, language)
    assert hits, asked
    assert hits[0].article.slug in slug, [hit.article.slug for hit in hits]


def test_search_answers_nothing_to_nonsense() -> None:
    assert searching.find("qwertyuiop zxcvbnm", "pl") == []
    assert searching.find("", "pl") == []
    assert searching.find("i w na", "pl") == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("pl", ("recepta", "recepty", "receptę", "recepcie", "receptami")),
        ("pl", ("dziecko", "dziecka", "dziecku")),
        ("pl", ("identyfikator", "identyfikatora", "identyfikatorem")),
        ("en", ("prescription", "prescriptions")),
        ("uk", ("рецепт", "рецепта", "рецептом")),
        ("uk", ("направлення", "направленням")),
    ],
)
def test_the_forms_of_a_word_are_alike(language, forms) -> None:
    first, *others = (stems.stem(form, language) for form in forms)
    assert all(stems.alike(first, other) for other in others), forms


@pytest.mark.parametrize("language", writing.LANGUAGES)
@pytest.mark.parametrize("slug", ["fraud", "identifier"])
def test_the_paper_is_tagged_and_knows_its_language(slug, language) -> None:
    pdf = paper.of(slug, language)
    catalog = re.search(rb"<</Type/Catalog.*?>>\nendobj", pdf, re.DOTALL)
    assert catalog
    assert b"/StructTreeRoot" in catalog[0]
    assert f"/Lang({language})".encode() in catalog[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_paper_names_the_portal_in_its_links(settings) -> None:
    settings.PORTAL_URL = "https://konto.example"
    assert paper._on_paper("/who-looked/") == "https://konto.example/who-looked/"
    assert paper._on_paper("https://x.example/") == "https://x.example/"


def test_there_is_no_article_of_an_unknown_name() -> None:
    with pytest.raises(NotFound):
        shelf.article("no-such", "pl")
    assert shelf.article("fraud", "de") == shelf.article("fraud", "pl")


def test_every_matter_with_an_article_is_a_matter_of_the_helpline() -> None:
    from zamiast.helpline import matters

    named = {matter for article in shelf.every("pl") for matter in article.matters}
    assert named == set(matters.CODES)
    assert all(shelf.for_matter(code, "uk") for code in matters.CODES)


def test_articles_are_values() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        shelf.article("fraud", "pl").title = "x"  # type: ignore[misc]
