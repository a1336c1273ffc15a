"""A confirmation in matter 10 can open what the records say about COVID-19 vaccinations."""

from django.db import migrations

from zamiast.verification import tables


class Migration(migrations.Migration):
    """The table of disclosure again."""

    dependencies = [("verification", "0006_after_restore"), ("records", "0006_covid")]
    operations = [migrations.RunPython(tables.fill, tables.leave)]
