"""Pages of the way in: allauth's, where ours must write an event or refuse more.

Changes of factors lock the user's row, write one event and run in one transaction.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zamiast.audit.services import record
from zamiast.errors import NotFound
from zamiast.login import codes, factors, passkeys, services
from zamiast.login.forms import NewPassword

step_up = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")


class SecondStep(base.AuthenticateView):  # type: ignore[misc]
    """After the password: the code or the passkey."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Tell the page which factors there are."""
        context = {
            **super().get_context_data(**more),
            "kinds": factors.kinds(self.stage.login.user),
        }
        passkeys.asked(self.request, "get")
        return context


class PasskeyLogin(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """A passkey alone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tell the script of the login page what to ask for."""
        response: HttpResponse = super().get(request, *args, **kwargs)
        passkeys.asked(request, "get")
        return response


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more, before factors are changed."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """What the browser needs to ask for it."""
        context = dict(super().get_context_data(**more))
        passkeys.asked(self.request, "get")
        return context


class Overview(base.IndexView):  # type: ignore[misc]
    """The second factors that somebody has, or the choice of the first one."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Tell the page what there is, and whether the first one is still missing."""
        context = super().get_context_data(**more)
        context["has_one"] = factors.has_one(authenticated_user(self.request))
        return dict(context)


def _added(request: HttpRequest, kind: str) -> None:
    """After a factor was added: the session counts as logged in; with the first, others end."""
    user = services.lock(request.user)  # type: ignore[arg-type]
    if not factors.shown(request):
        request.session[factors.SHOWN] = True
        request.session.cycle_key()
        services.end_sessions(user, but=request.session.digest)  # type: ignore[attr-defined]
    record("login.factor_added", by=services.actor(user), outcome=kind)


class AddApp(totp.ActivateTOTPView):  # type: ignore[misc]
    """Set up the app with a QR code."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the factor, with its first code spent."""
        with transaction.atomic():
            services.speak_as(self.request.session.digest)
            services.lock(self.request.user)
            response: HttpResponse = super().form_valid(form)
            factor = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
            codes.note_spent(factor, form.counter)
            _added(self.request, "app")
        return response


class RemoveApp(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Remove the app, unless it is the last factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it and write the event."""
        with transaction.atomic():
            services.speak_as(self.request.session.digest)
            user = services.lock(self.request.user)
            if factors.is_last(self.authenticator):
                return HttpResponseRedirect(reverse("mfa_index"))
            response: HttpResponse = super().form_valid(form)
            record("login.factor_removed", by=services.actor(user), outcome="app")
        return response


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Set up a passkey: one that is kept by the device and asks for finger, face or PIN."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """What the browser needs to make it."""
        context = super().get_context_data(**more)
        options = auth.begin_registration(authenticated_user(self.request), True)
        context["js_data"] = {"creation_options": options}
        passkeys.asked(self.request, "create")
        return dict(context)

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the factor."""
        with transaction.atomic():
            services.speak_as(self.request.session.digest)
            services.lock(self.request.user)
            response: HttpResponse = super().form_valid(form)
            _added(self.request, "passkey")
        return response


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, unless it is the last factor."""

    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Tell the page whether it may go."""
        return {**super().get_context_data(**more), "is_last": factors.is_last(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it and write the event."""
        with transaction.atomic():
            services.speak_as(self.request.session.digest)
            user = services.lock(self.request.user)
            if factors.is_last(self.get_object()):
                return HttpResponseRedirect(reverse("mfa_index"))
            response: HttpResponse = super().form_valid(form)
            record("login.factor_removed", by=services.actor(user), outcome="passkey")
        return response


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones stop working."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them and write the event."""
        with transaction.atomic():
            services.speak_as(self.request.session.digest)
            response: HttpResponse = super().form_valid(form)
            record("login.recovery_codes_made", by=services.actor(self.request.user))
        return response


@step_up
class RecoveryCodes(recovery.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once."""


@step_up
class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """Change the password; all other sessions end."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and go on in a session with a new key."""
        user = self.request.user
        services.change_password(
            user, form.cleaned_data["password1"], keep=self.request.session.digest
        )
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("The password is changed. Other sessions have ended."))
        return HttpResponseRedirect(self.get_success_url())


# --- the invitation --------------------------------------------------------------

_WAITING = "invitation"


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Take up an invitation: set the password, log in, go on to the second factor.

    The link carries its secret as ``?code=``, which stands in no log. Its digest waits in
    the session and the browser is led to the bare address, so that the secret stands
    neither in the history nor on a screen that somebody photographs.
    """
    if "code" in request.GET:
        token_digest = services.digest(request.GET["code"])
        if services.invited_by(token_digest):  # a wrong one is not worth a row of a session
            request.session[_WAITING] = token_digest.hex()
        else:
            request.session.pop(_WAITING, None)
        return redirect("invitation")
    token_digest = bytes.fromhex(request.session.get(_WAITING, ""))
    user = services.invited_by(token_digest)
    if user is None:
        return _closed(request)
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or user.language
    with translation.override(language):
        form = NewPassword(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            return _accept(request, token_digest, form.cleaned_data["password1"])
        return render(request, "login/invitation.html", {"form": form, "invited": user})


def _accept(request: HttpRequest, token_digest: bytes, password: str) -> HttpResponse:
    try:
        user = services.accept_invitation(token_digest, password)
    except NotFound:
        return _closed(request)
    request.session.flush()
    record_authentication(request, user, "password")
    response: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=reverse("mfa_index"))
    )
    return response


def _closed(request: HttpRequest) -> HttpResponse:
    """The same page for a wrong, a used and an expired link."""
    request.session.pop(_WAITING, None)
    return render(request, "login/invitation_closed.html", status=404)
