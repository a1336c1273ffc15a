"""How the last nightly proof of the holders' view ended, for everybody to read."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("audit", "0005_schedule"),
    ]
    operations = [run(__file__, "view_proof.sql")]
