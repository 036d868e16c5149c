import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_perdes_steps'),
        ('shared', '0001_rooms_share_trail_files_papers_notices_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeReason',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField()),
                ('written_by', models.UUIDField()),
            ],
            options={
                'ordering': ('plan', 'created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reason_says_something')],
            },
        ),
        migrations.AddField(
            model_name='rkpdesitem',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plans.rkpdesitem'),
        ),
        migrations.AddField(
            model_name='rkpdesversion',
            name='ground_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rkpdesversion',
            name='ground_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.storedfile'),
        ),
        migrations.AddField(
            model_name='rkpdesversion',
            name='ground_note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rkpdesversion',
            name='ground_number',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddConstraint(
            model_name='rkpdesitem',
            constraint=models.UniqueConstraint(fields=('plan', 'previous'), name='one_successor_per_version'),
        ),
        migrations.AddConstraint(
            model_name='rkpdesversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'AMENDMENT'), _negated=True), models.Q(models.Q(('ground', ''), _negated=True), models.Q(('ground_number', ''), _negated=True), ('ground_date__isnull', False), ('supersedes__isnull', False)), _connector='OR'), name='amendment_has_its_ground'),
        ),
        migrations.AddField(
            model_name='changereason',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='change_reasons', to='plans.rkpdesitem'),
        ),
        migrations.AddField(
            model_name='changereason',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='change_reasons', to='plans.rkpdesversion'),
        ),
        migrations.AddField(
            model_name='changereason',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.rkpdesitem'),
        ),
        migrations.AddConstraint(
            model_name='changereason',
            constraint=models.UniqueConstraint(fields=('plan', 'previous'), name='one_reason_per_changed_item'),
        ),
        migrations.AddConstraint(
            model_name='changereason',
            constraint=models.UniqueConstraint(fields=('plan', 'item'), name='one_reason_per_new_item'),
        ),
        migrations.AddConstraint(
            model_name='changereason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('previous__isnull', True)), models.Q(('item__isnull', True), ('previous__isnull', False)), _connector='OR'), name='reason_is_about_one_item'),
        ),
    ]
