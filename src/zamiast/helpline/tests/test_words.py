"""The file of word forms is written when a site starts, not when somebody waits for an answer."""

from __future__ import annotations

import sys

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
