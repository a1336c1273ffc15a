"""When jobs ran and run: for operators and supervisors."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("audit", "0004_who_looked"),
    ]
    operations = [run(__file__, "schedule.sql")]
