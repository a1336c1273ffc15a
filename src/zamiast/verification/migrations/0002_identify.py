"""The function that identifies a caller, and who may call it."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("verification", "0001_initial"),
        ("audit", "0001_log"),
        ("login", "0002_rows"),
        ("registry", "0002_grants"),
    ]
    operations = [run(__file__, "identify.sql")]
