import re

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import alphabetical
from editorial.dates import LAST_YEAR
from editorial.filters import Facet, RecordFilter
from editorial.formats import country_name
from editorial.sorting import Order, Sorting, first, last
from editorial.translations import as_read
from projects.lifecycle import Stage, in_stage, stage_on
from projects.models import Project
from projects.querysets import in_consortium, running_in

NO_END = ""


class StageFacet(Facet):
    """The life stage, which no column holds."""

    def condition(self, records, stage) -> Q:
        return in_stage(stage) if stage in Stage.values else Q(pk__in=[])

    def pairs(self, projects):
        dates = projects.order_by().values_list("pk", "start", "end", "durability_years", "cancelled_on", named=True)
        return ((project.pk, stage_on(project).value) for project in dates.iterator())


class YearFacet(Facet):
    """Each year from the first start to the last end; a project counts in every year in which it ran for a day."""

    def condition(self, records, year) -> Q:
        return running_in(int(year)) if is_year(year) else Q(pk__in=[])

    def pairs(self, projects):
        """A project without an end stands in all years that are known of others, and in NO_END."""
        rows = projects.order_by().filter(start__isnull=False).values_list("pk", "start__year", "end__year")
        spans = list(rows)
        latest = min(max((end or start for pk, start, end in spans), default=0), LAST_YEAR)
        for pk, start, end in spans:
            for year in range(start, (end or latest) + 1):
                yield pk, year
            if end is None:
                yield pk, NO_END

    def value_as_indexed(self, year, values):
        return NO_END if is_year(year) and year > max(values, default=NO_END) else year

    def texts(self, projects, examples):
        """The latest year first."""
        return sorted(super().texts(projects, examples), reverse=True)


def is_year(value: str) -> bool:
    return bool(re.fullmatch(r"[12][0-9]{3}", value))


def name_of_programme():
    period = Concat(Value(" ("), "programme__period__code", Value(")"))
    return Concat(as_read("programme__name"), period, output_field=CharField())


class ProjectFilter(RecordFilter):
    texts = ["acronym", "title", "summary", "operation_code"]

    stage = StageFacet("pk", label=_("Life stage"), names=lambda stage: Stage(stage).label, order=Stage.values)
    programme = Facet("programme__cci", label=_("Programme"), text=name_of_programme)
    topic = Facet("topics__slug", label=_("Topic"), text=lambda: as_read("topics__name"))
    country = Facet(
        "participations__partner__country",
        label=_("Country"),
        names=country_name,
        within=lambda: in_consortium("participations__"),
    )
    year = YearFacet("pk", label=_("Year"))
    sort = Sorting(
        Order("newest", _("Newest first"), lambda: [last("start"), alphabetical(F("acronym"))]),
        Order("oldest", _("Oldest first"), lambda: [first("start"), alphabetical(F("acronym"))]),
        Order("acronym", _("Acronym, A to Z"), lambda: [alphabetical(F("acronym"))]),
        Order("title", _("Title, A to Z"), lambda: [alphabetical(as_read("title"))]),
        Order("budget", _("Largest budget first"), lambda: [last("total_budget"), alphabetical(F("acronym"))]),
    )

    class Meta:
        model = Project
        fields = ["q", "stage", "programme", "topic", "country", "year"]
