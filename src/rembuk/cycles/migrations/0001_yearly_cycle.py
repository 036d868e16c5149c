
import django.db.models.deletion
import django.db.models.expressions
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
            name='Cycle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('plan_year', models.PositiveIntegerField()),
                ('budget_year', models.PositiveIntegerField()),
                ('profile', models.CharField(max_length=20)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='regions.village')),
            ],
            options={
                'ordering': ('village', '-budget_year', 'id'),
                'constraints': [models.UniqueConstraint(fields=('village', 'budget_year'), name='one_cycle_per_village_and_year'), models.CheckConstraint(condition=models.Q(('budget_year', django.db.models.expressions.CombinedExpression(models.F('plan_year'), '+', models.Value(1)))), name='cycle_is_spent_the_year_after')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('stage', models.CharField(max_length=4)),
                ('paper_code', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=100)),
                ('document_date', models.DateField()),
                ('signed', models.BooleanField(default=False)),
                ('added_by', models.UUIDField(blank=True, null=True)),
                ('added_at', models.DateTimeField()),
                ('verified_by', models.UUIDField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.UUIDField(blank=True, null=True)),
                ('withdrawn_reason', models.TextField(blank=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='cycles.cycle')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.storedfile')),
                ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.paper')),
            ],
            options={
                'ordering': ('cycle', 'stage', 'document_date', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('file__isnull', False), ('paper__isnull', False), _connector='OR'), name='evidence_has_a_file_or_a_paper'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='withdrawn_evidence_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Excuse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('stage', models.CharField(max_length=4)),
                ('reason', models.TextField()),
                ('letter_number', models.CharField(blank=True, max_length=100)),
                ('letter_date', models.DateField(blank=True, null=True)),
                ('from_date', models.DateField()),
                ('to_date', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('proposed', 'diajukan'), ('granted', 'diakui'), ('refused', 'ditolak')], default='proposed', max_length=10)),
                ('proposed_by', models.UUIDField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='excuses', to='cycles.cycle')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.storedfile')),
            ],
            options={
                'ordering': ('cycle', 'stage', 'from_date', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('to_date__isnull', True), ('to_date__gte', models.F('from_date')), _connector='OR'), name='excuse_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decided_excuse_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=120)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('set_by', models.UUIDField(blank=True, null=True)),
                ('regency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='regions.regency')),
            ],
            options={
                'ordering': ('day', 'id'),
                'constraints': [models.UniqueConstraint(fields=('regency', 'day'), name='one_holiday_per_regency_and_day')],
            },
        ),
        migrations.CreateModel(
            name='StageRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('stage', models.CharField(max_length=4)),
                ('state', models.CharField(choices=[('open', 'belum'), ('done', 'selesai'), ('returned', 'dikembalikan')], default='open', max_length=10)),
                ('done_date', models.DateField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('completed_by', models.UUIDField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.UUIDField(blank=True, null=True)),
                ('result', models.JSONField(default=list)),
                ('rests_on', models.JSONField(default=dict)),
                ('needs_recheck', models.BooleanField(default=False)),
                ('legal_deadline', models.DateField(blank=True, null=True)),
                ('target_date', models.DateField(blank=True, null=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='cycles.cycle')),
            ],
            options={
                'ordering': ('cycle', 'stage'),
                'indexes': [models.Index(fields=['stage', 'state'], name='stage_by_state')],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'stage'), name='one_record_per_stage'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('completed_at__isnull', False), ('done_date__isnull', False)), _connector='OR'), name='done_stage_has_a_date'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('state', 'done'), _connector='OR'), name='only_a_done_stage_is_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='StageReturn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('stage', models.CharField(max_length=4)),
                ('reason', models.TextField()),
                ('returned_by', models.UUIDField()),
                ('returned_at', models.DateTimeField()),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='cycles.cycle')),
            ],
            options={
                'ordering': ('-returned_at', 'id'),
            },
        ),
    ]
