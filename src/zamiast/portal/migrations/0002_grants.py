"""Who may read which login opens which account."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("portal", "0001_initial"),
    ]
    operations = [run(__file__, "grants.sql")]
