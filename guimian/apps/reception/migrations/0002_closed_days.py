from django.db import migrations

from guimian.base.triggers import ClosedDays


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial"), ("calendar", "0002_closed_stays")]

    operations = [
        ClosedDays("reception_ticket", "calendar_businessday"),
        ClosedDays("reception_seat", "calendar_businessday"),
        ClosedDays("reception_businessrecord", "calendar_businessday"),
    ]
