"""Wrong words on the way back are counted nowhere: the count locked out who wrote."""

from django.db import migrations


class Migration(migrations.Migration):
    """The portal's right to change these columns goes with them."""

    dependencies = [("helpline", "0011_calling_back")]
    operations = [
        migrations.RemoveField(model_name="writer", name="misses"),
        migrations.RemoveField(model_name="writer", name="missed_at"),
    ]
