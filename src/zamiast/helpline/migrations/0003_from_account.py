"""A case can begin in the logged-in account."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("helpline", "0002_grants"),
    ]
    operations = [run(__file__, "from_account.sql")]
