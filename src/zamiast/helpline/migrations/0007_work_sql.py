"""Who may do the work on cases, words to search by, what the jobs do."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("helpline", "0006_work"),
        ("audit", "0001_log"),
        ("verification", "0002_identify"),
    ]
    operations = [run(__file__, "work.sql")]
