from django.db import migrations

from guimian.base.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [AppendOnly("base_journalentry"), AppendOnly("base_journalseal")]
