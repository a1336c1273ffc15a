"""Mail addresses for messages without content."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0005_identity"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.TextField()),
                ("language", models.CharField(default="pl", max_length=2)),
                ("on_answer", models.BooleanField(default=True)),
                ("on_entry", models.BooleanField(default=False)),
                ("on_access", models.BooleanField(default=True)),
                ("on_look", models.BooleanField(default=False)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("link_digest", models.BinaryField(null=True)),
                ("link_expires_at", models.DateTimeField(null=True)),
                ("links_on", models.DateField(null=True)),
                ("links_asked", models.SmallIntegerField(default=0)),
                ("refused_at", models.DateTimeField(null=True)),
                ("looks_told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("link_digest__isnull", True), ("link_expires_at__isnull", True)
                            ),
                            models.Q(
                                ("link_digest__isnull", False), ("link_expires_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="portal_mail_link_expires",
                    )
                ],
            },
        ),
    ]
