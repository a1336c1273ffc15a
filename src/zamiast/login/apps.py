"""Django's entry for this app."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    """The app."""

    name = "zamiast.login"
