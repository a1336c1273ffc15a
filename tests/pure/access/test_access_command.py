"""``zamiast access``: what goes in, what comes out, which exit code."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from zamiast.cli import main
from zamiast.cli.access import AccessFile
from zamiast.pure.access.reading import read
from zamiast.pure.access.schema import schema_of

VECTORS = Path(__file__).parents[2] / "vectors" / "access"
PENDING = VECTORS / "NOT_PUBLISHED_YET.json"


def run(capsys, *arguments):
    code = main(["access", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_explains_in_polish_by_default(capsys):
    code, out, _ = run(capsys, "explain", PENDING, "--at", "2026-11-23")
    assert code == 0
    assert "najpóźniej 13 grudnia 2026 r." in out
    assert "Źródło: NFZ" in out


def test_explains_for_programs(capsys):
    code, out, _ = run(capsys, "explain", PENDING, "--json", "--lang", "en")
    answer = json.loads(out)
    assert code == 0
    assert answer["day"] == "2026-11-23"
    assert answer["allowed"] is False
    assert answer["reasons"][0]["code"] == "NOT_PUBLISHED_YET"


def test_a_consultant_at_level_0_is_told_nothing(capsys):
    _, out, _ = run(capsys, "explain", PENDING, "--for", "consultant", "--json")
    answer = json.loads(out)
    assert answer["allowed"] is None
    assert len(answer["reasons"]) == 1


def test_a_moment_is_taken_in_warsaw(capsys):
    turned = VECTORS / "TURNED_18.json"
    for at, allowed in (("2026-11-22T22:59:59+00:00", True), ("2026-11-22T23:00:00+00:00", False)):
        _, out, _ = run(capsys, "explain", turned, "--at", at, "--json")
        assert json.loads(out)["allowed"] is allowed
    _, out, _ = run(capsys, "explain", turned, "--at", "2026-11-23T00:00", "--json")
    assert json.loads(out)["allowed"] is False


def test_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(PENDING.read_text(encoding="utf-8")))
    assert run(capsys, "explain", "-")[0] == 0


def test_prints_a_timeline(capsys):
    code, out, _ = run(capsys, "timeline", PENDING, "--years", "10", "--lang", "en")
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "23 November 2026: No, you cannot do this now.",
        "13 December 2026: No, you cannot do this now.",
        "1 June 2033: No, you cannot do this now.",
    ]
    assert json.loads(run(capsys, "timeline", PENDING, "--json")[1])["timeline"]


QUESTION = '"question": {"actor": "a", "account": "b", "want": "c"}'
NUMBER = "12345678901"
BAD = {
    "not JSON": ("{", "FILE is not JSON (line 1)"),
    "endless number": ("1" * 5000, "FILE is not JSON"),
    "too deep": ("[" * 100_000, "FILE is not JSON"),
    "a list": ("[]", "the input must be an object with named fields"),
    "nothing": ("{}", "facts is missing"),
    "unknown want": ('{"facts": {}, ' + QUESTION + "}", "question.want must be one of log_in,"),
    "impossible date": (
        '{"facts": {"holder": {"ref": "a", "born": "2015-02-30"}}, "question": {}}',
        "facts.holder.born must be a date such as 2026-11-23",
    ),
    "far date": (
        '{"facts": {"holder": {"ref": "a", "born": "9999-12-31"}}, "question": {}}',
        "facts.holder.born must be a date such as 2026-11-23, between 1850 and 2199",
    ),
    "number": (
        '{"facts": {"holder": {"ref": ' + NUMBER + '}}, "question": {}}',
        "facts.holder.ref must be text",
    ),
    "unknown field": (
        '{"facts": {"grants": [{"' + NUMBER + '": 1}]}, "question": {}}',
        "facts.grants[0] has an unknown field; the known ones are to, by,",
    ),
    "no list": (
        '{"facts": {"grants": {}}, "question": {}}',
        "facts.grants must be a list",
    ),
    "not yes or no": (
        '{"facts": {"holder": {"ref": "a", "unable_to_log_in": 1}}, "question": {}}',
        "facts.holder.unable_to_log_in must be true or false",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_is_named_by_field_and_never_repeated(capsys, tmp_path, text, sentence):
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "explain", file)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert NUMBER not in err


def test_a_missing_file_is_named(capsys, tmp_path):
    code, _, err = run(capsys, "explain", tmp_path / "none.json")
    assert code == 2
    assert "there is no such FILE" in err


def test_a_bad_day_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as stop:
        run(capsys, "explain", PENDING, "--at", "tomorrow")
    assert stop.value.code == 2


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: path.stem)
def test_the_schema_knows_every_field_of_the_examples(path):
    schema = schema_of(AccessFile, "access")
    data = json.loads(path.read_text(encoding="utf-8"))
    read(AccessFile, data)
    known = schema["$defs"]["Facts"]["properties"]
    assert set(data["facts"]) <= set(known)


def test_starts_without_the_framework():
    probe = (
        "import sys; from zamiast.cli import main; "
        f"main(['access', 'explain', {str(PENDING)!r}]); "
        "assert 'django' not in sys.modules and 'socket' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True)
