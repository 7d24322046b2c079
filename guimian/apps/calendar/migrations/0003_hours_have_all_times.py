from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_closed_stays")]

    operations = [
        migrations.RemoveConstraint(model_name="hours", name="hours_open_lie_within_work"),
        migrations.AddConstraint(
            model_name="hours",
            constraint=models.CheckConstraint(
                condition=Q(is_open=False)
                | Q(
                    work_from__isnull=False,
                    work_to__isnull=False,
                    open_from__isnull=False,
                    open_to__isnull=False,
                    open_from__gte=F("work_from"),
                    open_to__gt=F("open_from"),
                    open_to__lte=F("work_to"),
                ),
                name="hours_open_lie_within_work",
            ),
        ),
    ]
