"""The two small scripts of the identifier's page, run by Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "static" / "portal" / "js"
node = pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine")


def run(code: str) -> str:
    """Run a module that imports from the portal's scripts."""
    command = ["node", "--input-type=module", "--eval", code.replace("@", SCRIPTS.as_uri())]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@node
def test_the_voice_speaks_the_pages_language_or_none() -> None:
    said = run("""
        import { voiceFor } from "@/speak.js";
        const voices = [
          { name: "a", lang: "en-US", default: true },
          { name: "b", lang: "pl_PL", localService: false },
          { name: "c", lang: "pl-PL", localService: true },
        ];
        console.log(voiceFor(voices, "pl").name, voiceFor(voices, "en").name,
          voiceFor(voices, "uk"), voiceFor([], "pl"));
    """)
    assert said == "c a null null"


@node
def test_copying_says_so_and_takes_it_back() -> None:
    said = run("""
        import { copy } from "@/copy.js";
        const label = { textContent: "Copy" };
        const button = { dataset: { copy: "950120144483", copied: "Copied" },
                         querySelector: () => label };
        const clipboard = { written: [], async writeText(text) { this.written.push(text); } };
        const waiting = [];
        const later = (run) => waiting.push(run);
        await copy(button, clipboard, later);
        await copy(button, clipboard, later);
        const during = label.textContent;
        waiting.forEach((run) => run());
        console.log(during, label.textContent, clipboard.written.join());
    """)
    assert said == "Copied Copy 950120144483,950120144483"
