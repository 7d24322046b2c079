from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_append_only'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='policyoverride',
            name='override_second_person',
        ),
        migrations.RemoveConstraint(
            model_name='policyoverride',
            name='override_decided_is_complete',
        ),
        migrations.AddField(
            model_name='policyoverride',
            name='until',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='policyoverride',
            name='state',
            field=models.CharField(choices=[('PROPOSED', 'Waiting for approval'), ('APPROVED', 'Approved'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn')], default='PROPOSED', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='policyoverride',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('state', 'WITHDRAWN'), _connector='OR'), name='override_second_person'),
        ),
        migrations.AddConstraint(
            model_name='policyoverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'PROPOSED')), models.Q(models.Q(('state', 'PROPOSED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='override_decided_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='policyoverride',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('from_date')), _connector='OR'), name='override_ends_after_start'),
        ),
    ]
