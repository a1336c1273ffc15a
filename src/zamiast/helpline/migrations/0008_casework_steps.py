"""The specialists' questions in two steps: no look without a trace."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Functions that ask, and functions that answer what is committed."""

    dependencies = [
        ("helpline", "0007_work_sql"),
        ("verification", "0004_confirm"),
        ("guardianship", "0006_looks"),
    ]
    operations = [run(__file__, "casework_steps.sql")]
