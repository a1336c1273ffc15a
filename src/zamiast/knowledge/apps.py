"""Django's entry for the articles."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """The articles."""

    name = "zamiast.knowledge"
