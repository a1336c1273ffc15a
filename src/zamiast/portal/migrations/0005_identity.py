"""Which subject of which identity provider opens which login."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_push_grants"),
        ("registry", "0002_grants"),
        ("login", "0003_roles"),
    ]
    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "subject"), name="portal_identity_of_one_login"
                    )
                ],
            },
        ),
        run(__file__, "identity.sql"),
    ]
