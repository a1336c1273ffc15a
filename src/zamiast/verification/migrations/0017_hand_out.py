"""Paper codes that an operator hands out in person."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("verification", "0016_level")]
    operations = [run(__file__, "hand_out.sql")]
