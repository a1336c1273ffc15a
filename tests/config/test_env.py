"""What the environment says, and secrets made once."""

import stat

import pytest

from zamiast.config import env
from zamiast.errors import Misconfigured


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZAMIAST_HOME", str(tmp_path))
    return tmp_path


def test_a_secret_is_made_once_and_is_for_its_owner_only(home):
    first = env.secret("ZAMIAST_SECRET_KEY")
    assert env.secret("ZAMIAST_SECRET_KEY") == first
    assert len(first) >= 43  # 256 bits
    assert stat.S_IMODE((home / "secrets" / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700


def test_a_given_secret_wins_and_nothing_is_kept(home, monkeypatch):
    monkeypatch.setenv("ZAMIAST_SECRET_KEY", "given")
    assert env.secret("ZAMIAST_SECRET_KEY") == "given"
    assert not (home / "secrets").exists()


def test_a_secret_may_stand_in_a_file(home, monkeypatch):
    (home / "file").write_text("from a file\n")
    monkeypatch.setenv("ZAMIAST_SECRET_KEY_FILE", str(home / "file"))
    assert env.secret("ZAMIAST_SECRET_KEY") == "from a file"


def test_a_missing_file_is_named(home, monkeypatch):
    monkeypatch.setenv("ZAMIAST_SECRET_KEY_FILE", "/nowhere/at-all")
    with pytest.raises(Misconfigured) as caught:
        env.secret("ZAMIAST_SECRET_KEY")
    assert "ZAMIAST_SECRET_KEY_FILE" in caught.value.sentence
    assert "/nowhere/at-all" in caught.value.sentence


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("yes", True), ("0", False)])
def test_switches(monkeypatch, value, meant):
    monkeypatch.setenv("ZAMIAST_DEMO", value)
    assert env.flag("ZAMIAST_DEMO") is meant
