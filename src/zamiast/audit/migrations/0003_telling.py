"""The one job that every role may enqueue."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """The function ``audit_tell``."""

    dependencies = [
        ("audit", "0002_jobs"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [run(__file__, "telling.sql", "DROP FUNCTION audit_tell(bigint, text)")]
