"""Django's entry for the vault: it brings the migrations of the schema ``vault``."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault. It has no models: its process speaks SQL, nobody else can read its rows."""

    name = "zamiast.registry.vault"
    label = "vault"
