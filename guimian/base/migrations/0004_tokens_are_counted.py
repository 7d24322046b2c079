from datetime import UTC, datetime

from django.db import migrations, models

import guimian.base.personal


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0003_override_withdrawn_or_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='apitoken',
            name='may_write',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='window_calls',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='window_from',
            field=models.DateTimeField(default=datetime(2021, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='idempotencykey',
            name='body',
            field=guimian.base.personal.EncryptedField(blank=True),
        ),
    ]
