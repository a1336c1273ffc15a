"""``zamiast vault``: keys, operators, and the one way to see a national number."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from typing import TYPE_CHECKING

from zamiast.errors import BadInput, Conflict, Misconfigured, NotAllowed, NotFound

if TYPE_CHECKING:
    from zamiast.registry.vault.client import Revealed, Vault
    from zamiast.registry.vault.keys import Keyring, Source

HELP = "National numbers: keys, operators, and the one way to see a number"

TEACH = """\
examples:
  zamiast vault new-keys                    make the first keys (once, before the first start)
  zamiast serve vault                       the process itself
  zamiast vault status                      does it run, with which keys
  zamiast vault enroll-operator jan         who may see numbers: scan, then type a first code
  zamiast vault reveal '950 120 144 483' --operator jan --reason 'court order II K 7/26'
  zamiast vault new-keys --add encryption   a newer key; the process reads it by itself
  zamiast vault rotate-keys                 bring all rows to the newest keys, and verify them

settings (each also as NAME_FILE):
  ZAMIAST_VAULT_KEYS                encryption keys: id:base64url, one a line, the newest first
  ZAMIAST_VAULT_FINGERPRINT_KEYS    fingerprint keys, in the same form
  ZAMIAST_VAULT_KEYS_FOLDER         where both are when neither is set (ZAMIAST_HOME/vault-keys)
  ZAMIAST_VAULT_SOCKET, _GROUP      where the process listens, and which group may reach it
  ZAMIAST_VAULT_TOKEN_IMPORTER      what a caller proves itself with; also _PORTAL, _OPERATOR

More: docs/how-to/vault.md
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = TEACH
    commands = parser.add_subparsers(title="subcommands", metavar="WHAT", required=True)

    make = commands.add_parser("new-keys", help="make keys, or add newer ones")
    make.add_argument("--add", choices=("encryption", "fingerprint", "both"),
                      help="put a new key on top of the keys that are there")  # fmt: skip
    make.set_defaults(run=new_keys)

    rotate = commands.add_parser("rotate-keys", help="bring all rows to the newest keys")
    rotate.add_argument("--encryption", action="store_true", help="encryption keys only")
    rotate.add_argument("--fingerprint", action="store_true", help="fingerprint keys only")
    rotate.add_argument("--batch", type=int, default=500, help="rows in one transaction (500)")
    rotate.set_defaults(run=rotate_keys)

    check = commands.add_parser("verify", help="open every row and compare its fingerprint")
    check.set_defaults(run=verify)

    show = commands.add_parser("reveal", help="show the numbers of a person; the holder sees it")
    show.add_argument("person", help="account identifier, or the person's number in the registry")
    show.add_argument("--reason", required=True, help="why; stored in the log")
    show.add_argument("--operator", required=True, help="who you are")
    show.add_argument("--json", action="store_true", help="print JSON, also into a file or pipe")
    show.set_defaults(run=reveal)

    enroll = commands.add_parser("enroll-operator", help="let somebody see numbers")
    enroll.add_argument("name")
    enroll.add_argument("--role", choices=("operator", "dpo"), default="operator")
    enroll.add_argument("--by", default="", help="an operator who is there already")
    enroll.set_defaults(run=enroll_operator)

    revoke = commands.add_parser("revoke-operator", help="take that right away")
    revoke.add_argument("name")
    revoke.add_argument("--by", required=True, help="an operator (also the same one)")
    revoke.set_defaults(run=revoke_operator)

    reset = commands.add_parser("reset-operators", help="all devices are lost: needs the keys")
    reset.set_defaults(run=reset_operators)

    status_ = commands.add_parser("status", help="does the vault run, with which keys")
    status_.set_defaults(run=status)


def new_keys(options: argparse.Namespace) -> int:
    """Make the first keys, or put newer ones on top."""
    from zamiast.config import vault as config
    from zamiast.registry.vault import keys, startup

    if not options.add:
        made = startup.make_keys(config.keys_folder())
        if not made:
            raise Conflict(
                "vault.keys_exist",
                f"There are keys in {config.keys_folder()}. A newer one is made with --add.",
            )
        print(f"Made {' and '.join(str(path) for path in made)}.")
        print("Copy them to a safe place apart from the database and its backups. Without them")
        print("no number can ever be read again; with them and a backup everybody can read all.")
        return 0
    for kind in keys.KINDS if options.add == "both" else (options.add,):
        file = config.keys_file(kind)
        if file is None:
            raise Misconfigured(
                "vault.keys_in_environment",
                f"{config.SETTINGS[kind]} holds the keys itself. Put keys in a file, or put a new"
                " line first there yourself and start the vault anew.",
            )
        added = keys.new_key()
        keys.write_file(file, (added, *keys.parse(keys.Source(file=file).read(), kind)))
        print(f"Added the {kind} key {added.id} on top of {file}.")
    print("The vault writes with it from its next request on. Now: zamiast vault rotate-keys")
    return 0


