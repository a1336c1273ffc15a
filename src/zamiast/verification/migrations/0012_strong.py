"""Level 3: the functions, and the acts from code."""

from django.db import migrations

from zamiast.audit.sql import run
from zamiast.verification.strong import fill
from zamiast.verification.tables import leave


class Migration(migrations.Migration):
    """Raw SQL of rare acts."""

    dependencies = [("verification", "0011_act")]
    operations = [run(__file__, "strong.sql"), migrations.RunPython(fill, leave)]
