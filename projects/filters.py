import re

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import alphabetical
from editorial.dates import LAST_YEAR
from editorial.filters import Facet, RecordFilter
from editorial.formats import country_name
from editorial.sorting import Order, Sorting, first, last
from editorial.translations import as_read
from projects.lifecycle import Stage, in_stage
from projects.models import Project
from projects.querysets import in_consortium, running_in


class StageFacet(Facet):
    """The life stage, which no column holds."""

    def condition(self, records, stage) -> Q:
        return in_stage(stage) if stage in Stage.values else Q(pk__in=[])

    def counted(self, projects, others):
        numbers = {stage.value: Count("pk", filter=in_stage(stage) & others) for stage in Stage}
        known = {f"known_{stage}": Count("pk", filter=in_stage(stage)) for stage in Stage}
        found = projects.order_by().aggregate(**numbers, **known)
        return [(stage.value, stage.label, found[stage.value]) for stage in Stage if found[f"known_{stage}"]]


class YearFacet(Facet):
    """Each year from the first start to the last end; a project counts in every year in which it ran for a day."""

    def condition(self, records, year) -> Q:
        return running_in(int(year)) if re.fullmatch(r"[12][0-9]{3}", year) else Q(pk__in=[])

    def counted(self, projects, others):
        rows = projects.order_by().filter(start__isnull=False).values_list("start__year", "end__year")
        spans = list(rows.annotate(number=Count("pk", filter=others or None)))
        last = max((end or start for start, end, number in spans), default=0)
        last = min(last, LAST_YEAR)
        for year in range(min((start for start, end, number in spans), default=1), last + 1):
            ran = [number for start, end, number in spans if start <= year and (end is None or year <= end)]
            yield str(year), str(year), sum(ran)

    def options(self, records, others):
        """The latest year first."""
        return sorted(super().options(records, others), key=lambda option: option.value, reverse=True)


def name_of_programme():
    period = Concat(Value(" ("), "programme__period__code", Value(")"))
    return Concat(as_read("programme__name"), period, output_field=CharField())


class ProjectFilter(RecordFilter):
    texts = ["acronym", "title", "summary", "operation_code"]

    stage = StageFacet("pk", label=_("Life stage"), order=Stage.values)
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
