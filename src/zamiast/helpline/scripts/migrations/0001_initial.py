"""Runs of scripts, and the versions that were used."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import zamiast.audit.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("records", "0002_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScriptVersion",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("script", models.CharField(max_length=32)),
                ("version", models.IntegerField()),
                ("content", zamiast.audit.fields.GuardedTextField()),
                ("first_used_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="CallerNumber",
            fields=[
                ("call_id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("number", zamiast.audit.fields.GuardedCharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "facility",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScriptRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.UUIDField()),
                ("script", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=2)),
                ("answers", models.JSONField(default=dict)),
                ("note", zamiast.audit.fields.GuardedTextField(default="", max_length=4000)),
                ("is_current", models.BooleanField(default=True)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scripts.scriptversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["began_at"],
                        name="scripts_run_not_ended",
                    ),
                    models.Index(fields=["ended_at"], name="scripts_run_ended"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call_id", "script"), name="scripts_one_run_per_call_and_script"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("call_id",),
                        name="scripts_one_run_at_a_time",
                        violation_error_message="A call is in one script at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["pl", "en", "uk"])),
                        name="scripts_run_language",
                    ),
                ],
            },
        ),
    ]
