"""On whose behalf somebody looked, for the holder and for the proof."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("audit", "0003_telling"),
    ]
    operations = [run(__file__, "who_looked.sql")]
