"""One passkey is one person's."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """A unique index on the ids of passkeys."""

    dependencies = [("login", "0006_showing"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [run(__file__, "passkeys.sql")]
