"""A confirmation in matters 7 to 9 can open why an account is not open to the caller."""

from django.db import migrations

from zamiast.verification import tables


class Migration(migrations.Migration):
    """The table of disclosure again."""

    dependencies = [("verification", "0013_stopping"), ("guardianship", "0008_disclosed")]
    operations = [migrations.RunPython(tables.fill, tables.leave)]
