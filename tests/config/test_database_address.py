"""Where the database is, and the roles that log in to it."""

import hashlib
import hmac
from base64 import b64decode

import pytest

from zamiast.config.database import address, prepare
from zamiast.errors import Misconfigured


def test_without_a_url_the_embedded_server_is_meant(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert address.is_embedded()
    assert address.of_role("desk").user == "zamiast_desk"
    assert address.of_role("desk").host.endswith("/run")


def test_a_url_is_taken_apart_and_each_role_puts_its_own_name_in(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@db.example:6543/zam%20iast?sslmode=require")
    monkeypatch.setenv("ZAMIAST_DATABASE_PASSWORD_DESK", "geheim")
    found = address.of_role("desk")
    assert (found.host, found.port, found.name) == ("db.example", "6543", "zam iast")
    assert (found.user, found.password) == ("zamiast_desk", "geheim")
    assert found.options == (("sslmode", "require"),)
    assert found.environment()["PGSSLMODE"] == "require"


def test_a_url_of_one_role_wins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@db.example/zamiast")
    monkeypatch.setenv("DATABASE_URL_DESK", "postgresql://d:p%40ss@other.example/z")
    found = address.of_role("desk")
    assert (found.user, found.password, found.host) == ("d", "p@ss", "other.example")


def test_another_kind_of_database_is_refused():
    with pytest.raises(Misconfigured):
        address.parse("mysql://x@db.example/zamiast")


def test_parse_undoes_unparse():
    there = address.Address("/run/dir with space", "5433", "n/me", "us:er", "p@ss/w?rd")
    assert address.parse(address.unparse(there)) == there


def test_the_sql_for_an_administrator_holds_verifiers_not_secrets():
    text = "\n".join(prepare.statements())
    for role in address.ROLES:
        assert f"zamiast_{role}" in text
        assert address.role_password(role) not in text
    assert "SCRAM-SHA-256$4096:" in text


def test_the_verifier_is_the_one_of_rfc_5803():
    kind, numbers, keys = prepare.scram("pencil").split("$")
    rounds, salt = numbers.split(":")
    salted = hashlib.pbkdf2_hmac("sha256", b"pencil", b64decode(salt), int(rounds))
    stored, server = (b64decode(part) for part in keys.split(":"))
    client = hmac.digest(salted, b"Client Key", "sha256")
    assert kind == "SCRAM-SHA-256"
    assert stored == hashlib.sha256(client).digest()
    assert server == hmac.digest(salted, b"Server Key", "sha256")


def test_nobody_is_trusted_by_the_embedded_server(template_database):
    rules = (template_database.data / "pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in rules if line and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_the_server_listens_on_its_socket_only(template_database, connect):
    owner = connect("owner")
    assert owner.execute("SHOW listen_addresses").fetchone() == ("",)
    assert owner.execute("SHOW log_parameter_max_length_on_error").fetchone() == ("0",)
