"""Who may do what with mail addresses."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("portal", "0006_mail"),
        ("audit", "0003_telling"),
    ]
    operations = [run(__file__, "mail.sql", "DROP FUNCTION portal_ask_for_link(bigint)")]
