import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0002_ideas_of_an_assessment'),
        ('shared', '0002_paper_codes_are_words_too'),
    ]

    operations = [
        migrations.RenameModel(old_name='MissedLookup', new_name='AddressCount'),
        migrations.AddField(
            model_name='proposal',
            name='showing',
            field=models.CharField(choices=[('state', 'menurut keadaannya'), ('open', 'terbuka karena waktunya lewat'), ('closed', 'tidak pernah tampil sendiri')], default='state', max_length=6),
        ),
        migrations.AddField(
            model_name='proposalphoto',
            name='shown',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('original_title', models.CharField(max_length=300)),
                ('original_problem', models.TextField()),
                ('original_location', models.CharField(blank=True, max_length=300)),
                ('households', models.CharField(blank=True, max_length=5)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('look_due', models.DateField(db_index=True)),
                ('told_at', models.DateTimeField()),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='intake', to='proposals.proposal')),
            ],
            options={
                'ordering': ('look_due', 'created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('meeting', 'dihitung di musyawarah'), ('list', 'daftar tanda tangan'), ('online', 'daring, belum diperiksa')], max_length=8)),
                ('count', models.PositiveIntegerField(default=1)),
                ('on_date', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('person_digest', models.CharField(blank=True, max_length=64, null=True)),
                ('device_digest', models.CharField(blank=True, max_length=64, null=True)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.storedfile')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='proposals.proposal')),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'person_digest'), name='support_once_per_person'), models.UniqueConstraint(fields=('proposal', 'device_digest'), name='support_once_per_device'), models.UniqueConstraint(fields=('proposal', 'file'), name='support_list_once_per_proposal'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='support_counts_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'meeting'), ('on_date__isnull', False)), models.Q(('file__isnull', False), ('kind', 'list'), ('on_date__isnull', False)), models.Q(('count', 1), ('kind', 'online'), ('person_digest__isnull', False)), _connector='OR'), name='support_has_what_proves_it')],
            },
        ),
    ]
