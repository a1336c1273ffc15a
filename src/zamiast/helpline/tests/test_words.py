"""The file of word forms is written when a site starts, not when somebody waits for an answer."""

from __future__ import annotations

import sys

import pytest

from zamiast.helpline import words


def test_a_site_that_starts_has_the_file_written_once(settings, tmp_path, monkeypatch) -> None:
    settings.WORDS = tmp_path
    begun: list[list[str]] = []
    monkeypatch.setattr(words.subprocess, "Popen", lambda command, **_: begun.append(command))
    words.begin()
    assert begun == [[sys.executable, "-m", "zamiast.helpline.words", str(words.place())]]
    words.place().write_bytes(b"")
    words.begin()
    assert len(begun) == 1


def test_a_site_serves_only_when_the_file_is_there(settings, tmp_path, monkeypatch, capfd) -> None:
    """The first note of the day waited for it, and with it the consultant and the caller."""
    settings.WORDS = tmp_path
    slow = "import pathlib, sys, time; time.sleep(0.3); pathlib.Path(sys.argv[1]).touch()"
    monkeypatch.setattr(words, "_writing", lambda path: [sys.executable, "-c", slow, str(path)])
    words.wait()
    assert words.place().exists()
    assert "once" in capfd.readouterr().err
    words.wait()
    assert capfd.readouterr().err == ""


def test_a_stem_is_letters_and_digits_whatever_the_dictionary_writes() -> None:
    """The dictionary has na_przykład for np, and a search for it ended in an error."""
    for word in ("np", "itd", "itp", "etc", "ds", "e-mail", "dr", "COVID-19"):
        assert words.reduced(word).isalnum(), word
    assert words.stems("np. itd.") == sorted({words.reduced("np"), words.reduced("itd")})


def test_abbreviations_are_searched_for(at_desk, consultant) -> None:
    at = at_desk(consultant)
    at.take_call()
    case = at.open_case(note="Prosi o zaświadczenie itp.")
    found = at.client.post("/case/", {"number": "itp"})
    assert found.status_code == 200
    assert str(case) in found.content.decode()


@pytest.mark.parametrize(
    "forms",
    [
        "konto kontem kont kontach",
        "dziecko dzieci dziećmi dziecku dziecmi",
        "mąż mężem męża",
        "ręka ręce rąk rece",
        "skierowanie skierowań skierowaniami skierowania",
        "rozwód rozwodzie rozwodu rozwod",
        "ludźmi ludzmi ludziom",
        "pieniędzmi pieniedzmi pieniądze",
        "córka córce córek",
        "zgubił zgubiła zgubienie",
        "aplikacja aplikacji aplikacją",
        "podopieczny podopiecznego podopiecznym",
        "лікар лікаря лікарем",
        "referral referrals",
    ],
)
def test_every_form_of_a_word_finds_the_others(forms: str) -> None:
    assert len({words.reduced(one) for one in forms.split()}) == 1
