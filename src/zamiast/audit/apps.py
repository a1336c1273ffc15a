"""Django's entry for the log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log."""

    name = "zamiast.audit"
