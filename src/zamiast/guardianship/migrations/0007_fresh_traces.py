"""No event of a backup stands in for the event of a change."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """The event must be as young as the transaction."""

    dependencies = [("guardianship", "0006_looks")]
    operations = [run(__file__, "fresh_traces.sql")]
