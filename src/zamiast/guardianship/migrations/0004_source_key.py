"""Rows that another system states are known again by a key."""

from django.conf import settings
from django.db import migrations, models

import zamiast.audit.fields


class Migration(migrations.Migration):
    """A key in each table of facts, and one row for each key."""

    dependencies = [
        ("guardianship", "0003_traces"),
        ("registry", "0002_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="accessgrant",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="authorisation",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="circumstance",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="fostercare",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="freeze",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="incapacitation",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="insurance",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="owntitle",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="protectedaddress",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="representation",
            name="source_key",
            field=zamiast.audit.fields.GuardedCharField(db_default="", default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="accessgrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_accessgrant_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_authorisation_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="circumstance",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_circumstance_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fostercare",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_fostercare_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_freeze_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incapacitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_incapacitation_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="insurance",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_insurance_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="owntitle",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_owntitle_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_protectedaddress_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("source_key", ""), _negated=True),
                    models.Q(
                        ("ended_because__isnull", True),
                        models.Q(("ended_because__in", ["mistake", "replaced"]), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("source_key",),
                name="guardianship_representation_one_for_each_key",
                violation_error_message="Another row has this key.",
            ),
        ),
    ]
