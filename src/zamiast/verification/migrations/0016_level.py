"""The level of a call is told to its own session; what counts as a look-up without a call."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("verification", "0015_lift")]
    operations = [run(__file__, "level.sql")]
