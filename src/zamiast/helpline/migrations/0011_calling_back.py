"""Callbacks that a holder asks for, and calling back."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("helpline", "0010_kept_sql"), ("verification", "0008_limits")]
    operations = [run(__file__, "calling_back.sql")]
