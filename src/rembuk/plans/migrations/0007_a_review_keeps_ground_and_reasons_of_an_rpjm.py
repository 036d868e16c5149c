import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_du_rkp_goes_up_with_its_letter'),
    ]

    operations = [
        migrations.CreateModel(
            name='RpjmdesReason',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField()),
                ('written_by', models.UUIDField()),
            ],
            options={
                'ordering': ('rpjmdes', 'created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='rpjm_reason_says_something')],
            },
        ),
        migrations.AddField(
            model_name='rpjmdes',
            name='ground',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='rpjmdes',
            name='ground_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rpjmdes',
            name='ground_note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rpjmdes',
            name='ground_number',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='rpjmdes',
            name='supersedes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='plans.rpjmdes'),
        ),
        migrations.AddField(
            model_name='rpjmdesitem',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plans.rpjmdesitem'),
        ),
        migrations.AddConstraint(
            model_name='rpjmdes',
            constraint=models.CheckConstraint(condition=models.Q(('supersedes__isnull', True), models.Q(models.Q(('ground', ''), _negated=True), models.Q(('ground_number', ''), _negated=True), ('ground_date__isnull', False)), _connector='OR'), name='rpjm_amendment_has_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='rpjmdesitem',
            constraint=models.UniqueConstraint(fields=('rpjmdes', 'previous'), name='one_rpjm_successor_per_version'),
        ),
        migrations.AddField(
            model_name='rpjmdesreason',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='plans.rpjmdesitem'),
        ),
        migrations.AddField(
            model_name='rpjmdesreason',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.rpjmdesitem'),
        ),
        migrations.AddField(
            model_name='rpjmdesreason',
            name='rpjmdes',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='plans.rpjmdes'),
        ),
        migrations.AddConstraint(
            model_name='rpjmdesreason',
            constraint=models.UniqueConstraint(fields=('rpjmdes', 'previous'), name='one_reason_per_changed_rpjm_item'),
        ),
        migrations.AddConstraint(
            model_name='rpjmdesreason',
            constraint=models.UniqueConstraint(fields=('rpjmdes', 'item'), name='one_reason_per_new_rpjm_item'),
        ),
        migrations.AddConstraint(
            model_name='rpjmdesreason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('previous__isnull', True)), models.Q(('item__isnull', True), ('previous__isnull', False)), _connector='OR'), name='rpjm_reason_is_about_one_item'),
        ),
    ]
