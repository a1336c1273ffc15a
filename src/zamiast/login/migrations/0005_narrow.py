"""What the role of a site may do to passwords and second factors."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [("login", "0004_open_sessions"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [run(__file__, "narrow.sql")]
