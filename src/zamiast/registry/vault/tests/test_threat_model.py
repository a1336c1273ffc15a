"""The threat model names the test behind each claim: every one of them exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[5]


def test_every_test_that_the_threat_model_names_exists():
    told = (ROOT / "docs" / "explanation" / "threat-model.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", told))
    files = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("src/**/tests/test_*.py")]
    defined = {
        name
        for file in files
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    assert len(named) > 20
    assert named - defined == set()
