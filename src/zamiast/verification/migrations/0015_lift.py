"""A supervisor may let one consultant go on after the limit of an hour."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zamiast.audit.fields
from zamiast.audit.sql import run

KINDS = ["not_active", "all_not_active", "declines", "all_declines", "three_consultants",
         "two_calls", "many_prompts", "not_me", "lifted"]  # fmt: skip
USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    """The table of lifts and their alarm, then raw SQL."""

    dependencies = [
        ("verification", "0014_access_reasons"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.CreateModel(
            name="Lift",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", zamiast.audit.fields.GuardedCharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=USER)),
                ("consultant", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=USER)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["consultant", "until"], name="verification_lift_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="verification_lift_by_another",
                        condition=models.Q(("by", models.F("consultant")), _negated=True),
                        violation_error_message="Nobody lifts the limit for oneself.",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="alarm", name="verification_alarm_kind"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                name="verification_alarm_kind", condition=models.Q(kind__in=KINDS)
            ),
        ),
        run(__file__, "lift.sql"),
    ]  # fmt: skip
