"""Django's entry for this app."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """The app."""

    name = "zamiast.verification"
