"""Who writes runs of scripts, and who forgets them."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("scripts", "0001_initial"),
        ("helpline", "0002_grants"),
        ("verification", "0001_initial"),
        ("audit", "0001_log"),
    ]
    operations = [run(__file__, "scripts.sql")]
