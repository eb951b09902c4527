from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_focal_point")]

    operations = [migrations.AddField("picture", "renditions", models.JSONField(default=list, editable=False))]
