"""Mail without content: that there is something new in the account, and no more.

The holder's side enters, confirms and removes an address; the worker's side sends. No mail
holds a name, an identifier, a number of a case or its matter. Whoever reads a mailbox learns
that its owner has an account here, as everybody with a PESEL has.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets as random
import smtplib
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from zamiast.audit import locks
from zamiast.audit.models import Look
from zamiast.audit.services import Actor, record
from zamiast.audit.telling import Kind
from zamiast.errors import NotFound, TooMany
from zamiast.helpline.models import Writer
from zamiast.login import secrets
from zamiast.portal.addresses import LINK_LIVES, MailAddress

log = structlog.get_logger("zamiast.mail")

LINKS_A_DAY = 5  # so that nobody is pestered by links that somebody else asks for
_ENTERED = "mail.entered"
_LINKS = "portal.mail"


class TryAgain(Exception):
    """The mail server did not take the mail now."""


@dataclass(frozen=True)
class Switches:
    """Of what a holder wants to be told."""

    answer: bool = True
    entry: bool = False
    access: bool = True
    look: bool = False


@dataclass(frozen=True)
class Shown:
    """The address of an account, as its holder sees it."""

    address: str
    switches: Switches
    is_confirmed: bool
    is_refused: bool


# --- the holder's side -----------------------------------------------------------


def is_on() -> bool:
    """Whether the operator set up a mail server."""
    return bool(settings.EMAIL_HOST)


def of(account: int) -> Shown | None:
    """The address of an account, if it has one."""
    row = MailAddress.objects.filter(account=account).first()
    if row is None:
        return None
    switches = Switches(row.on_answer, row.on_entry, row.on_access, row.on_look)
    return Shown(secrets.decrypt(row.sealed), switches, row.confirmed_at is not None,
                 row.refused_at is not None)  # fmt: skip


def enter(account: int, address: str, switches: Switches, *, language: str, by: Actor) -> bool:
    """Keep an address and what to be told of; return whether a link was asked for.

    Another address has to be confirmed by the link in a mail first. Raises TooMany after
    five links a day.
    """
    values = {"language": language, **{f"on_{name}": on for name, on in vars(switches).items()}}
    with transaction.atomic():
        locks.one_at_a_time(_LINKS, account)
        row = MailAddress.objects.select_for_update().filter(account=account).first()
        same = row is not None and secrets.decrypt(row.sealed) == address
        if row is not None and same and row.confirmed_at and not row.refused_at:
            MailAddress.objects.filter(pk=row.pk).update(**values)
            record("mail.changed", by=by, account=account)
            return False
        _not_too_many(account)
        values |= {
            "sealed": secrets.encrypt(address), "entered_at": timezone.now(), "confirmed_at": None,
            "link_digest": None, "link_expires_at": None, "refused_at": None,
        }  # fmt: skip
        if row is None:
            MailAddress.objects.create(account_id=account, **values)
        else:
            MailAddress.objects.filter(pk=row.pk).update(**values)
        record(_ENTERED, by=by, account=account)
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_ask_for_link(%s::bigint)", [account])
    return True


def confirm(account: int, token: str, *, by: Actor) -> None:
    """Confirm the address by what its link carries. Raises NotFound for a link that is over."""
    with transaction.atomic():
        own = MailAddress.objects.filter(
            account=account, link_digest=_digest(token), link_expires_at__gt=timezone.now()
        )
        if not own.update(confirmed_at=timezone.now(), link_digest=None, link_expires_at=None):
            raise NotFound("portal.link_over")
        record("mail.confirmed", by=by, account=account)


def remove(account: int, *, by: Actor) -> bool:
    """Forget the address; return whether there was one."""
    with transaction.atomic():
        gone = bool(MailAddress.objects.filter(account=account).delete()[0])
        if gone:
            record("mail.removed", by=by, account=account)
    return gone


def _not_too_many(account: int) -> None:
    """Raises TooMany after so many links in a day.

    Counted in the log, from which nobody takes a line: an address that was forgotten and
    entered anew counts too, else anybody could have mail sent to anybody without end.
    """
    since = timezone.now() - datetime.timedelta(days=1)
    asked = Look.objects.for_account(account).filter(what=_ENTERED, at__gt=since)
    if asked.count() >= LINKS_A_DAY:
        raise TooMany("portal.too_many_links")


# --- the worker's side -----------------------------------------------------------


def wants(account: int, kind: str) -> bool:
    """Whether the holder wants a mail about this."""
    return is_on() and MailAddress.objects.filter(account=account).wanting(Kind(kind)).exists()


def send_link(account: int) -> str:
    """Make the link that confirms an address, and send it. Raises TryAgain."""
    row = MailAddress.objects.filter(account=account, confirmed_at=None).first()
    if row is None:
        return "gone"
    token = random.token_urlsafe(32)
    MailAddress.objects.filter(pk=row.pk).update(
        link_digest=_digest(token), link_expires_at=timezone.now() + LINK_LIVES
    )
    with override(row.language):
        subject = _("Confirm your e-mail address")
        text = _(
            "Somebody entered this address in a patient account, to be told here when there is "
            "something new.\n\nWas it you? Open this page within a day and log in:\n%(link)s\n\n"
            "Was it not you? Do nothing. You will get no more mail from us."
        ) % {"link": f"{settings.PORTAL_URL}/notices/confirm/{token}/"}
    return _send(row, subject, text)


def send_notice(account: int, kind: str) -> str:
    """Say that there is something new. Raises TryAgain."""
    row = MailAddress.objects.filter(account=account).wanting(Kind(kind)).first()
    if row is None:
        return "gone"
    with override(row.language):
        subject = _("There is something new in your account")
        text = "{}\n\n{}\n\n{}".format(
            _what(Kind(kind)),
            _("Type the address yourself and log in: %(portal)s") % {"portal": settings.PORTAL_URL},
            _(
                "This mail holds none of your data and no link that logs you in. We never ask "
                "for a PESEL, a password or a code. You can switch these mails off in your "
                "account, on the page “Messages”."
            ),
        )
    return _send(row, subject, text)


def _what(kind: Kind) -> str:
    return {
        Kind.ANSWER: _("There is news about one of your cases: an answer, or it is closed."),
        Kind.RECEIPT: _("There is a receipt of a call in your account."),
        Kind.ENTRY: _("There is a new entry in your account."),
        Kind.ACCESS: _("Something changed about who may see an account."),
        Kind.LOOK: _("Somebody looked at your account."),
    }.get(kind, _("There is something new in your account."))


def send_to_writer(case: int) -> str:
    """Say to who wrote by the public form that there is an answer. Raises TryAgain."""
    row = Writer.objects.only("case_id", "sealed", "language").filter(pk=case).first()
    if row is None or not row.sealed or not is_on():
        return "gone"
    with override(row.language):
        subject = _("There is an answer to your message")
        text = "{}\n\n{}".format(
            _("Type this address yourself: %(portal)s")
            % {"portal": f"{settings.PORTAL_URL}/write/back/"},
            _("You need the number of your case and the secret word that you wrote down. We never "
              "ask you for the word, a PESEL or a password."),
        )  # fmt: skip
    if _deliver(secrets.decrypt(row.sealed), subject, text):
        return "sent"
    Writer.objects.filter(pk=case).update(sealed="")
    return "refused"


def _send(row: MailAddress, subject: str, text: str) -> str:
    """Send one mail. An address that does not exist is marked, so that nobody tries again."""
    if _deliver(secrets.decrypt(row.sealed), subject, text):
        return "sent"
    MailAddress.objects.filter(pk=row.pk).update(refused_at=timezone.now())
    log.warning("a mail server refuses an address", account=row.account_id)
    return "refused"


def _deliver(address: str, subject: str, text: str) -> bool:
    """Hand a mail to the server; False where there is no such address. Raises TryAgain."""
    mail = EmailMessage(
        subject, text, settings.DEFAULT_FROM_EMAIL, [address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )  # fmt: skip
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _reason in error.recipients.values()):
            return False
        raise TryAgain("refused for now") from None
    except (OSError, smtplib.SMTPException) as error:
        log.warning("a mail was not sent", error=type(error).__name__)
        raise TryAgain(type(error).__name__) from None
    return True


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
