"""Who may do what in the database: read from the catalogue, held against a reviewed file.

After a deliberate change: pytest tests/guards/test_database_roles.py --update-reviewed
"""

from pathlib import Path

import psycopg
import pytest

from tests.database import TEMPLATE
from zamiast.config.database import address, prepare

MATRIX = Path(__file__).with_name("database_matrix.txt")
RUNTIME = ("portal", "desk", "api", "worker", "importer", "vault")

PRIVILEGES = """
    SELECT CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || c.relname, r.rolname,
           string_agg(p.name || CASE
               WHEN has_table_privilege(r.oid, c.oid, p.name) THEN ''
               ELSE '(' || (SELECT string_agg(a.attname, ' ' ORDER BY a.attname)
                              FROM pg_attribute a
                             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                               AND has_column_privilege(r.oid, c.oid, a.attnum, p.name)) || ')'
               END, ', ' ORDER BY p.name)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN pg_roles r
      CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) p(name)
     WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace::regnamespace::text
           NOT IN ('pg_catalog', 'information_schema')
       AND r.rolname = ANY(%s)
       AND (has_table_privilege(r.oid, c.oid, p.name)
            OR (p.name IN ('SELECT', 'INSERT', 'UPDATE')
                AND has_any_column_privilege(r.oid, c.oid, p.name)))
     GROUP BY 1, 2 ORDER BY 1, 2
"""
SCHEMAS = """
    SELECT n.nspname, r.rolname FROM pg_namespace n CROSS JOIN pg_roles r
     WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
       AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND r.rolname = ANY(%s) ORDER BY 1, 2
"""
FUNCTIONS = """
    SELECT CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || p.proname, r.rolname
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace CROSS JOIN pg_roles r
     WHERE p.prosecdef AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
       AND r.rolname = ANY(%s) ORDER BY 1, 2
"""


def matrix(connection) -> str:
    roles = [address.role_name(role) for role in RUNTIME]
    tables = connection.execute(PRIVILEGES, [roles]).fetchall()
    schemas = connection.execute(SCHEMAS, [roles]).fetchall()
    functions = connection.execute(FUNCTIONS, [roles]).fetchall()
    lines = [f"{table}: {role.removeprefix('zamiast_')} {what}" for table, role, what in tables]
    lines += [f"schema {name}: {role.removeprefix('zamiast_')} USAGE" for name, role in schemas]
    lines += [f"{name}(): {role.removeprefix('zamiast_')} EXECUTE" for name, role in functions]
    return "\n".join(lines) + "\n"


def test_every_privilege_of_every_role_was_reviewed(database, connect, request):
    found = matrix(connect("owner"))
    if request.config.getoption("--update-reviewed"):
        MATRIX.write_text(found)
    assert found == MATRIX.read_text()


@pytest.mark.parametrize("role", RUNTIME)
def test_every_table_that_is_not_granted_refuses(database, connect, role):
    granted = {
        line.split(":")[0]
        for line in MATRIX.read_text().splitlines()
        if line.split(": ")[1].startswith(f"{role} ") and "SELECT" in line
    }
    owner, other = connect("owner"), connect(role)
    tables = owner.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'vault')"
    )
    refused = 0
    for schema, table in tables.fetchall():
        if (table if schema == "public" else f"{schema}.{table}") not in granted:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                other.execute(f'SELECT 1 FROM {schema}."{table}" LIMIT 1')
            refused += 1
    assert refused > 10


@pytest.mark.parametrize("role", address.ROLES)
def test_a_role_logs_in_with_its_own_secret_only(database, role):
    values = {**address.of_role(role).conninfo(), "dbname": database}
    psycopg.connect(**values).close()
    others = {address.role_password(other) for other in address.ROLES if other != role}
    for wrong in ("", "zamiast", *others):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**{**values, "password": wrong})


@pytest.mark.parametrize("role", address.ROLES)
def test_a_role_becomes_no_other(database, connect, role):
    connection = connect(role)
    for other in (*address.ROLES, None):
        name = "postgres" if other is None else address.role_name(other)
        if other != role:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {name}")


def test_no_role_is_a_member_of_another_or_more_than_plain(database, connect):
    owner = connect("owner")
    members = owner.execute(
        "SELECT m.member::regrole::text FROM pg_auth_members m"
        " WHERE m.member::regrole::text LIKE 'zamiast%'"
    )
    assert members.fetchall() == []
    special = owner.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'zamiast%' AND (rolsuper OR rolcreaterole"
        " OR rolcreatedb OR rolbypassrls OR rolreplication OR rolinherit)"
    )
    assert special.fetchall() == []


def test_no_runtime_role_makes_tables(database, connect):
    for role in RUNTIME:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(role).execute("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("role", address.ROLES)
@pytest.mark.parametrize(
    "call",
    ["lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')", "lo_put(1, 0, 'x')",
     "lowrite(1, 'x')", "lo_import('/etc/hostname')"],
)  # fmt: skip
def test_no_role_keeps_anything_in_large_objects(database, connect, role, call):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for func"):
        connect(role).execute(f"SELECT {call}")


@pytest.mark.parametrize("role", [role for role in RUNTIME if role != "vault"])
def test_no_other_role_enters_the_vault(database, connect, role):
    other = connect(role)
    for statement in (
        "SELECT 1 FROM vault.number",
        "INSERT INTO vault.budget VALUES ('match', now(), 0)",
        "SELECT * FROM vault.accounts_of('{1}')",
        "SET ROLE zamiast_vault",
        "SET SESSION AUTHORIZATION zamiast_vault",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute(statement)
    # Whatever a later grant on a table says: without the schema no name in it resolves.
    found = other.execute("SELECT has_schema_privilege(current_user, 'vault', 'USAGE')")
    assert found.fetchone() == (False,)


def test_the_vault_reads_nothing_outside_its_schema(database, connect):
    lines = [line for line in MATRIX.read_text().splitlines() if ": vault " in line]
    outside = [line for line in lines if not line.startswith(("vault.", "schema vault"))]
    assert outside == ["audit_write(): vault EXECUTE"]


def test_what_a_role_set_for_itself_is_gone_when_roles_are_prepared(template_database, connect):
    """A process that was taken over can change settings of its own role, for after it too."""
    connect("worker").execute("ALTER ROLE zamiast_worker SET application_name = 'left behind'")
    kept = (
        "SELECT setconfig::text FROM pg_db_role_setting WHERE setrole = 'zamiast_worker'::regrole"
    )
    assert "left behind" in connect("owner").execute(kept).fetchone()[0]
    prepare.prepare(template_database.administrator(), TEMPLATE)
    assert "left behind" not in connect("owner").execute(kept).fetchone()[0]
