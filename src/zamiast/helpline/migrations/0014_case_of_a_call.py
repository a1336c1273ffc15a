"""The desk's role opens cases for whom its calls are about, and for nobody else."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("helpline", "0013_calling_back_trace"), ("verification", "0008_limits")]
    operations = [run(__file__, "case_of_a_call.sql")]
