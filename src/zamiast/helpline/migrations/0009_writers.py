"""Cases by the public form."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0008_casework_steps"),
        ("procrastinate", "0041_post_retry_failed_job"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Writer",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="writer",
                        serialize=False,
                        to="helpline.case",
                    ),
                ),
                ("digest", models.BinaryField()),
                ("has_identifier", models.BooleanField(default=False)),
                ("sealed", models.TextField(default="")),
                ("language", models.CharField(default="pl", max_length=2)),
                ("misses", models.SmallIntegerField(default=0)),
                ("missed_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_by__isnull", False))
                | models.Q(("is_confirmed", False), ("opened_by_name", "form")),
                name="helpline_case_by_somebody_or_the_form",
            ),
        ),
        run(__file__, "writers.sql", "DROP FUNCTION helpline_tell_writer(bigint)"),
    ]
