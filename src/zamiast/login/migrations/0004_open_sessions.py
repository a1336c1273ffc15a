"""When a session was last used, on which device, and when the shift ends."""

import django.utils.timezone
from django.db import migrations, models


def _fields(model):
    return [
        migrations.AddField(
            model_name=model,
            name="last_seen_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name=model,
            name="device",
            field=models.CharField(default="", max_length=40),
        ),
        migrations.AddField(
            model_name=model,
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("login", "0003_roles")]
    operations = [*_fields("holdersession"), *_fields("staffsession")]
