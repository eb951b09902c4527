"""
Indicators that count the portal's own records: which records those are, how many, and by which template each is shown.

An app on a floor above adds what it holds in a module `counting.py` of its own. The records that are counted and those
that the figure leads to come from the same query, so they are the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from editorial.querysets import translated
from projects.models import Document, Project, ProjectWebsite
from results.models import ActionPlan, GoodPractice, Indicator, PolicyChange

Counts = Indicator.Counts


@dataclass(frozen=True)
class Source:
    """
    Records of one model that indicators count.

    `records` gives those of all projects that visitors may see and that count, `project` the way from there to their
    project, `day` the field that dates them, if any. Where indicators count several kinds of them, `kind` is the field
    that tells these apart and `kinds` has the value for each; else `kinds` has one. `template` shows a `record`, with
    what is `related` to it.
    """

    name: str
    records: Callable[[], QuerySet]
    template: str
    kinds: dict[str, str]
    project: str = "project"
    day: str | None = None
    kind: str | None = None
    related: tuple[str, ...] = ()

    def until_today(self) -> QuerySet:
        """What is dated ahead is planned, and not yet to be counted."""
        if self.day is None:
            return self.records()
        return self.records().filter(
            Q(**{f"{self.day}__isnull": True}) | Q(**{f"{self.day}__lte": timezone.localdate()})
        )

    def of_kinds(self, counts: Iterable[str]) -> QuerySet:
        records = self.until_today()
        return records.filter(**{f"{self.kind}__in": [self.kinds[each] for each in counts]}) if self.kind else records

    def rows(self, projects, counts, by_day: bool) -> QuerySet:
        """Rows of this source's name, project, kind, day and number of records; without `by_day`, of no day."""
        records = self.of_kinds(counts).filter(**{f"{self.project}__in": projects}).order_by()
        day = F(self.day) if by_day and self.day else Cast(Value(None), DateField())
        kind = F(self.kind) if self.kind else Value("", output_field=CharField())
        source = Value(self.name, output_field=CharField())
        # As Django's own queryset: that of translated models changes the order of columns, on which a union relies.
        plain = QuerySet(records.model, query=records.query)
        grouped = plain.values(of_source=source, of_project=F(self.project), of_kind=kind, of_day=day)
        return grouped.annotate(in_all=Count("pk")).values_list(
            "of_source", "of_project", "of_kind", "of_day", "in_all"
        )


@dataclass(frozen=True)
class Counted:
    """How many records an indicator counts in a project: of each day, where they were counted by day."""

    days: Counter = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return sum(self.days.values())

    def until(self, end: date) -> "Counted":
        """What is dated, and not later than the day."""
        return Counted(Counter({day: number for day, number in self.days.items() if day and day <= end}))

    def within(self, start: date, end: date) -> int:
        return sum(number for day, number in self.days.items() if day and start <= day <= end)


_sources: dict[str, Source] = {}


def add_source(source: Source):
    _sources.update(dict.fromkeys(source.kinds, source))


def source_of(counts: str) -> Source | None:
    """The source of what an indicator counts, if it counts anything."""
    return _sources.get(counts)


def counted_records(counts: str, project, period=None) -> QuerySet:
    """The very records that are counted for a project, of a reporting period where one is given, the latest first."""
    source = source_of(counts)
    records = translated(source.of_kinds([counts]).filter(**{source.project: project}))
    if source.related:
        records = records.select_related(*source.related)
    if source.day and period:
        records = records.filter(**{f"{source.day}__range": (period.start, period.end)})
    if source.day:
        records = records.order_by(F(source.day).desc(nulls_last=True), "pk")
    return records.lean()


def count(targets: Iterable, by_day=False) -> dict[tuple[int, str], Counted]:
    """What the targets' indicators count, by project and kind. One query, or none where nothing is counted."""
    wanted: dict[str, set] = {}
    asked = {(each.project_id, each.indicator.counts) for each in targets if source_of(each.indicator.counts)}
    for _project, counts in asked:
        wanted.setdefault(source_of(counts).name, set()).add(counts)
    if not wanted:
        return {}
    projects = {project for project, _counts in asked}
    first, *others = [source_of(min(kinds)).rows(projects, kinds, by_day) for kinds in wanted.values()]
    found = {each: Counted() for each in asked}
    for name, project, kind, day, number in first.union(*others, all=True):
        counts = next(each for each in wanted[name] if source_of(each).kinds[each] == kind)
        found.setdefault((project, counts), Counted()).days[day] += number
    return found


def of_published_projects(model, path="project"):
    return lambda: model.objects.filter(**{f"{path}__in": Project.objects.published()})


def adopted_plans():
    """A plan still in preparation, or dropped, is none that a project can count."""
    adopted = [ActionPlan.Progress.ADOPTED, ActionPlan.Progress.UNDER_WAY, ActionPlan.Progress.CARRIED_OUT]
    return of_published_projects(ActionPlan, "instrument__project")().filter(progress__in=adopted)


add_source(Source("practices", GoodPractice.objects.published, "results/counted/practice.html", {Counts.PRACTICES: ""}))
add_source(
    Source(
        "action_plans",
        adopted_plans,
        "results/counted/action_plan.html",
        {Counts.ACTION_PLANS: ""},
        project="instrument__project",
        day="start",
        related=("instrument__project", "document__project"),
    )
)
add_source(
    Source(
        "policy_changes",
        of_published_projects(PolicyChange, "instrument__project"),
        "results/counted/policy_change.html",
        {Counts.POLICY_CHANGES: ""},
        project="instrument__project",
        day="achieved_on",
        related=("instrument__project", "evidence_document__project"),
    )
)
add_source(
    Source("websites", of_published_projects(ProjectWebsite), "results/counted/website.html", {Counts.WEBSITES: ""})
)
add_source(
    Source(
        "documents",
        Document.objects.in_public,
        "results/counted/document.html",
        {
            Counts.DELIVERABLES: Document.Kind.DELIVERABLE,
            Counts.REPORTS: Document.Kind.REPORT,
            Counts.PRESENTATIONS: Document.Kind.PRESENTATION,
            Counts.POSTERS: Document.Kind.POSTER,
            Counts.AGREEMENTS: Document.Kind.AGREEMENT,
            Counts.PRESS_RELEASES: Document.Kind.PRESS,
        },
        day="issued_on",
        kind="kind",
        related=("project",),
    )
)
