"""Who may take jobs from the queue."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Grants on the tables of the queue."""

    dependencies = [
        ("audit", "0001_log"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [run(__file__, "jobs.sql")]
