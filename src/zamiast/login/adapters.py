"""What allauth does our way: no sign-up, encrypted secrets, our words."""

from __future__ import annotations

import io
import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zamiast.audit.services import keyed_hash, record
from zamiast.login import devices, factors, secrets, services
from zamiast.login.backends import SiteBackend
from zamiast.login.models import User
from zamiast.login.sessions import BEGAN, DEVICE

TOO_MANY = _("Too many attempts. Wait five minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logins are given by the operator, never taken by sign-up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The login or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The current password is not right."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to go on to this address: on this very host only, never to a neighbour."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def set_password(self, user: User, password: str) -> None:
        """Write the password only: the sites may not write other columns of a user."""
        services.set_password(user, password)

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> Any:
        """Leave what an identity provider said out of the session, where a login waits."""
        (more.get("signal_kwargs") or {}).pop("sociallogin", None)
        return super().pre_login(request, user, **more)

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in whoever got through allauth's stages, into a session with a new key.

        The user's row is locked, so that nobody slips in with the password alone while
        the first second factor is being set up.
        """
        with transaction.atomic():
            user = _with_backend(services.lock(user))
            used = [r for r in get_authentication_records(request, user) if r["method"] == "mfa"]
            may = SiteBackend().user_can_authenticate(user)
            if not may or (not used and factors.has_one(user)):
                raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
            super().login(request, user)
            request.session[factors.SHOWN] = bool(used)
            request.session[BEGAN] = time.time()
            request.session[DEVICE] = devices.label(request.headers.get("User-Agent", ""))
            _count_as_fresh(request, user, used)
            outcome = "done" if used else "no_second_factor_yet"
            record("login.in", by=services.actor(user), outcome=outcome)

    def get_login_stages(self) -> list[str]:
        """allauth's stages, with our own second step."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "zamiast.login.stages.SecondStep"}
        return [ours.get(path, path) for path in super().get_login_stages()]

    def logout(self, request: HttpRequest) -> None:
        """End the session, in the database and so everywhere."""
        with transaction.atomic():
            record("login.out", by=services.actor(request.user))  # type: ignore[arg-type]
            super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Go on in the user's language, where the browser has chosen none."""
        response: HttpResponse = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember_language(response, user.language)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        """Answer a deactivated user as one who is not known."""
        messages.error(request, gettext("This passkey is not known here."))
        return HttpResponseRedirect(reverse("account_login"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody shows once more who they are: with the second factor, once there is one."""
        if not user.is_authenticated:
            return []
        kinds = factors.kinds(user)
        ways = []
        if Authenticator.Type.WEBAUTHN in kinds:
            ways.append(_way("mfa_reauthenticate_webauthn", gettext("Use a passkey")))
        if kinds - {Authenticator.Type.WEBAUTHN}:
            ways.append(_way("mfa_reauthenticate", gettext("Use a code")))
        if Authenticator.Type.TOTP in kinds:
            ways.reverse()
        return ways or [_way("account_reauthenticate", gettext("Use your password"))]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt, at this login from this address and from everywhere.

        The limit for one address is tight; the one for all is loose, so that nobody
        far away locks a login out with a handful of wrong passwords.
        """
        super().pre_authenticate(request, **credentials)
        self._everywhere = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_anywhere",
            key=_counted(credentials),
        )
        if not self._everywhere:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        self._everywhere.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What counts failed logins from one address."""
        return _counted(credentials, ratelimit.get_ip(request))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of apps and recovery codes are encrypted; allauth alone keeps them in clear."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The code is not right, or it was used already. Wait for the next one."
        ),
        "cannot_delete_authenticator": _(
            "This is your only second factor. Add another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return secrets.decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The QR code for the app, without style attributes: the pages' policy forbids them."""
        out = io.BytesIO()
        segno.make_qr(url, error="m").save(out, kind="svg", xmldecl=False, omitsize=True)
        return out.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays."""
        return not factors.is_last(authenticator)

    def get_totp_label(self, user: User) -> str:
        """What the app shows beside the name of the service."""
        return str(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """The name that a new passkey has when none was typed."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that a passkey shows, and the host for which it holds."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Zamiast"}


def remember_language(response: HttpResponse, language: str) -> None:
    """Let the browser ask for this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86_400,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _way(name: str, description: str) -> dict[str, Any]:
    return {"id": name, "description": description, "url": reverse(name)}


def _counted(credentials: dict[str, Any], address: str = "") -> str:
    """A keyed hash, for people type their PESEL as a login."""
    name = str(credentials.get("username", "")).lower()
    return keyed_hash(f"login:{address}:{name}").hex()


def _with_backend(user: User) -> User:
    user.backend = f"{SiteBackend.__module__}.{SiteBackend.__name__}"
    return user


def _count_as_fresh(request: HttpRequest, user: User, used: list[dict[str, Any]]) -> None:
    """A login of this very moment is as good as being asked once more."""
    if used:
        last = {key: used[-1][key] for key in ("id", "type") if key in used[-1]}
        record_authentication(request, user, "mfa", reauthenticated=True, **last)
    else:
        record_authentication(request, user, "password", reauthenticated=True)
