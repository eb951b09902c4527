"""The figures of one reporting period: what it brought, how far that leads, and whether it is approved."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.columns import Column
from reports.kind import Problem
from reports.parts import results
from reports.parts.layout import table_of
from reports.parts.reconciling import of, waiting
from reports.parts.selection import form_of
from reports.parts.wording import words
from results.ledger import InPeriod, Line, Outcome
from results.models import Measurement, ReportingPeriod


@dataclass(frozen=True)
class Figure:
    """A target in one period; `waits` says whether something was entered for it that isn't approved."""

    line: Line
    period: ReportingPeriod
    waits: bool = False

    @cached_property
    def until(self) -> Line:
        """How it stood when the period ended."""
        return self.line.up_to(self.period)

    @cached_property
    def brought(self) -> InPeriod:
        return self.line.during(self.period)

    @property
    def reported(self) -> list[Measurement]:
        return self.brought.measurements

    @property
    def value(self) -> Decimal | int | None:
        """What was reported for the period; else the portal's own count, where it is the figure."""
        return self.brought.counted if self.until.is_counted else self.brought.value

    @property
    def state(self) -> str:
        """Whether it is approved; what isn't is told by no value."""
        if self.waits:
            return _("Partly approved") if self.reported else _("Not yet approved")
        if self.reported:
            return _("Approved")
        if self.until.is_counted:
            return _("Counted in the portal")
        return _("Not yet reported") if self.until.reached is None else _("Nothing new reported")

    @property
    def is_silent(self) -> bool:
        """Whether something promised is still to be reached, and the period says nothing of it."""
        is_open = self.line.promised is not None and self.until.outcome not in (Outcome.REACHED, Outcome.EXCEEDED)
        return is_open and not (self.waits or self.reported or self.until.is_counted)


def figures_of(projects) -> dict[int, list[Figure]]:
    """By the project's number, each project `with_period`."""
    periods = {project.pk: project.the_period[0] for project in projects}
    unapproved = waiting(period__in=[period.pk for period in periods.values()]).order_by()
    waits = set(unapproved.values_list("target", flat=True))
    found = defaultdict(list)
    for project, lines in results.ledgers(projects).items():
        found[project] = [Figure(line, periods[project], line.target.pk in waits) for line in lines]
    return found


FIGURES = [
    Column(gettext_lazy("Indicator"), lambda figure: results.called(figure.line)),
    Column(gettext_lazy("Unit of measurement"), lambda figure: words(figure.line.indicator, "unit")),
    Column(gettext_lazy("In the period"), attrgetter("value"), "number"),
    Column(gettext_lazy("So far"), attrgetter("until.reached"), "number"),
    Column(gettext_lazy("Target"), attrgetter("line.promised"), "number"),
    Column(gettext_lazy("Share reached"), attrgetter("until.share"), "percent"),
    Column(gettext_lazy("State of reporting"), attrgetter("state")),
]


def table(figures: list[Figure]):
    note = _("“So far” is what was approved until the end of the period. What isn't known is left empty.")
    otherwise = _("The project has no targets.")
    return table_of("ledger", _("Figures of the period"), FIGURES, figures, note, otherwise)


def by_partner(figures: list[Figure]):
    """Who reached what, until the end of the period."""
    return results.by_partner([figure.until for figure in figures], _("Shares of the partners so far"))


def silent(projects) -> list[Problem]:
    """Promises on which the period says nothing, where no note on the target says why."""
    sentence = _("%(indicator)s: nothing was reported for period %(number)d.")
    return [
        of(each.line.target.project, sentence % said_of(each), form_of(each.line.target))
        for figures in figures_of(projects).values()
        for each in figures
        if each.is_silent and not each.line.target.note
    ]


def said_of(figure: Figure) -> dict:
    return {"indicator": results.indicator_of(figure.line), "number": figure.period.number}
