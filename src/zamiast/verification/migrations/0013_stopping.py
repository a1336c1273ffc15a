"""To stop waiting looks the same at the desk, whatever the holder answered."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """The time of an answered question ends as well."""

    dependencies = [("verification", "0012_strong")]
    operations = [run(__file__, "stopping.sql")]
