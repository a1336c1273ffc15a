"""Reminders, counts by whole hours, and what supervisors read by consultant."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("helpline", "0009_writers"),
        ("audit", "0003_telling"),
        ("verification", "0004_confirm"),
    ]
    operations = [run(__file__, "kept.sql")]
