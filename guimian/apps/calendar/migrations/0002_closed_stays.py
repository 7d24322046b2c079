from django.db import migrations

from guimian.base.triggers import ClosedStays


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]

    operations = [ClosedStays("calendar_businessday")]
