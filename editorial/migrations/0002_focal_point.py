from django.core.validators import MaxValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_initial")]

    operations = [
        migrations.AddField(
            "picture",
            "focus_x",
            models.PositiveSmallIntegerField(
                "focal point from the left, in %",
                default=50,
                validators=[MaxValueValidator(100)],
                help_text="What must stay in sight where the picture is cropped: click on it in the preview.",
            ),
        ),
        migrations.AddField(
            "picture",
            "focus_y",
            models.PositiveSmallIntegerField(
                "focal point from the top, in %", default=50, validators=[MaxValueValidator(100)]
            ),
        ),
        migrations.AddConstraint(
            "picture",
            models.CheckConstraint(
                name="focal_point_lies_within_the_picture", condition=models.Q(focus_x__lte=100, focus_y__lte=100)
            ),
        ),
    ]