def rotate_keys(options: argparse.Namespace) -> int:
    """Rotate, verify, and say which keys may go."""
    ring = keyring().current()
    from zamiast.registry.vault import rotation

    _refuse_stale_server(ring.encryption[0].id, ring.fingerprint[0].id)
    both = options.encryption == options.fingerprint
    result = rotation.rotate(
        ring, _tell, encryption=options.encryption or both,
        fingerprint=options.fingerprint or both, batch=max(1, min(options.batch, 10_000)),
    )  # fmt: skip
    print(f"Done: {result.resealed} rows sealed anew, {result.fingerprinted} fingerprinted anew,"
          f" {result.verified} opened and compared.")  # fmt: skip
    for name in result.removable:
        print(f"May be removed from its file: {name}")
    if result.removable:
        print("Keep removed keys with the backups of their time, apart from them: those need them.")
    return 0


def verify(_: argparse.Namespace) -> int:
    """Open every row and compare its fingerprint."""
    ring = keyring().current()
    from zamiast.registry.vault import rotation

    count = rotation.verify(ring, _tell)
    print(f"All {count} rows open and are found.")
    return 0


def _tell(stage: str, done: int, total: int) -> None:
    print(f"{stage} {done}/{total}", flush=True)


def _refuse_stale_server(encryption: str, fingerprint: str) -> None:
    """A running vault must know the newest keys first: it could not open what we seal."""
    from zamiast.registry.vault.client import Away

    try:
        with _vault() as vault:
            known = vault.status()
    except Away:
        print("The vault does not run; its keys are rotated all the same.")
        return
    if encryption not in known.encryption_keys or fingerprint not in known.fingerprint_keys:
        raise Conflict(
            "vault.stale_server",
            "The running vault does not know the newest keys. Look at its log, or start it anew.",
        )


def reveal(options: argparse.Namespace) -> int:
    """Show a person's numbers on a terminal, or as JSON where that was asked for."""
    if not options.json and not sys.stdout.isatty():
        raise NotAllowed(
            "vault.no_terminal", "Numbers are shown on a terminal only, or with --json."
        )
    person = _person(options.person)
    code = _code(f"One-time code of {options.operator}: ")
    with _vault() as vault:
        found = vault.reveal(person, reason=options.reason, operator=options.operator, code=code)
    if options.json:
        print(json.dumps([_plain(one) for one in found]))
    else:
        for one in found:
            until = f", until {one.valid_to}" if one.valid_to else ""
            print(f"{one.number.kind.value} ({one.number.issuer}): {one.number.value}{until}")
        print("This was written to the log; the holder sees it in the account.", file=sys.stderr)
    return 0 if found else 1


def _person(text: str) -> int:
    """The person's number; of an account identifier the owner's role looks it up."""
    from zamiast.pure import identifier

    if not identifier.is_valid(text):
        if text.isascii() and text.isdigit() and len(text) < 11:
            return int(text)
        raise BadInput("vault.person", "Give an account identifier, or a number of the registry.")
    import psycopg

    from zamiast.config.database import address

    with psycopg.connect(**address.of_role("owner").conninfo()) as connection:
        found = connection.execute(
            "SELECT a.person_id FROM registry_identifier i JOIN registry_account a"
            " ON a.id = i.account_id WHERE i.number = %s",
            [int(identifier.compact(text))],
        ).fetchone()
    if found is None:
        raise NotFound("vault.no_person", "There is no such person.")
    return int(found[0])


def _plain(one: Revealed) -> dict[str, object]:
    dates = {"valid_from": _iso(one.valid_from), "valid_to": _iso(one.valid_to)}
    number = one.number
    return {"kind": number.kind.value, "issuer": number.issuer, "value": number.value, **dates}


