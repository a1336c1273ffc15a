"""A push service for the tests, as RFC 8030 describes one: it takes a message for a browser.

It checks the signature of the sender (VAPID, RFC 8292) and, with the keys that only the
browser has, decrypts the message (RFC 8291). Both are written here from the RFCs, not with
the library under test.
"""

from __future__ import annotations

import base64
import json
import os
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass
class Browser:
    """What a browser keeps for itself, and what it gives away."""

    address: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def given(self) -> dict[str, str]:
        public = b64(point(self.private.public_key()))
        return {"endpoint": self.address, "p256dh": public, "auth": b64(self.auth)}

    def decrypt(self, body: bytes) -> bytes:
        """RFC 8291, section 3.4, for the one record of RFC 8188."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\0" + point(self.private.public_key()) + sender
        key_material = hkdf(shared, self.auth, info, 32)
        key = hkdf(key_material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(key_material, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\2")


@dataclass
class Message:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Listens on 127.0.0.1 and answers with ``status``; a wrong signature gets 403."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.status = 201
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                signed = service.is_signed(headers.get("authorization", ""))
                service.messages.append(Message(self.path, headers, body))
                self.send_response(service.status if signed else 403)
                self.send_header("Location", f"{service.address}/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def is_signed(self, authorization: str) -> bool:
        """RFC 8292: ``vapid t=JWT, k=KEY``, for this service and not for ever."""
        found = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", authorization)
        if not found:
            return False
        head, claims, signature = found[1].split(".")
        raw = unb64(signature)
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(found[2]))
        both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key.verify(both, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        said = json.loads(unb64(claims))
        self.key = found[2]
        return said["aud"] == self.address and time.time() < said["exp"] < time.time() + 86_400

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
