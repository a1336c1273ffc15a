"""What a passkey signs counts once, soon, on this very site, and for what it was asked for.

allauth remembers a challenge until it is used well: for what and when it was asked is not
noted, two requests at once can both use it, and a site below ours or at another port may
have asked. Here each view that asks calls ``asked``, each form calls ``claim`` first::

    passkeys.asked(request, "get")               # as the page with the challenge is made
    passkeys.claim("get", client_data)           # before the signature counts
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from fido2.utils import websafe_encode
from fido2.webauthn import CollectedClientData, RegistrationResponse

_ASKED = "passkey_asked"  # in the session: for what, when, the challenge
_LARGEST = 32_768  # characters of a credential; with certificates it has some thousand


def asked(request: HttpRequest, what: str) -> None:
    """Note that a passkey was asked for now: to ``create`` one, or to ``get`` an answer."""
    state = auth.get_state() or {}
    request.session[_ASKED] = [what, time.time(), state.get("challenge")]


def claim(what: str, said: CollectedClientData, *, since: float = 0) -> None:
    """Use up what was asked for, once for all processes.

    ``since`` is the moment after which it must have been asked for. Raises ValueError.
    """
    request = context.request
    asked_for, at, challenge = request.session.pop(_ASKED, None) or ("", 0, None)
    latest = 60 * settings.STEP_UP_MINUTES
    if asked_for != what or challenge != websafe_encode(said.challenge):
        raise ValueError("asked for something else")
    if not 0 <= time.time() - at < latest or at < since:
        raise ValueError("asked for long ago")
    here = f"{request.scheme}://{request.get_host()}"
    if said.cross_origin or said.origin not in {here, *settings.CSRF_TRUSTED_ORIGINS}:
        raise ValueError("asked for elsewhere")
    place = f"passkey:{hashlib.sha256(said.challenge).hexdigest()}"
    if not cache.add(place, 1, timeout=2 * latest):
        raise ValueError("used already")


def kept(credential: dict[str, Any]) -> dict[str, Any]:
    """What is stored of a new passkey: no more than it takes. Raises ValueError.

    An id that somebody has already is refused (WebAuthn, 7.1 step 26).
    """
    made = RegistrationResponse.from_dict(credential)
    data = made.response.attestation_object.auth_data.credential_data
    name = websafe_encode(made.raw_id)
    if data is None or data.credential_id != made.raw_id or len(str(credential)) > _LARGEST:
        raise ValueError("malformed")
    by_id = RawSQL("data #>> '{credential,rawId}'", ())  # as in the index
    others = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).alias(name=by_id)
    if others.filter(name=name).exists():
        raise ValueError("known already")
    props = (credential.get("clientExtensionResults") or {}).get("credProps") or {}
    response = credential["response"]
    return {
        "id": name, "rawId": name, "type": "public-key",
        "response": {key: response[key] for key in ("clientDataJSON", "attestationObject")},
        "clientExtensionResults": {"credProps": {"rk": props.get("rk") is True}},
    }  # fmt: skip
