"""The browser says what the server says: the same sentence for the same number."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from zamiast.helpline.desk import wording
from zamiast.pure import identifier
from zamiast.pure.numerals.pesel import is_well_formed

PACKAGE = Path(__file__).parents[2]
node = pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine")


def slips():
    """Numbers as they are misheard: a digit, an exchange, groups, two digits, too few, too many."""
    dice = random.Random(417)
    for _ in range(60):
        number = identifier.generate()
        place = dice.randrange(11)
        yield number
        yield number[:place] + str(dice.randrange(10)) + number[place + 1 :]
        yield number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        yield number[3:6] + number[:3] + number[6:]
        yield f"{dice.randrange(10**11, 10**12)}"
        yield number[:place] + number[place + 1 :]
        yield f"{number[:place]}{dice.randrange(10)}{number[place:]}"
    yield next(str(n) for n in range(44051400000, 44051499999) if is_well_formed(str(n)))
    yield "dwa"


@node
def test_the_sheet_in_the_browser_and_the_server_agree(tmp_path):
    (tmp_path / "web/js").mkdir(parents=True)
    (tmp_path / "helpline").mkdir()
    shutil.copy(PACKAGE / "web/static/web/js/identifier.js", tmp_path / "web/js")
    shutil.copy(PACKAGE / "helpline/static/helpline/identify.js", tmp_path / "helpline")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    numbers = list(slips())
    with translation.override("en"):
        words = wording.words()
        server = [wording.heard(number) for number in numbers]
    code = f"""
        import {{ judge, explain }} from "{tmp_path.as_uri()}/helpline/identify.js";
        const words = {json.dumps(words)};
        console.log(JSON.stringify({json.dumps(numbers)}.map((text) => {{
          const verdict = judge(text, words);
          return verdict.kind === "" ? explain(text, words) : verdict;
        }})));
    """
    command = ["node", "--input-type=module", "--eval", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    browser = json.loads(done.stdout)
    for number, here, there in zip(numbers, server, browser, strict=True):
        if here is None:
            assert there["kind"] == "good", number
        else:
            assert (there["kind"], there["text"], there.get("why", "")) == (
                here.kind, here.text, here.why), number  # fmt: skip
