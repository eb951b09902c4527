"""Indicators across projects: what each promised and reached, and what that comes to where it can be added up."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import Project
from projects.totals import KnownSum
from reports.columns import Column
from reports.kind import Kind, Problem
from reports.parts import results
from reports.parts.identity import titles_of
from reports.parts.layout import section, table_of
from reports.parts.reconciling import of_differences
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document
from results.figures import across_projects
from results.ledger import Line
from results.models import Indicator


@dataclass(frozen=True)
class Together:
    """An indicator with its lines in the ledgers of several projects."""

    indicator: Indicator
    lines: list[Line]

    @property
    def promised(self) -> KnownSum | None:
        return across_projects(self.indicator, [line.promised for line in self.lines])

    @property
    def reached(self) -> KnownSum | None:
        return across_projects(self.indicator, [line.reached for line in self.lines])

    @property
    def promising(self) -> int:
        return sum(line.promised is not None for line in self.lines)

    @property
    def reporting(self) -> int:
        return sum(line.reached is not None for line in self.lines)


def selected(selection, user) -> list[Project]:
    return list(public(selection, user).order_by("acronym", "pk").lean())


def lines_of(projects) -> list[Line]:
    """By indicator, then by project."""
    found = [line for lines in results.ledgers(projects).values() for line in lines]
    return sorted(found, key=lambda line: (line.indicator.code, line.target.project.acronym, line.target.pk))


def build(selection, period, user):
    projects = selected(selection, user)
    lines = lines_of(projects)
    together = [Together(indicator, [*same]) for indicator, same in groupby(lines, attrgetter("indicator"))]
    sections = [section(_("Together"), sums(together)), section(_("By project"), by_project(lines))]
    title = _("Indicators across projects")
    return document("indicators", title, sections if projects else nothing_said(), titles_of(projects))


SUMS = [
    Column(gettext_lazy("Code"), attrgetter("indicator.code")),
    Column(gettext_lazy("Indicator"), lambda row: results.indicator_of(row.lines[0])),
    Column(results.UNIT.header, lambda row: results.UNIT.value(row.lines[0])),
    Column(results.LEVEL.header, lambda row: results.LEVEL.value(row.lines[0])),
    Column(gettext_lazy("Number of projects"), lambda row: len(row.lines), "number"),
    Column(gettext_lazy("Projects with a figure"), attrgetter("reporting"), "number"),
    Column(gettext_lazy("Projects with a target"), attrgetter("promising"), "number"),
    Column(gettext_lazy("Sum of the targets"), attrgetter("promised"), "number"),
    Column(gettext_lazy("Sum of what was reached"), attrgetter("reached"), "number"),
]
NOTE = gettext_lazy("Percentages are never added up. What is not known is not in the sums.")


def sums(together: list[Together]):
    return table_of("sums", _("What the projects come to together"), SUMS, together, NOTE)


BY_PROJECT = [
    Column(gettext_lazy("Code"), attrgetter("indicator.code")),
    Column(gettext_lazy("Project"), attrgetter("target.project.acronym")),
    Column(gettext_lazy("Indicator"), results.indicator_of),
    results.UNIT,
    *results.REACHED,
]


def by_project(lines: list[Line]):
    otherwise = _("None of the projects has targets.")
    return table_of("by-project", _("What each project promised and reached"), BY_PROJECT, lines, otherwise=otherwise)


def problems(selection, period, user) -> list[Problem]:
    lines = lines_of(selected(selection, user))
    return [*left_out(selection, user), *of_differences(lines)]


KIND = Kind(
    name="indicators",
    title=gettext_lazy("Indicators across projects"),
    purpose=gettext_lazy(
        "Each indicator with what the selected projects promised and reached, and the sums where figures can be added "
        "up. For programmes, and for who compares projects."
    ),
    model=Project,
    build=build,
    problems=problems,
    order=50,
)
