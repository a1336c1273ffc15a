"""The identity providers that the operator set up (``config/identity.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

SUBJECT = "sub"


@dataclass(frozen=True)
class Provider:
    """One provider: which claim holds the national number, which values are strong."""

    id: str
    issuer: str
    client_id: str
    secret: str
    scopes: tuple[str, ...]
    number_claim: str
    strong: tuple[str, ...]
    names: dict[str, str]

    @property
    def name(self) -> str:
        """What the button says, in the reader's language."""
        return self.names.get((get_language() or "pl")[:2], self.names["pl"])

    def showed_second_factor(self, claims: dict[str, Any]) -> bool:
        """Whether ``acr`` or ``amr`` says what the operator counts as a second factor."""
        said = claims.get("amr") or []
        values = [claims.get("acr"), *(said if isinstance(said, list) else [said])]
        return any(isinstance(value, str) and value in self.strong for value in values)


def every() -> list[Provider]:
    """All providers, in the operator's order; none where the site has none."""
    return [_provider(raw) for raw in getattr(settings, "IDENTITY_PROVIDERS", [])]


def named(provider_id: str) -> Provider | None:
    """The provider of an address."""
    return next((one for one in every() if one.id == provider_id), None)


def _provider(raw: dict[str, Any]) -> Provider:
    fixed = {"scopes": tuple(raw["scopes"]), "strong": tuple(raw["strong"])}
    return Provider(**{**raw, **fixed})
