from django.db import migrations

STEPS = {"approved": "approve", "returned": "return"}


def keep_as_decisions(apps, schema_editor):
    """Who approved or returned a figure, and why, joins the decisions on other records."""
    Measurement, Decision = apps.get_model("results", "Measurement"), apps.get_model("editorial", "Decision")
    reviewed = Measurement.objects.filter(state__in=STEPS).exclude(reviewer=None, review_note="")
    Decision.objects.bulk_create(
        Decision(
            kind="results.measurement",
            record_id=figure.pk,
            step=STEPS[figure.state],
            before="submitted",
            after=figure.state,
            note=figure.review_note,
            person_id=figure.reviewer_id,
        )
        for figure in reviewed.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial"), ("editorial", "0009_decisions_of_any_kind")]

    operations = [migrations.RunPython(keep_as_decisions, migrations.RunPython.noop)]
