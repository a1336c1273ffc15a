"""Who may read and write cases."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("helpline", "0001_initial"),
    ]
    operations = [run(__file__, "grants.sql")]
