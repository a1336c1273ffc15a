"""An operator's folder over the shipped scripts, and mistakes named by file, line and path."""

import os
import shutil

import pytest

from zamiast.helpline import matters
from zamiast.helpline.scripts import library, reading, schema


@pytest.fixture
def folder(tmp_path, settings):
    """An operator's own folder, empty."""
    settings.SCRIPTS = str(tmp_path)
    library.forget()
    yield tmp_path
    library.forget()


def copied(folder, code, *changes):
    """A shipped script in the folder, with pieces of its text exchanged."""
    path = folder / f"{code}.yaml"
    shutil.copy(library.SHIPPED / path.name, path)
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    library.forget()
    return path


def said(folder):
    return [str(problem) for problem in library.read_folder(folder).problems]


def test_an_own_script_replaces_the_shipped_one(folder):
    copied(folder, "e_services", ("Pomoc w korzystaniu z e-usług", "Pomoc z e-usługami"))
    assert matters.name("e_services", "pl") == "Pomoc z e-usługami"
    assert library.current().scripts["e_services"].is_own
    assert matters.name("wrong_data", "pl") == "Moje dane są błędne"


def test_a_changed_file_counts_soon_and_a_broken_one_leaves_what_counted(folder, monkeypatch):
    path = copied(folder, "e_services", ("Pomoc w korzystaniu z e-usług", "Pierwsza"))
    assert matters.name("e_services", "pl") == "Pierwsza"
    monkeypatch.setattr(library, "LOOK_EVERY", 0.0)
    library._own.next_look = 0.0
    path.write_text(path.read_text("utf-8").replace("Pierwsza", "Druga"), "utf-8")
    os.utime(path, (1, 1))
    assert matters.name("e_services", "pl") == "Druga"
    path.write_text("script: [", "utf-8")
    assert matters.name("e_services", "pl") == "Druga"
    assert library.current().problems
    path.unlink()
    assert matters.name("e_services", "pl") == "Pomoc w korzystaniu z e-usług"


def test_a_new_matter_is_added_and_two_of_one_number_are_refused(folder):
    copied(
        folder, "e_services", ("script: e_services", "script: own"), ("number: 6", "number: 40"),
        ("fields: [name, account_used]\n", ""),
    )  # fmt: skip
    (folder / "e_services.yaml").rename(folder / "own.yaml")
    library.forget()
    assert matters.codes()[-1] == "own"
    text = (folder / "own.yaml").read_text("utf-8").replace("number: 40", "number: 7")
    (folder / "own.yaml").write_text(text, "utf-8")
    library.forget()
    assert "own" not in matters.codes()
    assert "number 7 is taken by" in str(library.current().problems[0])


@pytest.mark.parametrize(
    ("old", "new", "path", "sentence"),
    [
        ("number: 12", "number: twelve", "number", "Expected int, got str"),
        ("start: now", "start: then", "start", "there is no step then"),
        ("go: waiting}", "go: nowhere}", "steps.now", "leads to nowhere, which is no step"),
        ("go: secrets_told}", "go: now}", "steps.waiting", "leads back to now"),
        ("case: close", "case: keep", "steps.callback.end.case", "Invalid enum value"),
        ("who: [holder]", "who: [mayor]", "steps.callback.end.who[0]", "Invalid enum value"),
        ("Co się stało?", "Jaki jest Pani PESEL?", "steps.now.ask.pl", "never asks for"),
        ("What happened?", "What is your date of birth?", "steps.now.ask.en", "never asks for"),
        ('uk: "Що сталося?"', 'uk: ""', "steps.now.ask", "the text in uk is missing or empty"),
        ("Co się stało?", "Co i/lub kto?", "steps.now.ask.pl", "a slash cannot be read out"),
        ("keep: true", "keeps: true", "steps.now", "unknown field"),
        ("script: was_it_you", "script: other", "script", "the file is called was_it_you"),
        ("version: 2", "version: 2\nversion: 3", "", "twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_path(tmp_path, old, new, path, sentence):
    copied(tmp_path, "was_it_you", (old, new))
    text = (tmp_path / "was_it_you.yaml").read_text("utf-8")
    problems = library.read_folder(tmp_path).problems
    found = [one for one in problems if one.path.startswith(path) and sentence in one.sentence]
    assert found, problems
    assert found[0].file == "was_it_you.yaml"
    assert 1 <= found[0].line <= text.count("\n") + 1


def test_the_line_is_that_of_the_mistake(tmp_path):
    file = copied(tmp_path, "was_it_you", ("Co się stało?", "Jaki PESEL?"))
    line = (
        file.read_text("utf-8")
        .splitlines()
        .index(next(one for one in file.read_text("utf-8").splitlines() if "Jaki PESEL?" in one))
    )
    assert [one.line for one in library.read_folder(tmp_path).problems] == [line + 1]


def test_answers_that_the_rules_do_not_know_are_refused(tmp_path):
    copied(tmp_path, "child_account", ("      guardian: {text", "      king: {text"))
    assert "steps.relation.options.king: the rules know no such answer" in said(tmp_path)[0]


def test_a_step_that_nobody_reaches_and_a_pesel_are_refused(tmp_path):
    copied(tmp_path, "staff_patient", ("go: urgent}", "go: record}"), ("own entry", "44051401458"))
    found = " ".join(said(tmp_path))
    assert "steps.urgent: no way leads to this step" in found
    assert "holds a PESEL" in found


def test_a_script_comes_back_from_its_content_as_it_was():
    for one in library.shipped().scripts.values():
        again = schema.read(one.content)
        assert library.loaded(again).digest == one.digest
        for code, step in one.script.steps.items():
            assert list(again.steps[code].options) == list(step.options)  # each has its key


@pytest.mark.parametrize(
    "text", ["", "[]", "a: &x 1\nb: *x", "\ta: 1", "a: 1\na: 2", "x" * 300_000]
)
def test_nonsense_is_refused(tmp_path, text):
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    assert library.read_folder(tmp_path).problems
    with pytest.raises(reading.Unreadable):
        reading.script_in(tmp_path / "x.yaml")
