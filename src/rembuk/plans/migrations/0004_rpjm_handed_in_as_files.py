import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0003_amendments_keep_ground_and_reasons'),
        ('regions', '0001_tree_of_places'),
        ('shared', '0001_rooms_share_trail_files_papers_notices_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedRpjmdes',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('state', models.CharField(choices=[('received', 'diterima'), ('read', 'terbaca'), ('failed', 'tidak terbaca'), ('confirmed', 'dikonfirmasi'), ('dropped', 'tidak dipakai')], default='received', max_length=10)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('sheets', models.JSONField(blank=True, default=list)),
                ('family', models.CharField(blank=True, max_length=1)),
                ('start_year', models.PositiveIntegerField(blank=True, null=True)),
                ('end_year', models.PositiveIntegerField(blank=True, null=True)),
                ('lines', models.JSONField(blank=True, default=list)),
                ('refused', models.JSONField(blank=True, default=list)),
                ('notes', models.JSONField(blank=True, default=list)),
                ('line_count', models.PositiveIntegerField(default=0)),
                ('refused_count', models.PositiveIntegerField(default=0)),
                ('total', models.BigIntegerField(blank=True, null=True)),
                ('printed', models.BigIntegerField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('handed_in_by', models.UUIDField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.UUIDField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('regency', '-created_at', 'id'),
            },
        ),
        migrations.AddField(
            model_name='receivedrpjmdes',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.storedfile'),
        ),
        migrations.AddField(
            model_name='receivedrpjmdes',
            name='regency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received_rpjmdes', to='regions.regency'),
        ),
        migrations.AddField(
            model_name='receivedrpjmdes',
            name='rpjmdes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='plans.rpjmdes'),
        ),
        migrations.AddField(
            model_name='receivedrpjmdes',
            name='village',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_rpjmdes', to='regions.village'),
        ),
        migrations.AddIndex(
            model_name='receivedrpjmdes',
            index=models.Index(fields=['village', 'state'], name='received_rpjmdes_by_village'),
        ),
        migrations.AddConstraint(
            model_name='receivedrpjmdes',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('regency', 'file'), name='one_received_rpjmdes_per_file'),
        ),
        migrations.AddConstraint(
            model_name='receivedrpjmdes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('rpjmdes__isnull', False), ('village__isnull', False)), _connector='OR'), name='confirmed_rpjmdes_file_has_its_plan'),
        ),
    ]
