"""Who keeps which browsers to wake, and who wakes them."""

from django.db import migrations

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Raw SQL of the app."""

    dependencies = [
        ("portal", "0003_push_subscriptions"),
    ]
    operations = [run(__file__, "push.sql")]
