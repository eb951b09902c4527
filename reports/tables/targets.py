from operator import attrgetter

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from reports.columns import Column, Report
from results.ledger import ledger_of
from results.models import Target


def rows(projects):
    targets = Target.objects.filter(project__in=projects).select_related("project", "indicator")
    return targets.order_by("project__acronym", "project", "order", "pk").lean()


def look_up(targets):
    """Give each of the targets its line in the ledger."""
    for line in ledger_of(targets):
        line.target.line = line


def reporting(target) -> str:
    """Nothing reported is said in words, and never by a zero."""
    return gettext("Not yet reported") if target.line.reached is None else gettext("Reported")


def evidence(target) -> list[str]:
    """The addresses of the documents and pages that prove the approved values, each once."""
    addresses = []
    for measurement in target.approved:
        document = measurement.evidence_document
        addresses += [document.get_absolute_url()] if document else []
        addresses += [measurement.evidence_address] if measurement.evidence_address else []
    return list(dict.fromkeys(addresses))


TARGETS = Report(
    name="targets",
    title=_("Targets and results"),
    label=_("Download their targets and results as {format}"),
    model=Target,
    selected=Project,
    order=30,
    rows=rows,
    look_up=look_up,
    columns=[
        Column(_("Project"), attrgetter("project.acronym")),
        Column(_("Code of the indicator"), attrgetter("indicator.code")),
        Column(_("Indicator"), attrgetter("indicator.name")),
        Column(_("Level"), lambda target: target.indicator.get_level_display()),
        Column(_("Unit of measurement"), attrgetter("indicator.unit")),
        Column(_("Baseline"), attrgetter("baseline"), "number"),
        Column(_("Year of the baseline"), attrgetter("baseline_year"), "identifier"),
        Column(_("Target"), attrgetter("value"), "number"),
        Column(_("Actual"), attrgetter("line.reached"), "number"),
        Column(_("State of reporting"), reporting),
        Column(_("Share reached"), attrgetter("line.share"), "percent"),
        Column(_("Evidence"), evidence, "address"),
        Column(_("Note"), attrgetter("note"), "long_text"),
    ],
)
