"""No call back without an event that the holder sees, whatever the desk's process was made to do."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("helpline", "0012_no_misses")]
    operations = [run(__file__, "calling_back_trace.sql")]
