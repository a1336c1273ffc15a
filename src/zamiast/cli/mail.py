"""``zamiast mail``: how the mails without content fare, for the operator."""

from __future__ import annotations

import argparse
import os

HELP = "Mails without content: how they fare, and one to try the server"

TEACH = """\
examples:
  zamiast mail status                    addresses, mails that wait, mails that failed
  zamiast mail test me@example.com       send one mail now, by the settings of the worker
  zamiast mail again                     let those that failed be sent once more

Settings: ZAMIAST_SMTP_HOST, _PORT (587), _TLS (starttls, tls, none), _USER, _PASSWORD or
_PASSWORD_FILE, ZAMIAST_MAIL_FROM. Without a host there is no mail and no page offers any.
"""

_JOBS = """
    SELECT task_name, status::text, count(*) FROM procrastinate_jobs
     WHERE queue_name = 'mail' GROUP BY 1, 2 ORDER BY 1, 2
"""
_AGAIN = """
    UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
     WHERE queue_name = 'mail' AND status = 'failed'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = TEACH
    parser.add_argument("do", choices=("status", "test", "again"))
    parser.add_argument("address", nargs="?", help="where to send the mail of `test`")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do one of the three."""
    process = "worker" if options.do == "test" else "manage"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"zamiast.config.settings.{process}"
    import django

    django.setup()
    return {"status": _status, "test": _test, "again": _again}[options.do](options)


def _status(_options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connection

    from zamiast.portal.models import MailAddress

    rows = MailAddress.objects.all()
    print(f"mail server: {settings.EMAIL_HOST or 'none, so no mail is sent'}")
    print(f"addresses: {rows.count()}, usable {rows.usable().count()},"
          f" refused by their server {rows.filter(refused_at__isnull=False).count()}")  # fmt: skip
    failed = 0
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        for task, status, count in cursor.fetchall():
            print(f"{task}: {count} {status}")
            failed += count if status == "failed" else 0
    return 1 if failed else 0


def _test(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.mail import EmailMessage

    from zamiast.errors import Misconfigured

    if not options.address:
        raise Misconfigured("mail.no_address", "Name the address: zamiast mail test ADDRESS")
    if not settings.EMAIL_HOST:
        raise Misconfigured("mail.no_server", "No mail server is set: ZAMIAST_SMTP_HOST is empty.")
    try:
        EmailMessage("Zamiast", "This mail server works.", to=[options.address]).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        raise Misconfigured("mail.not_sent", f"The mail was not sent: {error}") from error
    print("sent")
    return 0


def _again(_options: argparse.Namespace) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_AGAIN)
        print(f"{cursor.rowcount} mails wait again")
    return 0
