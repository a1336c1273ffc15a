"""The command line says in a sentence what an operator can put right."""

import psycopg
import pytest
from django import db
from psycopg import errors

from zamiast import cli


def failing(monkeypatch, error):
    def run(_):
        raise error

    monkeypatch.setattr("zamiast.cli.database.start", run)
    return cli.main(["database", "start"])


@pytest.mark.parametrize("kind", [psycopg.OperationalError, db.OperationalError])
def test_a_database_out_of_reach_is_a_sentence_without_secrets(monkeypatch, capsys, kind):
    assert failing(monkeypatch, kind("password of db.example")) == 1
    said = capsys.readouterr().err
    assert "cannot be reached" in said
    assert "db.example" not in said
    assert "Traceback" not in said


def test_another_failure_of_the_database_is_not_called_so(monkeypatch):
    with pytest.raises(errors.DeadlockDetected):
        failing(monkeypatch, errors.DeadlockDetected())


def test_a_code_without_a_running_demo_says_where_none_runs(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("ZAMIAST_HOME", str(tmp_path))
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("zamiast.login.models.User.objects.filter", failing_filter, raising=True)
    assert cli.main(["demo", "code", "anna"]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path) in said
    assert "ZAMIAST_HOME" in said


def failing_filter(**_):
    raise db.OperationalError("connection refused")


def test_trying_the_mail_server_says_that_none_is_set(monkeypatch, capsys, settings):
    settings.EMAIL_HOST = ""
    monkeypatch.setattr("django.setup", lambda: None)
    assert cli.main(["mail", "test", "me@example.com"]) == 1
    assert "ZAMIAST_SMTP_HOST" in capsys.readouterr().err
