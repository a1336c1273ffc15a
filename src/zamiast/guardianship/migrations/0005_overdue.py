"""Freezes that nobody reviewed in time are told."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A function for the worker, and what it told already."""

    dependencies = [("guardianship", "0004_source_key"), ("audit", "0001_log")]
    operations = [run(__file__, "overdue.sql")]
