"""Encryption of second-factor secrets at rest: AES-256-GCM, key outside the database."""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from zamiast.errors import Misconfigured

_CONTEXT = b"zamiast second factor 1"
_VERSION = "1."  # names key and method, so that they can change with rows of both kinds about


def encrypt(text: str) -> str:
    """Encrypt a short secret; every call gives another text."""
    nonce = os.urandom(12)
    sealed = _cipher().encrypt(nonce, text.encode(), _CONTEXT)
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(text: str) -> str:
    """The secret back. Raises Misconfigured when the key is not the one that encrypted it."""
    raw = base64.urlsafe_b64decode(text.removeprefix(_VERSION).encode())
    try:
        return _cipher().decrypt(raw[:12], raw[12:], _CONTEXT).decode()
    except InvalidTag as error:
        raise Misconfigured(
            "login.secrets_key",
            "ZAMIAST_SECRETS_KEY is not the key with which second factors were encrypted.",
        ) from error


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(_CONTEXT + settings.SECRETS_KEY.encode()).digest())
