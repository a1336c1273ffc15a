"""Exchanges, lines, intents, sheets of paper codes; the means of a confirmation."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zamiast.audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0008_limits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", zamiast.audit.fields.GuardedCharField(max_length=40, unique=True)),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nth", models.SmallIntegerField()),
                ("digest", models.BinaryField()),
                ("asked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="confirmation",
            name="means",
            field=models.CharField(db_default="app", max_length=8),
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("first_heard_at", models.DateTimeField()),
                ("direction", models.CharField(max_length=3, null=True)),
                ("queue", zamiast.audit.fields.GuardedCharField(max_length=40, null=True)),
                ("last_two", models.CharField(max_length=2, null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(db_default=0)),
                (
                    "call",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.call",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.exchange",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                ("about_id", models.BigIntegerField()),
                ("matter", models.CharField(max_length=32)),
                ("fields", models.CharField(max_length=400)),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("keyed_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "line",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.line",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="confirmation",
            name="pair",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="verification.pair",
            ),
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("made_at", models.DateTimeField()),
                ("misses", models.SmallIntegerField(db_default=0)),
                ("blocked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("account_id",),
                        name="verification_one_sheet",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="pair",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pairs",
                to="verification.sheet",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["first_heard_at"], name="verification_line_age"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("exchange", "digest"), name="verification_one_line_a_call"
            ),
        ),
        migrations.AddConstraint(
            model_name="intent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("keyed_at", None)),
                fields=("account_id",),
                name="verification_one_intent_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(
                fields=("sheet", "nth"), name="verification_pair_number"
            ),
        ),
    ]
