"""The functions that confirm a call and open its fields, and who may call them."""

from django.db import migrations

from zamiast.audit.sql import run
from zamiast.verification.tables import fill, leave


class Migration(migrations.Migration):
    """Raw SQL of the app, and the two tables that come from code."""

    dependencies = [
        ("verification", "0003_confirmation"),
        ("audit", "0003_telling"),
        ("login", "0002_rows"),
        ("registry", "0002_grants"),
    ]
    operations = [
        run(__file__, "confirm.sql"),
        run(__file__, "prompt.sql"),
        migrations.RunPython(fill, leave),
    ]
