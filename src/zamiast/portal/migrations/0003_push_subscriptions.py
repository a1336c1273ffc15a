"""Which browsers a holder lets us wake."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_grants"),
        ("registry", "0002_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(unique=True)),
                ("sealed", models.TextField()),
                ("language", models.CharField(default="pl", max_length=2)),
                ("on_confirmation", models.BooleanField(default=True)),
                ("on_answer", models.BooleanField(default=True)),
                ("on_entry", models.BooleanField(default=True)),
                ("on_look", models.BooleanField(default=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.account",
                    ),
                ),
            ],
        ),
    ]
