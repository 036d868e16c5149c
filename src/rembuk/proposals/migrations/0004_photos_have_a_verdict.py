from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0003_residents_propose_and_support"),
        ("shared", "0002_paper_codes_are_words_too"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposalphoto",
            name="verdict",
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
