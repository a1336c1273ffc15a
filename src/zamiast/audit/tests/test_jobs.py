"""The worker runs its jobs under its own role, from the queue in PostgreSQL."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from tests import people

from zamiast.audit.models import Event
from zamiast.login.models import HolderSession, StaffSession


@pytest.fixture
def sessions(database):
    """One session that ran out and one that stands, on each site."""
    now = timezone.now()
    for number, expires in enumerate((now - datetime.timedelta(1), now + datetime.timedelta(1))):
        for model in (HolderSession, StaffSession):
            model.objects.create(session_key=f"key {number}", session_data="", expire_date=expires)


def work(database: str) -> None:
    environment = {**os.environ, "ZAMIAST_DATABASE_NAME": database}
    command = [sys.executable, "-m", "zamiast", "work", "--once"]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)


def test_the_worker_clears_sessions_and_proves_the_view(database, sessions):
    people.account()
    app.configure_task("clear_sessions").defer(timestamp=0)
    app.configure_task("prove_view_complete").defer(timestamp=0)
    work(database)
    assert list(HolderSession.objects.values_list("session_key", flat=True)) == ["key 1"]
    assert list(StaffSession.objects.values_list("session_key", flat=True)) == ["key 1"]
    assert Event.objects.get(what="log.view_proved").outcome == "complete"
    assert Event.objects.get(what="log.view_proved").written_by == "zamiast_worker"
