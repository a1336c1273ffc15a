"""Callers on the line, for the supervisor's board."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("helpline", "0014_case_of_a_call"), ("verification", "0010_exchange")]
    operations = [run(__file__, "line.sql")]
