"""allauth's OpenID Connect flow, our way: a nonce, signatures always, nothing stored.

allauth would write all claims into its own tables and take wishes from the address of
a login (scopes, parameters, "connect"). Here its tables are never touched (no role may),
and what an address asks for is ignored.
"""

from __future__ import annotations

import secrets
from typing import Any

import requests
import structlog
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from zamiast.login.factors import BY_PROVIDER
from zamiast.portal.oidc import entering, providers, tokens
from zamiast.portal.oidc.providers import Provider

log = structlog.get_logger("zamiast.oidc")

# What the provider answers (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6) and what we say.
_PROBLEMS = {
    "access_denied": "cancelled",
    "interaction_required": "cancelled",
    "login_required": "cancelled",
    "temporarily_unavailable": "away",
    "server_error": "away",
}


class Refused(ImmediateHttpResponse):  # type: ignore[misc]
    """Ends the flow with a page that says what happened and what to do."""

    def __init__(self, request: HttpRequest, problem: str, provider: Provider | None) -> None:
        log.info("login refused", problem=problem, provider=provider.id if provider else "")
        super().__init__(problem_page(request, problem, provider))


def problem_page(request: HttpRequest, problem: str, provider: Provider | None) -> HttpResponse:
    """The page of ``cancelled``, ``away``, ``late``, ``no_account``, ``vault`` or ``wrong``."""
    status = 503 if problem in {"away", "vault"} else 403
    context = {"problem": problem, "provider": provider, "others": providers.every()}
    return render(request, "portal/identity_problem.html", context, status=status)


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the settings only; errors are worded by us."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002
        provider: str | None = None,
        client_id: str | None = None,  # noqa: ARG002
    ) -> list[SocialApp]:
        """The operator's providers as allauth knows them; its table of apps is not asked."""
        return [
            SocialApp(
                provider="openid_connect", provider_id=one.id, name=one.name,
                client_id=one.client_id, secret=one.secret,
                settings={"server_url": one.issuer, "scope": list(one.scopes),
                          "oauth_pkce_enabled": True},
            )
            for one in providers.every()
            if provider in (None, "openid_connect", one.id)
        ]  # fmt: skip

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None,
        exception: Exception | None = None, extra_context: Any = None,
    ) -> None:  # fmt: skip
        """Say in the reader's language what went wrong; nothing of it is logged but its kind."""
        known = providers.named(provider.app.provider_id)
        answered = request.GET.get("error", "")
        if isinstance(exception, requests.RequestException):
            problem = "away"
        elif "state" not in (extra_context or {}) and error == AuthError.UNKNOWN:
            problem = "late"  # no state: too old, used already, or another browser's
        elif answered or error == AuthError.CANCELLED:
            problem = _PROBLEMS.get(answered, "wrong")
        else:
            problem = "wrong"
        raise Refused(request, problem, known)


class Flow(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The requests to the provider: addresses from its discovery document, tokens checked."""

    login_cancelled_error = ""  # told apart in the page itself

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's addresses, remembered for some minutes."""
        return tokens.configuration(_known(self.provider_id))

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider leads the browser back to."""
        return request.build_absolute_uri(reverse("identity_callback", args=[app.provider_id]))

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: Any,  # noqa: ARG002
        **kwargs: Any,
    ) -> SocialLogin:
        """Who arrived; checked when allauth has added the state of this attempt."""
        return Arrival(_known(app.provider_id), self.get_provider(), kwargs["response"], request)

    def parse_token(self, data: dict[str, Any]) -> None:
        """No token is kept."""


class FlowProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider as allauth knows it, deaf to wishes in the address."""

    oauth2_adapter_class = Flow

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go after the login, and nothing else of what the address says."""
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:  # fmt: skip
        """Send the browser to the provider with state, nonce and PKCE."""
        nonce = secrets.token_urlsafe(32)
        params = {"nonce": nonce, "ui_locales": (get_language() or "pl")[:2]}
        strong = _known(self.app.provider_id).strong
        if strong:  # some providers say how somebody logged in only when they are asked
            params["acr_values"] = " ".join(strong)
        response: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )
        return response


class Arrival(SocialLogin):  # type: ignore[misc]
    """Somebody who comes back from a provider."""

    def __init__(
        self, known: Provider, provider: Any, response: dict[str, Any], request: HttpRequest
    ) -> None:
        super().__init__(account=SocialAccount(provider=known.id), provider=provider)
        self._known, self._response, self._request = known, response, request
        self._is_strong = False

    def lookup(self) -> None:
        """Check what the provider says and find the login. Raises Refused."""
        problem = "wrong"
        try:
            self._find()
        except requests.RequestException:
            problem = "away"
        except tokens.NotBelieved as error:
            log.warning("not believed", what=str(error), provider=self._known.id)
        except entering.NoAccount:
            problem = "no_account"
        except entering.VaultAway as error:
            log.warning("no answer of the vault", code=str(error))
            problem = "vault"
        else:
            return
        raise Refused(self._request, problem, self._known)

    def _find(self) -> None:
        known, response = self._known, self._response
        nonce = str(self.state.get("nonce") or "")
        claims = tokens.checked(known, response.get("id_token"), nonce=nonce)
        subject = claims["sub"]
        if known.number_claim and known.number_claim not in claims:
            more = tokens.user_info(known, response["access_token"], subject=subject)
            claims = {**more, **claims}
        if known.number_claim != providers.SUBJECT and entering.looks_like_a_number(subject):
            raise tokens.NotBelieved("sub looks like a PESEL: set NUMBER_CLAIM to sub")
        number = entering.number_in(known, claims)
        found = entering.enter(known, subject, number, language=(get_language() or "pl")[:2])
        self.user, self.account.uid = found.user, found.subject
        self._is_strong = known.showed_second_factor(claims)

    def _accept_login(self, request: HttpRequest) -> None:
        """Note the second factor that the provider asked for, in the session that begins now."""
        if self._is_strong:
            record_authentication(request, self.user, "mfa", type=BY_PROVIDER)


def _known(provider_id: str) -> Provider:
    found = providers.named(provider_id)
    if found is None:
        raise SocialApp.DoesNotExist
    return found


provider_classes = [FlowProvider]
