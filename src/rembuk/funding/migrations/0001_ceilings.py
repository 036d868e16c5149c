
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_tree_of_places'),
        ('shared', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ceiling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('budget_year', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=5)),
                ('earmark', models.CharField(blank=True, max_length=60)),
                ('programme', models.CharField(blank=True, max_length=20)),
                ('amount', models.BigIntegerField()),
                ('stage', models.CharField(choices=[('provisional', 'sementara'), ('indicative', 'indikatif'), ('revised', 'perubahan'), ('final', 'final')], default='indicative', max_length=12)),
                ('letter_number', models.CharField(blank=True, max_length=100)),
                ('letter_date', models.DateField(blank=True, null=True)),
                ('basis', models.TextField(blank=True)),
                ('received_date', models.DateField(blank=True, null=True)),
                ('entered_by', models.UUIDField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.UUIDField(blank=True, null=True)),
                ('in_force', models.BooleanField(default=False)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.storedfile')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='funding.ceiling')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ceilings', to='regions.village')),
            ],
            options={
                'ordering': ('village', 'budget_year', 'source', 'earmark', 'programme', 'created_at', 'id'),
                'indexes': [models.Index(fields=['village', 'budget_year'], name='ceiling_of_a_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='ceiling_is_not_negative'), models.CheckConstraint(condition=models.Q(('in_force', False), ('issued_at__isnull', False), _connector='OR'), name='ceiling_in_force_was_issued'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'provisional'), _negated=True), models.Q(('basis', ''), _negated=True), _connector='OR'), name='provisional_ceiling_has_a_basis'), models.UniqueConstraint(condition=models.Q(('in_force', True)), fields=('village', 'budget_year', 'source', 'earmark', 'programme'), name='one_ceiling_in_force'), models.UniqueConstraint(condition=models.Q(('issued_at__isnull', True)), fields=('village', 'budget_year', 'source', 'earmark', 'programme'), name='one_ceiling_waiting')],
            },
        ),
    ]
