"""When a session last showed a second factor, for acts that the database lets through then only."""

from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A column for both kinds of sessions, and the question about it."""

    dependencies = [("login", "0005_narrow")]
    operations = [
        migrations.AddField("holdersession", "factor_at", models.DateTimeField(null=True)),
        migrations.AddField("staffsession", "factor_at", models.DateTimeField(null=True)),
        run(__file__, "showing.sql"),
    ]
