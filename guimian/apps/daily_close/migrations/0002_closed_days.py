from django.db import migrations

from guimian.base.triggers import ClosedDays


class Migration(migrations.Migration):
    dependencies = [("daily_close", "0001_initial"), ("calendar", "0002_closed_stays")]

    operations = [
        ClosedDays("daily_close_tellerclose", "calendar_businessday"),
        ClosedDays("daily_close_closeline", "calendar_businessday"),
        ClosedDays("daily_close_counterclose", "calendar_businessday"),
    ]
