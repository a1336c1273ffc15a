"""Which identity providers patients may log in with: OpenID Connect, set by the operator.

``ZAMIAST_OIDC`` names them (``pz,mojeid``); each has settings of its own, for ``pz``:

- ``ZAMIAST_OIDC_PZ_ISSUER``: its issuer, exactly as it writes it
- ``ZAMIAST_OIDC_PZ_CLIENT_ID``, ``ZAMIAST_OIDC_PZ_CLIENT_SECRET_FILE``
- ``ZAMIAST_OIDC_PZ_NAME_PL``, ``_EN``, ``_UK``: what the button says
- ``ZAMIAST_OIDC_PZ_NUMBER_CLAIM``: the claim with the PESEL; ``sub`` where the subject
  itself is one; nothing where it sends none
- ``ZAMIAST_OIDC_PZ_SCOPES`` (``openid``)
- ``ZAMIAST_OIDC_PZ_STRONG``: values of ``acr`` or ``amr`` that count as a second factor
"""

from __future__ import annotations

import re
from typing import Any

from zamiast.config import env
from zamiast.errors import Misconfigured

_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
_LOCAL = ("http://127.0.0.1:", "http://localhost:")


def providers() -> list[dict[str, Any]]:
    """The providers in the operator's order. Raises Misconfigured for one that is incomplete."""
    return [_provider(name) for name in env.words("ZAMIAST_OIDC")]


def _provider(name: str) -> dict[str, Any]:
    if not _NAME.fullmatch(name):
        raise Misconfigured(
            "oidc.name", "ZAMIAST_OIDC names providers in small letters and digits."
        )
    prefix = f"ZAMIAST_OIDC_{name.upper()}"
    polish = _needed(f"{prefix}_NAME_PL")
    issuer = _needed(f"{prefix}_ISSUER")
    if not issuer.startswith(("https://", *_LOCAL)):
        raise Misconfigured("oidc.issuer", f"{prefix}_ISSUER must begin with https://.")
    return {
        "id": name,
        "issuer": issuer,
        "client_id": _needed(f"{prefix}_CLIENT_ID"),
        "secret": _needed(f"{prefix}_CLIENT_SECRET"),
        "scopes": env.text(f"{prefix}_SCOPES", "openid").replace(",", " ").split(),
        "number_claim": env.text(f"{prefix}_NUMBER_CLAIM"),
        "strong": env.words(f"{prefix}_STRONG"),
        "names": {
            "pl": polish,
            "en": env.text(f"{prefix}_NAME_EN", polish),
            "uk": env.text(f"{prefix}_NAME_UK", polish),
        },
    }


def _needed(name: str) -> str:
    value = env.text(name)
    if not value:
        raise Misconfigured("oidc.incomplete", f"{name} (or {name}_FILE) is missing.")
    return value
