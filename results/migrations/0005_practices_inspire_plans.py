from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0004_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="actionplan",
            name="practices",
            field=models.ManyToManyField(
                blank=True,
                help_text="What inspired the plan; of the same project.",
                related_name="action_plans",
                to="results.goodpractice",
                verbose_name="good practices",
            ),
        ),
    ]
