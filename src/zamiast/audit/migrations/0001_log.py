"""The log, its trigger, its only way in."""

from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """First migration of the log."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[("id", models.BigAutoField(primary_key=True, serialize=False))],
            options={"db_table": "audit_event", "managed": False},
        ),
        migrations.CreateModel(
            name="Look",
            fields=[("event_id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "audit_look", "managed": False},
        ),
        run(__file__, "log.sql"),
    ]
