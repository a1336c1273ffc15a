"""The desk reads facts only of accounts that were looked at in a case."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Looks, and functions that ask for one."""

    dependencies = [("guardianship", "0005_overdue")]
    operations = [run(__file__, "looks.sql")]
