"""Static files are gathered by whichever site starts first, and left alone by the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GATHER = "from zamiast.cli.serve import collect_static; collect_static()"


def gather(home: Path) -> dict[Path, tuple[int, int]]:
    """Gather as a starting site does; every file with its inode and time of writing."""
    names = {"ZAMIAST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "zamiast.config.settings.portal"}
    subprocess.run([sys.executable, "-c", GATHER], check=True, env={**os.environ, **names})
    files = (path for path in (home / "static").rglob("*") if path.is_file())
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_the_next_site_writes_nothing_anew(tmp_path):
    """Writing anew would take files away for a moment, while the first site reads them."""
    first = gather(tmp_path)
    assert len(first) > 100
    assert gather(tmp_path) == first


def test_what_changed_is_gathered_again(tmp_path):
    first = gather(tmp_path)
    (tmp_path / "static.lock").write_text("of an older version", encoding="ascii")
    manifest = tmp_path / "static" / "staticfiles.json"
    assert gather(tmp_path)[manifest] != first[manifest]


def test_a_folder_that_was_emptied_is_filled(tmp_path):
    first = gather(tmp_path)
    (tmp_path / "static" / "staticfiles.json").unlink()
    assert gather(tmp_path).keys() == first.keys()
