"""Django's entry for this app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app."""

    name = "zamiast.records"
