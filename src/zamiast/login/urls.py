"""The way in, the same on both sites: logging in, second factors.

allauth's own list is not included: it has pages for sign-up, e-mail and forgotten
passwords, which must not exist here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as base
from django.urls import URLPattern, URLResolver, path

from zamiast.login import session_views, views
from zamiast.login.doors import person, setup, way_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", way_in(account.login), name="account_login"),
    path("login/code/", way_in(views.SecondStep.as_view()), name="mfa_authenticate"),
    path("login/passkey/", way_in(views.PasskeyLogin.as_view()), name="mfa_login_webauthn"),
    path("logout/", way_in(account.logout), name="account_logout"),
    path("login/again/", setup(account.reauthenticate), name="account_reauthenticate"),
    path("login/again/code/", person(base.reauthenticate), name="mfa_reauthenticate"),
    path(
        "login/again/passkey/",
        person(views.PasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/", setup(views.Overview.as_view()), name="mfa_index"),
    path("second-factor/app/", setup(views.AddApp.as_view()), name="mfa_activate_totp"),
    path(
        "second-factor/app/remove/", person(views.RemoveApp.as_view()), name="mfa_deactivate_totp"
    ),
    path("second-factor/passkey/", setup(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "second-factor/passkey/<int:pk>/remove/",
        person(views.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/codes/",
        person(views.RecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        person(views.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("sessions/", session_views.listing, name="sessions"),
    path("sessions/end/", session_views.end, name="end_session"),
    path("password/", person(views.ChangePassword.as_view()), name="account_change_password"),
]
