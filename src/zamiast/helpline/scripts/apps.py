"""Django's entry for the scripts."""

from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    """The app; its texts stand in the helpline's ``locale``."""

    name = "zamiast.helpline.scripts"
    label = "scripts"
