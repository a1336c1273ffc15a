"""Limits in all, two more alarms, and calls that we make because somebody asked for it."""

from django.db import migrations, models

from zamiast.audit.sql import run

KINDS = ["not_active", "all_not_active", "declines", "all_declines", "three_consultants",
         "two_calls", "many_prompts", "not_me"]  # fmt: skip


class Migration(migrations.Migration):
    """The kinds of alarms, then raw SQL."""

    dependencies = [("verification", "0007_covid_record")]
    operations = [
        migrations.RemoveConstraint(model_name="alarm", name="verification_alarm_kind"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                name="verification_alarm_kind", condition=models.Q(kind__in=KINDS)
            ),
        ),
        run(__file__, "limits.sql"),
    ]
