"""Django's entry for this app."""

from django.apps import AppConfig


class GuardianshipConfig(AppConfig):
    """The app."""

    name = "zamiast.guardianship"
