"""What names transactions of another cluster neither raises an error nor answers."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Committed is what one can see, not what this cluster's list of transactions says."""

    dependencies = [("verification", "0005_receipts")]
    operations = [run(__file__, "after_restore.sql")]
