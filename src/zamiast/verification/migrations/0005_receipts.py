"""Receipts say the number of the case."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """The function again, with one more column."""

    dependencies = [("verification", "0004_confirm")]
    operations = [run(__file__, "receipts.sql")]