def enroll_operator(options: argparse.Namespace) -> int:
    """Show the secret once, then ask for a first code of the new device."""
    code = _code(f"One-time code of {options.by}: ") if options.by else ""
    with _vault() as vault:
        uri = vault.enroll(options.name, role=options.role, by=options.by, code=code)
        print("Add this to an authenticator app; it is shown once:\n", file=sys.stderr)
        _show_square(uri)
        print(uri, flush=True)
        vault.confirm(options.name, code=_code("\nThe code that the app shows now: "))
    print(f"{options.name} may now see numbers, with a reason and a code.", file=sys.stderr)
    return 0


def revoke_operator(options: argparse.Namespace) -> int:
    """Take away an operator's right."""
    with _vault() as vault:
        vault.revoke(options.name, by=options.by, code=_code(f"One-time code of {options.by}: "))
    print(f"{options.name} may see no numbers any more.")
    return 0


def reset_operators(_: argparse.Namespace) -> int:
    """Revoke all operators, for whoever holds the keys (and could read everything anyway)."""
    keyring()
    from zamiast.registry.vault import operators

    print(
        f"{operators.revoke_all()} operators may see no numbers any more. Enrol a first one anew."
    )
    return 0


def status(_: argparse.Namespace) -> int:
    """Say how the vault is."""
    with _vault() as vault:
        health = vault.status()
    print(f"The vault runs and holds {health.numbers} numbers.")
    print(f"encryption keys, the newest first: {', '.join(health.encryption_keys)}")
    print(f"fingerprint keys, the newest first: {', '.join(health.fingerprint_keys)}")
    print(f"operators: {', '.join(health.operators) or 'none yet'}")
    return 0


def serve() -> int:
    """Become the vault's process (``zamiast serve vault``)."""
    ring = keyring(pool=True)
    from zamiast.config import env
    from zamiast.config import vault as config
    from zamiast.registry.vault import server

    # The group of the accounts whose processes may reach the socket.
    place = server.Place(config.socket_path(), env.text("ZAMIAST_VAULT_GROUP"))
    server.run(place, ring, {caller: config.token(caller) for caller in config.CALLERS})
    return 0


def keyring(*, pool: bool = False) -> Keyring:
    """Set Django up as the vault's role and read the keys. Raises Misconfigured: what to do."""
    from zamiast.config import vault as config
    from zamiast.registry.vault import server

    server.harden()
    os.environ["DJANGO_SETTINGS_MODULE"] = "zamiast.config.settings.vault"
    _make_demo_keys()
    if missing := config.missing_keys():
        raise missing
    _check_role()
    import django

    django.setup()
    if not pool:
        from django.db import connection

        connection.settings_dict["OPTIONS"].pop("pool", None)
    from zamiast.registry.vault import startup

    return startup.keyring(_sources())


def _sources() -> dict[str, Source]:
    from zamiast.config import vault as config
    from zamiast.registry.vault.keys import Source

    return {
        kind: Source(config.keys_text(kind), config.keys_file(kind)) for kind in config.SETTINGS
    }


def _make_demo_keys() -> None:
    """The demo makes its own keys, and says so; an installation never does."""
    from zamiast.config import env
    from zamiast.config import vault as config
    from zamiast.registry.vault import startup

    if env.flag("ZAMIAST_DEMO") and config.missing_keys():
        for path in startup.make_keys(config.keys_folder()):
            print(
                f"zamiast: the demo made its own key {path}; good for a trial only.",
                file=sys.stderr,
            )


def _check_role() -> None:
    """Say exactly what is missing where the role cannot log in, with the SQL that makes it."""
    from zamiast.config.database import address, prepare

    problem = prepare.check("vault")
    if problem:
        statements = prepare.statements_for("vault", address.server().name)
        raise Misconfigured(
            "vault.no_role",
            f"{problem}\nWhat an administrator runs, inside the database:\n"
            + "".join(f"{line};\n" for line in statements),
        )


def _vault() -> Vault:
    from zamiast.config import vault as config
    from zamiast.registry.vault.client import Vault

    return Vault(config.access("operator"))


def _code(prompt: str) -> str:
    """A one-time code, typed without echo or read from standard input; never an argument."""
    text = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    if not text.strip():
        raise BadInput("vault.no_code", "A one-time code is needed.")
    return text.strip()


def _show_square(uri: str) -> None:
    if sys.stderr.isatty():
        import segno

        segno.make(uri).terminal(sys.stderr, compact=True)


def _iso(day: object) -> str | None:
    return str(day) if day else None
