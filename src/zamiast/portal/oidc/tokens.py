"""What a provider says about who logged in: signed, for us, for this very attempt.

allauth skips the signature of a token that came over TLS, and sends no nonce. Here both
are checked, whoever terminates TLS in between.
"""

from __future__ import annotations

import hmac
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from django.core.cache import caches

from zamiast.portal.oidc.providers import Provider

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # fmt: skip  # noqa: E501
_REMEMBERED = 600
_LEEWAY = 30  # seconds that two clocks may differ
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2


class NotBelieved(Exception):
    """What came is not signed, not for us, too old, or malformed. Says where, never what."""


def configuration(provider: Provider) -> dict[str, Any]:
    """The provider's addresses, from its discovery document. Raises RequestException."""
    found = _fetched(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise NotBelieved("issuer of the discovery document")
    return found


def checked(provider: Provider, id_token: Any, *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token. Raises NotBelieved, RequestException."""
    try:
        claims: dict[str, Any] = jwt.decode(
            id_token, _key(provider, id_token), algorithms=_ALGORITHMS, issuer=provider.issuer,
            audience=provider.client_id, leeway=_LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise NotBelieved(type(error).__name__) from None
    if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise NotBelieved("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotBelieved("azp")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise NotBelieved("sub")
    return claims


def user_info(provider: Provider, access_token: str, *, subject: str) -> dict[str, Any]:
    """More claims, from the provider's own page. Raises NotBelieved, RequestException."""
    address = configuration(provider).get("userinfo_endpoint")
    if not address:
        return {}
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers={"Authorization": f"Bearer {access_token}"})
        answer.raise_for_status()
    try:
        found: dict[str, Any] = dict(answer.json())
    except ValueError:
        raise NotBelieved("user info") from None
    if found.get("sub") != subject:
        raise NotBelieved("sub of the user info")
    return found


def _key(provider: Provider, id_token: str) -> Any:
    """The public key that signed: of a set read lately, else of one that is read now."""
    kid = jwt.get_unverified_header(id_token).get("kid")
    address = configuration(provider)["jwks_uri"]
    for anew in (False, True):
        keys = jwt.PyJWKSet.from_dict(_fetched(address, anew=anew)).keys
        fitting = [key for key in keys if key.key_id == kid or (kid is None and len(keys) == 1)]
        if fitting:
            return fitting[0].key
    raise KeyError("kid")


def _fetched(address: str, *, anew: bool = False) -> dict[str, Any]:
    place = f"oidc:{address}"
    found = None if anew else caches["local"].get(place)
    if found is None:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
        try:
            found = dict(answer.json())
        except (TypeError, ValueError):
            raise requests.RequestException("no JSON") from None
        caches["local"].set(place, found, _REMEMBERED)
    return dict(found)
