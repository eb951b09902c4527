from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.columns import Column, Report
from results.models import Measurement, Target


def rows(projects):
    reported = Measurement.objects.approved().select_related("evidence_document__project").lean()
    return (
        Target.objects.filter(project__in=projects)
        .with_actual()
        .select_related("project", "indicator")
        .prefetch_related(Prefetch("measurements", reported))
        .order_by("project__acronym", "project", "order", "pk")
        .lean()
    )


def reporting(target) -> str:
    """Nothing reported is said in words, and never by a zero."""
    return gettext("Not yet reported") if target.actual is None else gettext("Reported")


def evidence(target) -> list[str]:
    """The addresses of the documents and pages that prove the approved values, each once."""
    addresses = []
    for measurement in target.measurements.all():
        document = measurement.evidence_document
        addresses += [document.get_absolute_url()] if document else []
        addresses += [measurement.evidence_address] if measurement.evidence_address else []
    return list(dict.fromkeys(addresses))


TARGETS = Report(
    name="targets",
    title=_("Targets and results"),
    label=_("Download their targets and results as {format}"),
    model=Target,
    rows=rows,
    columns=[
        Column(_("Project"), attrgetter("project.acronym")),
        Column(_("Code of the indicator"), attrgetter("indicator.code")),
        Column(_("Indicator"), attrgetter("indicator.name")),
        Column(_("Level"), lambda target: target.indicator.get_level_display()),
        Column(_("Unit of measurement"), attrgetter("indicator.unit")),
        Column(_("Baseline"), attrgetter("baseline"), "number"),
        Column(_("Year of the baseline"), attrgetter("baseline_year"), "identifier"),
        Column(_("Target"), attrgetter("value"), "number"),
        Column(_("Actual"), attrgetter("actual"), "number"),
        Column(_("State of reporting"), reporting),
        Column(_("Share reached"), attrgetter("share"), "percent"),
        Column(_("Evidence"), evidence, "address"),
        Column(_("Note"), attrgetter("note"), "long_text"),
    ],
)
