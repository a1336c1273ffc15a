"""Phones hear of looks without a mail address, too: when they last did."""

from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0009_links_counted_in_the_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="pushsubscription",
            name="looks_told_at",
            field=models.DateTimeField(null=True),
        ),
        run(__file__, "looks_told.sql"),
    ]
