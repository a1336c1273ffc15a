"""How the desk finds a facility by its public number."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("scripts", "0003_caller_number"),
        ("records", "0004_entries_grants"),
    ]
    operations = [run(__file__, "facilities.sql")]
