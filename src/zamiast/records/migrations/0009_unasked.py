"""What was not opened is not there, in no way of asking."""

from django.db import migrations, models

from zamiast.audit.sql import run


class Migration(migrations.Migration):
    """Policies that decide first, and an index by which they find."""

    dependencies = [("records", "0008_opened"), ("audit", "0007_key")]
    operations = [
        migrations.AddIndex(
            model_name="formerentry",
            index=models.Index(fields=["account", "kind"], name="records_former_account"),
        ),
        run(__file__, "unasked.sql"),
    ]
