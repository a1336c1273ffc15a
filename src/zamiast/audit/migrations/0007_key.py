"""The key to an event, for what only an event opens."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A function that tells the key to who writes the event."""

    dependencies = [("audit", "0006_view_proof")]
    operations = [run(__file__, "key.sql")]
