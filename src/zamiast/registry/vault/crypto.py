"""Sealing and fingerprinting: what is written down, byte by byte.

Everything that is signed or bound is a list of texts, each as its length in bytes, a
colon, the text and a line feed, so that no two lists have the same bytes.

- sealed = nonce (12 bytes) + AES-256-GCM(key, text), associated data: "zamiast-vault-1",
  the key's id, then the identity of the row. A ciphertext copied to another row, person,
  kind or key id does not open, so whoever may write the table cannot swap numbers.
- fingerprint = HMAC-SHA-256(key, "zamiast-fingerprint-1", kind, issuer, normal form).
  It is the same for the same number, hence findable; without the key nobody can try out
  the 400 million possible PESELs.
- asked = the same under "zamiast-asked-1", for the log: it cannot be looked up as a
  fingerprint by somebody who holds the database only.

Nonces are random: with one key, 2^32 rows stay far below the bound of NIST SP 800-38D.
``tests/vectors/vault.json`` fixes every byte.

>>> bound("ab", "ż")
b'2:ab\\n2:\\xc5\\xbc\\n'
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zamiast.errors import Misconfigured
from zamiast.registry.vault.numbers import Number

NONCE = 12


@dataclass(frozen=True)
class Key:
    """One key: the name that stands in rows, and 32 secret bytes that no ``repr`` shows."""

    id: str
    secret: bytes = field(repr=False)


def bound(*texts: str) -> bytes:
    """Texts as bytes, so that no two different lists look alike."""
    encoded = [text.encode() for text in texts]
    return b"".join(b"%d:%b\n" % (len(one), one) for one in encoded)


def seal(key: Key, text: str, *identity: str, nonce: bytes | None = None) -> bytes:
    """Encrypt a text and bind it to the identity of its row. ``nonce`` is for vectors only."""
    nonce = nonce or os.urandom(NONCE)
    return nonce + AESGCM(key.secret).encrypt(nonce, text.encode(), _associated(key, identity))


def unseal(key: Key, sealed: bytes, *identity: str) -> str:
    """The text back. Raises Misconfigured when key, row or ciphertext is not the one sealed."""
    try:
        plain = AESGCM(key.secret).decrypt(
            sealed[:NONCE], sealed[NONCE:], _associated(key, identity)
        )
    except InvalidTag:
        raise Misconfigured(
            "vault.does_not_open", "A row of the vault does not open with its key: it was changed."
        ) from None
    return plain.decode()


def fingerprint(key: Key, number: Number) -> bytes:
    """The keyed fingerprint of a number in its normal form."""
    return _signed(key, "zamiast-fingerprint-1", number.kind.value, number.issuer, number.value)


def asked(key: Key, numbers: list[Number]) -> bytes:
    """What was asked, for the log: one hash of all numbers of a question, in their order."""
    parts = [part for one in numbers for part in (one.kind.value, one.issuer, one.value)]
    return _signed(key, "zamiast-asked-1", *parts)


def proof(key: Key, kind: str) -> bytes:
    """By what a key is known again, in the database."""
    return _signed(key, "zamiast-key-proof-1", kind)


def _associated(key: Key, identity: tuple[str, ...]) -> bytes:
    return bound("zamiast-vault-1", key.id, *identity)


def _signed(key: Key, *texts: str) -> bytes:
    return hmac.digest(key.secret, bound(*texts), hashlib.sha256)
