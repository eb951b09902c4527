"""What the published projects promised, and what they reached by approved reports."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from opendata.dataset import Dataset
from opendata.fields import Field, page_of, project_fields, texts
from projects.models import Project
from results.ledger import Line
from results.models import Target


def records():
    return Target.objects.filter(project__in=Project.objects.published())


def prepared(targets):
    return targets.select_related("project__programme").order_by("project_id", "order", "pk").with_actual()


def share(target):
    """Of one, what was reached of the promise; None without a promise or an approved figure."""
    return Line(target).share


def reported_until(target):
    """The last day of the last period with an approved figure."""
    return max((measurement.period.end for measurement in target.approved), default=None)


INDICATORS = Dataset(
    name="indicators",
    title=_("Indicators: targets and results"),
    description=_(
        "What the projects promised to reach by each of their indicators, and what they have reached. Only approved "
        "figures count; what nobody has reported yet is empty and not zero."
    ),
    keywords=[_("Interreg"), _("indicators"), _("targets"), _("results"), _("outputs")],
    themes=("REGI", "GOVE"),
    records=records,
    prepared=prepared,
    fields=[
        *project_fields(attrgetter("project")),
        Field(
            "indicator_code",
            _("Code of the indicator"),
            _("RCO… or RCR… of a common indicator of the EU, else the programme’s own."),
            attrgetter("indicator.code"),
        ),
        Field(
            "indicator_name",
            _("Indicator"),
            _("Its name."),
            texts("indicator.name"),
            per_language=True,
        ),
        Field(
            "unit",
            _("Unit of measurement"),
            _("What the figures are numbers of."),
            texts("indicator.unit"),
            per_language=True,
        ),
        Field(
            "level",
            _("Level"),
            _("One of: output, result, communication."),
            attrgetter("indicator.level"),
        ),
        Field(
            "measure",
            _("Measure"),
            _("One of: number, percentage (50 is 50 per cent), amount (in EUR)."),
            attrgetter("indicator.measure"),
        ),
        Field(
            "is_common",
            _("Common indicator of the EU"),
            _("Whether all programmes use it."),
            attrgetter("indicator.is_common"),
            "flag",
        ),
        Field("baseline", _("Baseline"), _("What there was before the project."), attrgetter("baseline"), "number"),
        Field(
            "baseline_year",
            _("Year of the baseline"),
            _("Of which year it is."),
            attrgetter("baseline_year"),
            "identifier",
        ),
        Field(
            "target",
            _("Target"),
            _("What was promised. Empty: reported without a promise."),
            attrgetter("value"),
            "number",
        ),
        Field(
            "reached",
            _("Reached"),
            _("What approved figures come to. Empty: not yet reported, which is not zero."),
            attrgetter("actual"),
            "number",
        ),
        Field(
            "share_reached",
            _("Share reached"),
            _("What was reached as a share of the target: 0.5 is one half. Can be above 1."),
            share,
            "percent",
        ),
        Field(
            "reported_until",
            _("Reported until"),
            _("The last day that approved figures are about."),
            reported_until,
            "day",
        ),
        Field(
            "note", _("Note"), _("What the project says of the target."), texts("note"), "long_text", per_language=True
        ),
        Field(
            "project_page",
            _("Page of the project"),
            _("Its address, in the portal’s first language."),
            lambda target: page_of(target.project),
            "address",
        ),
    ],
)
