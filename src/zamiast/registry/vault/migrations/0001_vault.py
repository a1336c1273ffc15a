"""The schema of the vault, and the one role that may enter it."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the vault."""

    initial = True
    dependencies = [
        ("registry", "0001_initial"),
        ("audit", "0001_log"),
    ]
    operations = [run(__file__, "vault.sql", "DROP SCHEMA vault CASCADE")]
