"""The addresses of the two sites: the setting first, then the demo's note, then a default."""

import pytest

from zamiast.config import sites


@pytest.fixture(autouse=True)
def _an_installation_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("ZAMIAST_HOME", str(tmp_path))
    monkeypatch.delenv("ZAMIAST_DESK_URL", raising=False)
    monkeypatch.delenv("ZAMIAST_PORTAL_URL", raising=False)


def test_without_a_setting_they_are_on_this_machine():
    assert (sites.portal(), sites.desk()) == ("http://localhost:8000", "http://localhost:8001")


def test_a_setting_comes_before_what_the_demo_noted(monkeypatch):
    sites.note_desk("http://localhost:9001")
    assert sites.desk() == "http://localhost:9001"
    monkeypatch.setenv("ZAMIAST_DESK_URL", "https://desk.example/")
    assert sites.desk() == "https://desk.example"
