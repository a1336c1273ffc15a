"""How many links an account asked for is counted in the log, which forgets nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    """The portal's right to change these columns goes with them."""

    dependencies = [("portal", "0008_closure")]
    operations = [
        migrations.RemoveField(model_name="mailaddress", name="links_on"),
        migrations.RemoveField(model_name="mailaddress", name="links_asked"),
    ]
