"""What allauth does our way: no sign-up, encrypted secrets, our languages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from zamiast.login import secrets


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logins are given by the operator, never taken by sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time-code secrets are encrypted; allauth alone keeps them in clear."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return secrets.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name that a passkey shows, and the host for which it holds."""
        return {"id": self.request.get_host().partition(":")[0], "name": "Zamiast"}
