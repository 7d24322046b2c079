from __future__ import annotations

from typing import Any

from django.db import migrations

#: What a list begins with; a company adds its own. (code, name, English name, wants a note)
CAUSES = (
    ("PAPER_MISSING", "资料缺失", "A paper is missing", False),
    ("PAPER_WRONG", "资料填写有误", "A paper is filled in wrongly", False),
    ("RECORD_WRONG", "系统录入有误", "The record is entered wrongly", False),
    ("RECORD_MISSING", "资料无对应记录", "Papers without a record", False),
    ("CASH_SHORT", "现金短款", "Cash is short", False),
    ("CASH_OVER", "现金长款", "Cash is over", False),
    ("WAY_WRONG", "收付方式有误", "The way of payment is wrong", False),
    ("OTHER", "其他", "Another cause", True),
)


def put_in(apps: Any, schema_editor: Any) -> None:
    cause = apps.get_model("daily_close", "Cause")
    for place, (code, name, name_en, wants_note) in enumerate(CAUSES):
        fields = {"name": name, "name_en": name_en, "wants_note": wants_note, "place": place}
        cause.objects.get_or_create(code=code, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("daily_close", "0002_closed_days")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
