"""A passkey made of software, which also does what no real one does: it lies where it is told."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
HOST, ORIGIN = "localhost", "http://localhost"


class Passkey:
    """One key of one user at one site. ``flags``, ``host``, ``origin`` … say what it lies about."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.user = b""

    def make(self, asked: dict[str, Any], **lies: Any) -> str:
        """Answer to ``creation_options``."""
        asked = asked["publicKey"]
        self.user = websafe_decode(asked.get("user", {}).get("id", ""))
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        flags = lies.get("flags", PRESENT | VERIFIED) | WITH_KEY
        data = AuthenticatorData.create(_rp(lies), flags, 0, held)
        stated = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=_client("webauthn.create", asked["challenge"], lies),
            attestationObject=stated,
        )

    def sign(self, asked: dict[str, Any], **lies: Any) -> str:
        """Answer to ``request_options``."""
        flags = lies.get("flags", PRESENT | VERIFIED)
        data = bytes(AuthenticatorData.create(_rp(lies), flags, 0))
        client = _client("webauthn.get", asked["publicKey"]["challenge"], lies)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        user = lies.get("user", self.user)
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signed, userHandle=user
        )

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        return json.dumps({
            "id": name, "rawId": name, "type": "public-key",
            "response": {key: websafe_encode(value) for key, value in response.items()},
            "clientExtensionResults": {"credProps": {"rk": True}},
        })  # fmt: skip


def _rp(lies: dict[str, Any]) -> bytes:
    return hashlib.sha256(lies.get("host", HOST).encode()).digest()


def _client(kind: str, challenge: str, lies: dict[str, Any]) -> bytes:
    return json.dumps({
        "type": lies.get("kind", kind), "challenge": lies.get("challenge", challenge),
        "origin": lies.get("origin", ORIGIN), "crossOrigin": lies.get("framed", False),
    }).encode()  # fmt: skip
