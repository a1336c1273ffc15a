"""The shared vectors, in Python and in JavaScript."""

import json
import shutil
import subprocess
from pathlib import Path

import make_vectors
import pytest
from make_vectors import FILE, vector

SCRIPT = Path(__file__).parents[3] / "src/zamiast/web/static/web/js/identifier.js"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))

ANSWER_ALL = """
import { readFileSync } from "node:fs";
import * as identifier from "./identifier.mjs";
const answers = JSON.parse(readFileSync(0, "utf-8")).map(({ name, input }) => ({
  name,
  input,
  compact: identifier.compact(input),
  format: identifier.format(input),
  valid: identifier.isValid(input),
  looks_like_pesel: identifier.looksLikePesel(input),
  diagnosis: identifier.diagnose(input),
}));
console.log(JSON.stringify(answers));
"""


def test_there_are_enough_and_all_slips_among_them():
    assert len(VECTORS) >= 300
    assert {one["made"]["slip"] for one in VECTORS if "made" in one} == set(make_vectors.ALL)


def test_the_file_is_what_its_script_makes():
    assert FILE.read_text(encoding="utf-8") == make_vectors.content()


@pytest.mark.parametrize("expected", VECTORS, ids=lambda one: ascii(one["name"]))
def test_python(expected):
    made = {"made": expected["made"]} if "made" in expected else {}
    assert vector(expected["name"], expected["input"], **made) == expected


def test_the_slip_that_was_made_is_named():
    for one in VECTORS:
        if "made" in one and not one["looks_like_pesel"]:
            assert any(
                entry["slip"] == one["made"]["slip"]
                and set(entry["groups"]) >= set(one["made"]["groups"])
                for entry in one["diagnosis"]
            )


def test_javascript(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: identifier.js was not compared")
    # The name .mjs tells node of every age that this is a module.
    shutil.copy(SCRIPT, tmp_path / "identifier.mjs")
    (tmp_path / "answer.mjs").write_text(ANSWER_ALL, encoding="utf-8")
    answer = subprocess.run(
        [node, "answer.mjs"],
        cwd=tmp_path,
        input=json.dumps(VECTORS),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    expected = [{key: one[key] for key in one if key != "made"} for one in VECTORS]
    assert json.loads(answer.stdout) == expected


def test_javascript_gives_no_candidate_away_and_needs_no_loose_policy():
    script = SCRIPT.read_text(encoding="utf-8")
    for forbidden in ("eval(", "new Function", "innerHTML", "document.", "fetch(", "import "):
        code = "\n".join(line for line in script.splitlines() if not line.startswith(" *"))
        assert forbidden not in code
