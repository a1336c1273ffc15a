"""Rows are kept, facts are read through one function, roles get what they need."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("guardianship", "0001_initial"),
        ("registry", "0002_grants"),
        ("login", "0003_roles"),
    ]
    operations = [run(__file__, name) for name in ("rows.sql", "facts.sql", "grants.sql")]
