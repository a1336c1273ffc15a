"""No fact changes in silence."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Deferred triggers on all facts."""

    dependencies = [("guardianship", "0002_rows"), ("audit", "0001_log")]
    operations = [run(__file__, "traces.sql")]
