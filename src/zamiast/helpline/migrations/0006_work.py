"""The work on cases: queues, deadlines, callbacks, letters, drafts, links, teams."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import zamiast.audit.fields
import zamiast.helpline.models.case


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0005_casework_sql"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Callback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("kept", "Kept"),
                            ("missed", "Missed"),
                            ("given_up", "Given Up"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "number_kind",
                    models.CharField(
                        choices=[
                            ("telephone", "Telephone"),
                            ("account", "Account"),
                            ("facility", "Facility"),
                        ],
                        max_length=9,
                    ),
                ),
                ("ending", models.CharField(default="", max_length=2)),
                ("wish", zamiast.audit.fields.GuardedTextField(default="", max_length=200)),
                ("tries", models.SmallIntegerField(default=0)),
                ("promised_by_name", models.CharField(max_length=16)),
                ("promised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_by_name", models.CharField(default="", max_length=16)),
                ("settled_by_name", models.CharField(default="", max_length=16)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=6)),
                ("text", zamiast.audit.fields.GuardedTextField(max_length=4000)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("related", "Related"),
                            ("split", "Split"),
                            ("repeated", "Repeated"),
                        ],
                        max_length=8,
                    ),
                ),
                ("by_name", models.CharField(max_length=16)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("queue", models.CharField(max_length=24)),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_from_holder", models.BooleanField()),
                ("author_name", models.CharField(max_length=16)),
                ("text", zamiast.audit.fields.GuardedTextField(max_length=4000)),
                ("cut", models.SmallIntegerField(default=0)),
                ("canned", models.CharField(default="", max_length=48)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("hour", models.SmallIntegerField()),
                ("matter", models.CharField(max_length=32)),
                ("calls", models.IntegerField(default=0)),
                ("opened", models.IntegerField(default=0)),
                ("closed", models.IntegerField(default=0)),
                ("in_time", models.IntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="helpline_case_state",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="helpline_case_open",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="helpline_case_opened_by",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="helpline_case_open_of",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="helpline_case_open_matter",
        ),
        migrations.AddField(
            model_name="case",
            name="due_at",
            field=models.DateTimeField(default=zamiast.helpline.models.case._in_two_days),
        ),
        migrations.AddField(
            model_name="case",
            name="left_seconds",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="helpline.case",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="overdue_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="owner_name",
            field=models.CharField(default="", max_length=16),
        ),
        migrations.AddField(
            model_name="case",
            name="queue",
            field=models.CharField(default="line", max_length=24),
        ),
        migrations.AddField(
            model_name="case",
            name="unread",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="version",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="waits_for",
            field=models.CharField(
                choices=[
                    ("holder", "Holder"),
                    ("facility", "Facility"),
                    ("nfz", "Nfz"),
                    ("cez", "Cez"),
                    ("employer", "Employer"),
                    ("court", "Court"),
                    ("specialist", "Specialist"),
                    ("supplier", "Supplier"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="waits_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="move",
            name="detail",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("waiting", "Waiting"),
                    ("closed", "Closed"),
                    ("disowned", "Disowned"),
                    ("merged", "Merged"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["due_at", "number"],
                name="helpline_case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["queue", "due_at", "number"],
                name="helpline_case_queue_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner", "due_at", "number"],
                name="helpline_case_owner_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["matter", "due_at", "number"],
                name="helpline_case_matter_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["queue", "matter", "due_at", "number"],
                name="helpline_case_queue_matter_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["queue", "-number"], name="helpline_case_queue"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["queue", "matter", "-number"], name="helpline_case_queue_matter"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["owner", "-number"], name="helpline_case_owner"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["-number"],
                name="helpline_case_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("unread", True)),
                fields=["-number"],
                name="helpline_case_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into", "-number"],
                name="helpline_case_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "waiting", "closed", "disowned", "merged"])
                ),
                name="helpline_case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("left_seconds__isnull", False),
                        ("state", "waiting"),
                        models.Q(("waits_for", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("left_seconds__isnull", True),
                        ("waits_for", ""),
                    ),
                    _connector="OR",
                ),
                name="helpline_waiting_says_for_what",
                violation_error_message="A case that waits says for what; no other does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(
                        models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="helpline_merged_says_into_what",
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="callbacks",
                to="helpline.case",
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="promised_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="taken_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="helpline.case"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="helpline.case",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="helpline.case"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="helpline.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("day", "hour", "matter"), name="helpline_one_tally"
            ),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(fields=["case"], name="helpline_callback_case"),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "missed"])),
                fields=["until_at", "id"],
                name="helpline_callback_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "kept", "missed", "given_up"])),
                name="helpline_callback_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_kind__in", ["telephone", "account", "facility"])),
                name="helpline_callback_number_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("from_at"))),
                name="helpline_callback_times",
                violation_error_message="A callback ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ending", ""), ("ending__regex", "^[0-9]{2}$"), _connector="OR"
                ),
                name="helpline_callback_ending",
                violation_error_message="Two digits of a number and no more are kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "missed"])),
                fields=("case",),
                name="helpline_one_callback_per_case",
                violation_error_message="A callback is promised in this case already.",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["saved_at"], name="helpline_draft_saved"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("case", "user", "kind"), name="helpline_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["note", "answer"])), name="helpline_draft_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("case", "other"), name="helpline_one_link"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("other")), _negated=True),
                name="helpline_link_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["related", "split", "repeated"])),
                name="helpline_link_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "queue"), name="helpline_one_membership"
            ),
        ),
    ]
