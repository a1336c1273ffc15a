"""The JavaScript twin finds the same plain writings as the guard."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULE = ROOT / "src/zamiast/web/static/web/js/pesel.js"
VECTORS = json.loads((ROOT / "tests/vectors/pesel-plain.json").read_text())
NODE = shutil.which("node")

RUN = """
import { readFileSync } from "node:fs";
const code = readFileSync(process.argv[1], "utf8");
const encoded = Buffer.from(code).toString("base64");
const { findPlain } = await import("data:text/javascript;base64," + encoded);
const { texts, today } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(({ text }) => findPlain(text, new Date(today)))));
"""


def find_plain(texts):
    command = [NODE, "--input-type=module", "-e", RUN, str(MODULE)]
    given = json.dumps({"texts": texts, "today": VECTORS["today"]}).encode()
    return json.loads(subprocess.run(command, input=given, check=True, capture_output=True).stdout)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_twin_agrees_with_the_shared_vectors():
    found = find_plain(VECTORS["texts"])
    assert found == [row["spans"] for row in VECTORS["texts"]]


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_twin_is_linear():
    pieces = ("1", "1 ", "12345678901 ", "a1", "+48 ")
    assert len(find_plain([{"text": piece * 100_000} for piece in pieces])) == len(pieces)
