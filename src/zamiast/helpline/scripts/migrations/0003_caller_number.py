"""What the register says of the facility that called."""

from django.db import migrations, models

import zamiast.audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("scripts", "0002_grants"),
    ]

    operations = [
        migrations.AddField(
            model_name="callernumber",
            name="city",
            field=zamiast.audit.fields.GuardedCharField(default="", max_length=100),
        ),
        migrations.AddField(
            model_name="callernumber",
            name="ending",
            field=models.CharField(default="", max_length=2),
        ),
        migrations.AddField(
            model_name="callernumber",
            name="is_checked",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="callernumber",
            name="name",
            field=zamiast.audit.fields.GuardedCharField(default="", max_length=300),
        ),
    ]
