"""Who may read and write the registry; identifiers are kept."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("registry", "0001_initial"),
        ("audit", "0001_log"),
    ]
    operations = [run(__file__, "grants.sql")]
