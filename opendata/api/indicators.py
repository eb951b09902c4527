from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Field, Path, Query, Router

from editorial.filters import Facet, RecordFilter
from opendata.api.asking import PROJECT, Asked, AskedList, check_known, choice, listed, page_of
from opendata.api.telling import Address, Figure, ProjectReference, Share, Text, Told, address, text
from projects.models import Project
from results.ledger import Outcome, ledger_of
from results.models import Indicator, Target

router = Router(tags=["Indicators and what was reached"])
CODE = r"^[^\x00]+$"


class IndicatorFilter(RecordFilter):
    level = Facet("level", label=_("Level"))

    class Meta:
        model = Indicator
        fields = ["level"]


class TargetFilter(RecordFilter):
    project = Facet("project__slug", label=_("Project"))
    indicator = Facet("indicator__code", label=_("Indicator"))

    class Meta:
        model = Target
        fields = ["project", "indicator"]


class AskedIndicators(AskedList):
    level: choice(Indicator.Level.values) = Field(None, description="What the indicator is about.")


class AskedTargets(AskedList):
    project: str = PROJECT
    indicator: str = Field(None, description="An indicator's code.", pattern=CODE, max_length=40, examples=["RCO01"])


class IndicatorReference(Told):
    code: str = Field(description="RCO… or RCR… of a common indicator, else the programme's own.", examples=["RCO01"])
    name: Text | None
    unit: Text | None = Field(description="What one of it is, in the plural.")
    url: Address

    resolve_name = text("name")
    resolve_unit = text("unit")
    resolve_url = address("indicator", "code")


class IndicatorInFull(IndicatorReference):
    definition: Text | None = Field(description="What is counted, and what is not.")
    level: choice(Indicator.Level.values)
    measure: choice(Indicator.Measure.values)
    calculation: choice(Indicator.Calculation.values) = Field(
        description="How figures of several periods make one: their sum, or the last, which counts from the start."
    )
    is_common: bool = Field(description="Whether it is a common indicator of the EU.")

    resolve_definition = text("definition")


class Promise(Told):
    """What a project promised to reach of an indicator, and how far it came. Only approved figures count."""

    project: ProjectReference
    indicator: IndicatorReference
    baseline: Figure | None
    baseline_year: int | None
    promised: Figure | None = Field(description="Null: reported without having been promised.")
    reported: Figure | None = Field(description="What approved reports come to. Null: nothing was reported.")
    listed: int | None = Field(description="How many records of the portal the indicator counts; null: it counts none.")
    reached: Figure | None = Field(
        description="What was reported; where nothing was, what is listed, unless that is zero."
    )
    share: Share | None = Field(description="Of one, what is reached of the promise.")
    outcome: choice(Outcome.values) | None = Field(
        description="How the promise stands; silent: not yet reported. Null: nothing was promised."
    )

    @staticmethod
    def resolve_project(line):
        return line.target.project

    @staticmethod
    def resolve_baseline(line):
        return line.target.baseline

    @staticmethod
    def resolve_baseline_year(line):
        return line.target.baseline_year


def public_targets():
    return Target.objects.filter(project__in=Project.objects.published())


def indicators():
    """Those of published projects."""
    return Indicator.objects.filter(Exists(public_targets().filter(indicator=OuterRef("pk")))).lean()


@router.get(
    "/indicators", response=page_of(IndicatorInFull), url_name="indicators", summary="Indicators of published projects"
)
def list_indicators(request: HttpRequest, response: HttpResponse, asked: Query[AskedIndicators]):
    return listed(request, response, asked, indicators(), IndicatorFilter)


@router.get("/indicators/{path:code}", response=IndicatorInFull, url_name="indicator", summary="An indicator")
def get_indicator(
    request: HttpRequest,
    asked: Query[Asked],
    code: str = Path(description="The indicator's code.", pattern=CODE, min_length=1, max_length=40),
):
    """What projects reached of it is found in the list of targets, by its code."""
    check_known(request)
    indicator = indicators().filter(code=code).first()
    if indicator is None:
        raise Http404
    return indicator


@router.get("/targets", response=page_of(Promise), url_name="targets", summary="What was promised and reached")
def list_targets(request: HttpRequest, response: HttpResponse, asked: Query[AskedTargets]):
    """The lines of the ledger that the pages of projects show, worked out by the same calculation."""
    targets = public_targets().with_actual().select_related("project", "indicator").lean()
    return listed(request, response, asked, targets, TargetFilter, ledger_of)
