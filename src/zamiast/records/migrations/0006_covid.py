"""COVID-19 vaccinations of one account, for the question of a referral."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A function that no role may execute itself."""

    dependencies = [("records", "0005_answered")]
    operations = [run(__file__, "covid.sql")]
