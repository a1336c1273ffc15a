"""Referrals to a COVID-19 vaccination, for the question why there is none."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """The function again; no role may execute it itself."""

    dependencies = [("records", "0006_covid")]
    operations = [run(__file__, "covid_referrals.sql")]
