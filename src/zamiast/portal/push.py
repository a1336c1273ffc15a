"""Waking a phone by Web Push, without content (RFC 8030, 8291, 8292).

What is sent is the kind of news and the language in which to say so, encrypted for the
browser: neither the push service nor whoever finds the phone learns whose account it is
or what is new there. The text is in the app's own service worker.

A browser names the address that we send to, so only hosts of ``PUSH_HOSTS`` are allowed,
nothing is followed, and nothing of the answer is kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction

from zamiast.audit.services import Actor, record
from zamiast.audit.telling import Kind
from zamiast.errors import BadInput
from zamiast.login import secrets
from zamiast.portal.models import PushSubscription

PHONES = 10  # of one account; the oldest goes when another comes
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_LIVES = {Kind.CONFIRMATION: 300}  # seconds; after these a question is no longer open
_A_DAY = 86_400


class TryAgain(Exception):
    """The push service did not take the message now."""


@dataclass(frozen=True)
class Switches:
    """For what a phone is woken."""

    confirmation: bool = True
    answer: bool = True
    entry: bool = True
    look: bool = True


class Endpoint(msgspec.Struct, frozen=True):
    """What a browser gives: where to send, and the keys to encrypt for it (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str


# --- the holder's side -----------------------------------------------------------


def subscribe(
    account: int, browser: Endpoint, wanted: Switches, *, language: str, by: Actor
) -> PushSubscription:
    """Wake this browser from now on, or change for what. Raises BadInput for nonsense."""
    _check(browser)
    digest = _digest(browser.endpoint)
    values = {
        "account_id": account, "language": language,
        "sealed": secrets.encrypt(msgspec.json.encode(browser).decode()),
        **{f"on_{name}": on for name, on in _named(wanted).items()},
    }  # fmt: skip
    with transaction.atomic():
        found, made = PushSubscription.objects.update_or_create(digest=digest, defaults=values)
        others = PushSubscription.objects.filter(account=account).order_by("-pk")
        stale = list(others.values_list("pk", flat=True)[PHONES:])
        PushSubscription.objects.filter(pk__in=stale).delete()
        record("push.on" if made else "push.changed", by=by, account=account)
    return found


def unsubscribe(account: int, endpoint: str, *, by: Actor) -> bool:
    """Wake this browser no more; False where it was not woken for this account."""
    with transaction.atomic():
        own = PushSubscription.objects.filter(account=account, digest=_digest(endpoint))
        gone = bool(own.delete()[0])
        if gone:
            record("push.off", by=by, account=account)
    return gone


def switches(account: int, endpoint: str) -> Switches | None:
    """For what this browser is woken; None where it is not."""
    own = PushSubscription.objects.filter(account=account, digest=_digest(endpoint)).first()
    if own is None:
        return None
    return Switches(own.on_confirmation, own.on_answer, own.on_entry, own.on_look)


def public_key() -> str:
    """Our VAPID key, as a browser wants it when it subscribes."""
    point = _key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


# --- the worker's side -----------------------------------------------------------


def wanting(account: int, kind: str) -> list[int]:
    """The phones of an account that want to be woken for this."""
    wanted = PushSubscription.objects.filter(account=account).wanting(Kind(kind))
    return list(wanted.values_list("pk", flat=True))


def wake(subscription: int, kind: str) -> str:
    """Wake one phone; return ``sent``, or ``gone`` where the browser is no longer there.

    Raises TryAgain where the push service does not answer or has no time.
    """
    found = PushSubscription.objects.filter(pk=subscription).first()
    if found is None:
        return "gone"
    browser = msgspec.json.decode(secrets.decrypt(found.sealed), type=Endpoint)
    if not _is_allowed(browser.endpoint):
        return "not_allowed"
    status = _send(browser, Kind(kind), found.language)
    if status in (404, 410):
        found.delete()
        return "gone"
    if status >= 300:
        raise TryAgain(f"status {status}")
    return "sent"


def _send(browser: Endpoint, kind: Kind, language: str) -> int:
    """The status of the push service's answer."""
    import requests  # heavy, and only the worker needs them
    from py_vapid import Vapid02
    from pywebpush import WebPushException, webpush

    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    session = requests.Session()
    session.max_redirects = 0
    session.trust_env = False
    try:
        answer = webpush(
            {"endpoint": browser.endpoint, "keys": keys},
            data=msgspec.json.encode({"kind": kind.value, "language": language}).decode(),
            vapid_private_key=Vapid02(_key()),
            vapid_claims={"sub": settings.PUSH_CONTACT},
            ttl=_LIVES.get(kind, _A_DAY),
            headers={"Urgency": "high" if kind is Kind.CONFIRMATION else "normal"},
            timeout=10,
            requests_session=session,
        )
    except WebPushException as refused:
        return refused.response.status_code if refused.response is not None else 500
    except requests.RequestException as error:
        raise TryAgain(type(error).__name__) from error
    return int(answer.status_code)


# --- both -------------------------------------------------------------------------


def _named(wanted: Switches) -> dict[str, bool]:
    return {name: getattr(wanted, name) for name in Switches.__dataclass_fields__}


def _digest(endpoint: str) -> bytes:
    return hashlib.sha256(endpoint.encode()).digest()


def _check(browser: Endpoint) -> None:
    if len(browser.endpoint) > 1000 or not _is_allowed(browser.endpoint):
        raise BadInput("push.unknown_service")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(browser.p256dh))
        usable = len(_bytes(browser.auth)) == 16
    except (ValueError, binascii.Error) as error:
        raise BadInput("push.bad_keys") from error
    if not usable:
        raise BadInput("push.bad_keys")


def _is_allowed(endpoint: str) -> bool:
    """Whether this is an address of a push service that we know."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if settings.INSECURE_HTTP and parts.scheme == "http" and host == "127.0.0.1":
        return "127.0.0.1" in settings.PUSH_HOSTS  # a push service of the tests
    known = any(
        host == name or (name.startswith(".") and host.endswith(name))
        for name in settings.PUSH_HOSTS
    )
    return known and parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    """The VAPID key that follows from the installation's secret."""
    digest = hashlib.sha512(b"zamiast vapid 1" + settings.PUSH_KEY.encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest) % (_ORDER - 1) + 1, ec.SECP256R1())
