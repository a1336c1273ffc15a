"""How specialists name the accounts of a case, and who may read documents."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("helpline", "0004_casework"),
        ("audit", "0001_log"),
        ("login", "0003_roles"),
        ("registry", "0002_grants"),
        ("guardianship", "0002_rows"),
    ]
    operations = [run(__file__, "casework.sql")]
