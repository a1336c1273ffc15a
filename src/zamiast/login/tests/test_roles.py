"""What each site's database role can see of the logins: its own people only."""

import psycopg
import pytest
from tests import people


@pytest.fixture
def both(database):
    return people.holder(), people.consultant()


def test_each_site_sees_its_own_people_and_their_factors_only(both, connect):
    for role, user in (("portal", both[0]), ("desk", both[1])):
        rows = connect(role).execute("SELECT id FROM login_user").fetchall()
        assert rows == [(user.pk,)]
        rows = connect(role).execute("SELECT user_id FROM mfa_authenticator").fetchall()
        assert rows == [(user.pk,)]


REFUSED = [
        ("portal", "SELECT * FROM login_staffsession"),
        ("portal", "SELECT * FROM login_cache_desk"),
        ("desk", "SELECT * FROM login_holdersession"),
        ("desk", "SELECT * FROM login_cache_portal"),
        ("desk", "UPDATE login_user SET role = 'supervisor'"),
        ("desk", "UPDATE login_user SET is_active = true"),
        ("desk", "UPDATE login_user SET kind = 'holder'"),
        ("desk", "INSERT INTO login_invitation (user_id, digest, created_at, expires_at)"
                 " VALUES (1, '', now(), now())"),
        ("desk", "UPDATE login_invitation SET expires_at = now()"),
        ("desk", "DELETE FROM login_user"),
        ("worker", "SELECT session_data FROM login_staffsession"),
        ("worker", "SELECT password FROM login_user"),
        ("worker", "SELECT id FROM login_user"),
        ("portal", "SELECT * FROM django_content_type"),
        ("desk", "SELECT * FROM django_migrations"),
        ("importer", "SELECT * FROM login_user"),
    ]  # fmt: skip


def test_what_a_role_must_not_do_is_refused(both, connect):
    for role, statement in REFUSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(role).execute(statement)


def test_a_site_cannot_touch_the_other_sites_people(both, connect):
    _, consultant = both
    portal = connect("portal")
    done = portal.execute("UPDATE login_user SET password = 'x' WHERE id = %s", [consultant.pk])
    assert done.rowcount == 0
    done = portal.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [consultant.pk])
    assert done.rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
            " VALUES (%s, 'webauthn', '{}', now())",
            [consultant.pk],
        )


def test_the_database_refuses_logins_that_cannot_be(database, connect):
    for values in (
        "('Anna', 'holder', NULL, NULL)",
        "('anna', 'staff', NULL, NULL)",
        "('anna', 'holder', 'consultant', NULL)",
        "('k', 'staff', 'consultant', '417')",
        "('k', 'staff', 'director', 'K-1')",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            connect("owner").execute(
                "INSERT INTO login_user (username, kind, role, k_number, password, language,"
                " is_active, created_at) SELECT v.*, '', 'pl', true, now()"
                f" FROM (VALUES {values}) v(a, b, c, d)"
            )
