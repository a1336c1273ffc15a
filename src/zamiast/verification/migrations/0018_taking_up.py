"""A call that was begun in the account is taken up for some hours, not for ever."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("verification", "0017_hand_out")]
    operations = [run(__file__, "taking_up.sql")]
