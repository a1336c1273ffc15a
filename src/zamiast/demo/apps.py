"""Django's entry for this app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The app."""

    name = "zamiast.demo"
