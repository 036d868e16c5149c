from django.db import migrations


def close_all(apps, schema_editor):
    """Photos that were opened before people were asked for wait for a look that asks."""
    apps.get_model("proposals", "ProposalPhoto").objects.filter(shown=True).update(shown=False)


class Migration(migrations.Migration):

    dependencies = [("proposals", "0004_photos_have_a_verdict")]

    operations = [migrations.RunPython(close_all, migrations.RunPython.noop)]
