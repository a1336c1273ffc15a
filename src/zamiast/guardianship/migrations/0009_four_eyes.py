"""Each of two who change access shows a second factor right before, or the database refuses."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Triggers on changes and freezes."""

    dependencies = [("guardianship", "0008_disclosed"), ("login", "0006_showing")]
    operations = [run(__file__, "four_eyes.sql")]
