"""What a confirmed call can open of the accounts around its caller."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A function that no role may execute itself."""

    dependencies = [("guardianship", "0007_fresh_traces")]
    operations = [run(__file__, "disclosed.sql")]
