"""Who may read and write entries."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("records", "0003_entries"),
    ]
    operations = [run(__file__, "entries.sql")]
