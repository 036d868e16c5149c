from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("proposals", "0005_photos_wait_for_their_look")]

    operations = [
        migrations.AddConstraint(
            model_name="proposalphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown", False), ("verdict__in", ("nobody", "agreed")), _connector="OR"
                ),
                name="proposal_photo_is_shown_after_a_look",
            ),
        ),
    ]
