"""What the page promises is what a job does."""

from __future__ import annotations

import pytest

from zamiast.audit import retention
from zamiast.config import schedule


def test_every_term_is_kept_by_a_job_that_runs() -> None:
    running = {
        periodic.task.name for periodic in schedule.app.periodic_registry.periodic_tasks.values()
    }
    for kept in retention.every("en"):
        assert (kept.days is None) == (kept.job is None), kept.code
        assert kept.job is None or kept.job in running, kept.code


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_every_language_has_every_word(language) -> None:
    for raw in retention._raw():
        assert all(raw[key][language].strip() for key in ("name", "why", "until")), raw["code"]


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        retention.kept_for("nothing")
    with pytest.raises(KeyError):
        retention.kept_for("log")
