"""The portal ends a report that was answered, when the entry is reported anew."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("records", "0004_entries_grants"),
    ]
    operations = [run(__file__, "answered.sql")]
