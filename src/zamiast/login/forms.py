"""Forms of the way in, in place of allauth's: our words, codes that work once."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zamiast.audit import doorway
from zamiast.login import codes, passkeys, secrets
from zamiast.login.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a malformed passkey makes fido2 and allauth raise, besides their own errors.
_MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error)


def password_field(
    label: StrOrPromise, *, new: bool = False, help_text: StrOrPromise = ""
) -> forms.CharField:
    """A password, never stripped, never sent back to the page."""
    complete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(
        label=label, strip=False, max_length=200, widget=widget, help_text=help_text
    )


class CodeInput(forms.TextInput):
    """Digits of a one-time code; a wrong one is not put back into the field."""

    def format_value(self, value: Any) -> None:
        """Nothing, whatever was typed."""


def code_field(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.CharField:
    """A one-time code: digits, spaces allowed."""
    widget = CodeInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "numeric",
            "autofocus": True,
        }
    )
    return forms.CharField(label=label, max_length=16, widget=widget, help_text=help_text)


class LoginInput(forms.TextInput):
    """What was typed as a login; a PESEL is not put back into the field."""

    def format_value(self, value: Any) -> str | None:
        """The typed text, cut before it is read: it may be as long as a request."""
        return doorway.cleaned(str(value)[:200])[:150] if value else None


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """Login and password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        desk = settings.SITE == "desk"
        attributes = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }
        self.fields["login"] = forms.CharField(
            label=_("K-number") if desk else _("Login"),
            help_text=_("For example: k-417.") if desk else "",
            max_length=150,
            widget=LoginInput(attrs=attributes),
        )
        self.fields["password"] = password_field(_("Password"))
        self.order_fields(["login", "password"])


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, for those without a second factor yet."""

    password = password_field(_("Password"))


class NewPassword(forms.Form):
    """A new password, twice; ``user`` is whose."""

    password1 = password_field(
        _("New password"),
        new=True,
        help_text=_("At least 12 characters. Several words that nobody would guess do well."),
    )
    password2 = password_field(_("New password, once more"), new=True)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        self.user = user
        super().__init__(*args, **more)

    def clean_password1(self) -> str:
        """Refuse what is short, common or like the login."""
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different ones."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return values


class ChangePasswordForm(NewPassword):
    """The current password and a new one."""

    oldpassword = password_field(_("Current password"))
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        """Refuse a wrong current password; allauth's limit on this page counts the attempts."""
        password: str = self.cleaned_data["oldpassword"]
        if not self.user.check_password(password):
            raise account_adapter().validation_error("enter_current_password")
        return password


# --- codes ---------------------------------------------------------------------


def attempt(user: Any) -> Any:
    """Count an attempt at a second factor; ``rollback`` uncounts it when it was right.

    Only this attempt is uncounted. allauth would forget all earlier ones, those at other
    people's logins from this address among them. Raises ValidationError at the limit.
    """
    usage = ratelimit.consume(
        context.request,
        app="allauth.account",
        action="login_failed",
        key=f"mfa-auth-user-{user.pk}",
    )
    if not usage:
        raise account_adapter().validation_error("too_many_login_attempts")
    return usage


class CodeForm(forms.Form):
    """The code of the app, or a recovery code."""

    reauthenticated = False
    code = code_field(_("Code from the app"), _("Or one of your recovery codes."))

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        self.user = user
        super().__init__(*args, **more)

    def clean_code(self) -> str:
        """Accept a code once."""
        usage = attempt(self.user)
        code: str = self.cleaned_data["code"]
        factor = codes.accept(self.user, code)
        if factor is None:
            raise get_adapter().validation_error("incorrect_code")
        usage.rollback()
        factor.user = self.user
        self.authenticator = factor
        return code

    def save(self) -> None:
        """Note in the session that this factor was shown."""
        post_authentication(
            context.request, self.authenticator, reauthenticated=self.reauthenticated
        )


class CodeAgainForm(CodeForm):
    """The same once more, before factors are changed."""

    reauthenticated = True


class AppForm(forms.Form):
    """The first code of a new app. Its secret waits in the session, encrypted."""

    code = code_field(_("Code from the app"), _("Six digits."))

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        self.user = user
        self.counter = 0
        super().__init__(*args, **more)
        session = context.request.session
        if not self.is_bound or SECRET_SESSION_KEY not in session:
            session[SECRET_SESSION_KEY] = secrets.encrypt(generate_totp_secret())
        self.secret = secrets.decrypt(session[SECRET_SESSION_KEY])

    @property
    def secret_in_groups(self) -> str:
        """The secret for those who type it, in groups of four."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        """Refuse a code that does not fit."""
        usage = attempt(self.user)
        code: str = self.cleaned_data["code"]
        counter = codes.counter_of(self.secret, code)
        if counter is None:
            raise get_adapter().validation_error("incorrect_code")
        usage.rollback()
        self.counter = counter
        return code


# --- passkeys ------------------------------------------------------------------


class AddPasskeyForm(webauthn._BaseAddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and its name."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you can tell it from others later. For example: my phone."),
        max_length=60,
        required=False,
    )

    def clean_name(self) -> str:
        """The name was typed: it passes the doorway."""
        return doorway.cleaned(super().clean_name())

    def clean(self) -> dict[str, Any]:
        """Check what the browser made; anything malformed is a refusal, not a failure."""
        try:
            credential = self.cleaned_data.get("credential")
            if credential:
                made = auth.parse_registration_response(credential)
                passkeys.claim("create", made.response.client_data)
            values = dict(super().clean())
            return {**values, "credential": passkeys.kept(credential)} if credential else values
        except _MALFORMED as error:
            raise _refused() from error


class PasskeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What the browser signed with a passkey; ``user`` is None when the passkey says who."""

    reauthenticated = False
    passwordless = False

    def __init__(self, *args: Any, since: float = 0, **more: Any) -> None:
        self.since = since  # it must have been asked for after this moment
        super().__init__(*args, **more)

    def clean_credential(self) -> Authenticator:
        """Check the signature; anything malformed is a refusal, not a failure."""
        credential = self.cleaned_data["credential"]
        usage = attempt(self.user) if self.user else None
        try:
            answer = auth.parse_authentication_response(credential)
            passkeys.claim("get", answer.response.client_data, since=self.since)
            user = self.user or auth.extract_user_from_response(credential)
            found: Authenticator = auth.complete_authentication(user, credential)
        except (*_MALFORMED, ValidationError) as error:
            raise _refused() from error
        if usage:
            usage.rollback()
        return found


class PasskeyAgainForm(PasskeyForm):
    """The same once more, before factors are changed."""

    reauthenticated = True


class PasskeyLoginForm(PasskeyForm):
    """A passkey alone: it says who logs in, and asks for finger, face or PIN."""

    passwordless = True

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, user=None, **more)


def _refused() -> ValidationError:
    return ValidationError(_("This passkey is not known here. Try again."), code="passkey")
