"""What telephone exchanges tell, calls begun in the account, paper codes."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL: the older functions learn of the means, then the new ones."""

    dependencies = [("verification", "0009_means")]
    operations = [
        run(__file__, "api.sql"),
        run(__file__, "means.sql"),
        run(__file__, "exchange.sql"),
        run(__file__, "intent.sql"),
        run(__file__, "paper.sql"),
    ]
