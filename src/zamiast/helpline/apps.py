"""Django's entry for this app."""

from django.apps import AppConfig


class HelplineConfig(AppConfig):
    """The app."""

    name = "zamiast.helpline"
