"""The portal reads entries of accounts only that it opened, with an event."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Row security on entries, what they were, and reports about them."""

    dependencies = [("records", "0007_covid_referrals"), ("audit", "0001_log")]
    operations = [run(__file__, "opened.sql")]
