"""
The promise ledger: what a project promised, what it reported, how far it came, and what shows it.

Only approved measurements count. What nobody reported, and no record of the portal shows, is not yet reported; it is
never zero.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.db.models import TextChoices, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from editorial.formats import number
from projects.lifecycle import Stage, stage_on
from projects.models import Participation, Project
from results.bars import TargetBar, bar_of
from results.counting import Counted, count
from results.figures import in_time, share_of_partner, total
from results.models import Indicator, Measurement, ReportingPeriod, Target

BEHIND = ["period", "participation__partner", "evidence_document__project"]  # a figure
OVER = {Stage.CLOSED, Stage.IN_DURABILITY, Stage.ARCHIVED, Stage.CANCELLED}


class Outcome(TextChoices):
    """How a promise stands, in plain words."""

    NOT_REPORTED = "silent", pgettext_lazy("promise", "Not yet reported")
    UNDER_WAY = "under_way", pgettext_lazy("promise", "Under way")
    REACHED = "reached", pgettext_lazy("promise", "Reached")
    EXCEEDED = "exceeded", pgettext_lazy("promise", "Exceeded")
    MISSED = "missed", pgettext_lazy("promise", "Missed")


@dataclass(frozen=True)
class InPeriod:
    """
    What was reported for a period: `value` in it, `so_far` up to its end, both None where no total can be made;
    `counted` is how many of the portal's records lie in it, None where they aren't counted or have no days.
    """

    period: ReportingPeriod
    value: Decimal | None
    so_far: Decimal | None
    measurements: list[Measurement]
    counted: int | None


@dataclass(frozen=True)
class OfPartner:
    participation: Participation
    value: Decimal


@dataclass(frozen=True)
class Line:
    """A target in the ledger with its approved measurements; `counted` is None where it counts no records."""

    target: Target
    counted: Counted | None = None
    by_day: bool = field(default=False, repr=False)

    @property
    def indicator(self) -> Indicator:
        return self.target.indicator

    @property
    def measurements(self) -> list[Measurement]:
        return self.target.approved

    @property
    def promised(self) -> Decimal | None:
        return self.target.value

    @property
    def reported(self) -> Decimal | None:
        return self.target.actual

    @property
    def listed(self) -> int | None:
        """How many records of the portal the indicator counts; None where it counts none."""
        return self.counted and self.counted.number

    @property
    def is_counted(self) -> bool:
        """Whether the figure is the portal's own count, as nothing else was reported."""
        return self.reported is None and bool(self.listed)

    @property
    def reached(self) -> Decimal | None:
        """What is held against the promise: what was reported, else the records that the indicator counts."""
        return Decimal(self.listed) if self.is_counted else self.reported

    @property
    def differs(self) -> bool:
        """Whether the report says otherwise than the records, as far as visitors see these."""
        both = None not in (self.reported, self.listed) and self.target.project.is_public
        return both and self.reported != self.listed

    @property
    def is_explained(self) -> bool:
        return self.target.explains_difference

    @property
    def share(self) -> Decimal | None:
        """
        Of one, what is reached of the promise; None without a promise or a figure.

        Where less is promised than there was, it is the share of the promised fall.
        """
        if None in (self.reached, self.promised):
            return None
        baseline = self.target.baseline
        if self.target.promises_less:
            return (baseline - self.reached) / (baseline - self.promised)
        return self.reached / self.promised if self.promised else None

    @property
    def outcome(self) -> Outcome | None:
        """None where something is reported that was not promised."""
        if self.reached is None:
            return Outcome.NOT_REPORTED
        if self.promised is None:
            return None
        ahead = self.reached - self.promised
        if ahead == 0:
            return Outcome.REACHED
        if (ahead < 0) == self.target.promises_less:
            return Outcome.EXCEEDED
        return Outcome.MISSED if stage_on(self.target.project) in OVER else Outcome.UNDER_WAY

    @cached_property
    def bar(self) -> TargetBar | None:
        return bar_of(self)

    @property
    def has_parts(self) -> bool:
        """Whether there is more to say than one value for the whole project."""
        return len(self.measurements) > 1 or bool(self.partners)

    @cached_property
    def periods(self) -> list[InPeriod]:
        """By period, the earliest first."""
        ordered = sorted(self.measurements, key=in_time)
        return [
            self.in_period(period, [*reported], [each for each in ordered if each.period.number <= period.number])
            for period, reported in groupby(ordered, key=lambda each: each.period)
        ]

    def during(self, period) -> InPeriod:
        """What one period brought, also where nothing was reported for it."""
        until = self.up_to(period).measurements
        return self.in_period(period, [each for each in until if each.period_id == period.pk], until)

    def up_to(self, period) -> "Line":
        """
        The line as it stood when a period ended: what was reported until then, and what is dated until then of the
        records, which have to be counted by day.
        """
        target = copy(self.target)
        target.__dict__.pop("actual", None)
        target.approved = [each for each in self.measurements if each.period.number <= period.number]
        return replace(self, target=target, counted=self.counted and self.counted.until(period.end))

    def in_period(self, period, reported, so_far) -> InPeriod:
        counted = self.counted.within(period.start, period.end) if self.by_day and self.counted else None
        return InPeriod(
            period, total(self.indicator, reported), total(self.indicator, so_far), reported, counted or None
        )

    @cached_property
    def partners(self) -> list[OfPartner]:
        """By partner, in their order, where shares were reported."""
        shares = [each for each in self.measurements if each.participation_id]
        shares.sort(key=lambda each: (each.participation.order, each.participation_id))
        return [
            OfPartner(participation, share_of_partner(self.indicator, reported))
            for participation, reported in groupby(shares, key=lambda each: each.participation)
        ]

    @property
    def evidence(self) -> list[Measurement]:
        """The measurements that name what proves them, each document and address once."""
        proven = {(each.evidence_document_id, each.evidence_address): each for each in self.measurements}
        return [each for proof, each in proven.items() if any(proof)]


def ledger_of(targets: Iterable[Target], by_day=False, beside_reports=True) -> list[Line]:
    """
    The ledger's lines, in the targets' order. Two queries at most, however many there are; of targets that come
    `with_actual` no partners and no evidence are fetched. With `by_day`, records are counted by period too; without
    `beside_reports`, only where nothing was reported.
    """
    targets = list(targets)
    prefetch_related_objects(targets, Target.objects.approved_with(*BEHIND))
    found = count([each for each in targets if beside_reports or each.actual is None], by_day)
    return [Line(each, found.get((each.project_id, each.indicator.counts)), by_day) for each in targets]


def unexplained_differences(targets) -> list[Line]:
    """Of the targets those whose reported figure is not what the portal lists, with no word on why."""
    candidates = targets.exclude(indicator__counts="").filter(project__in=Project.objects.published())
    candidates = candidates.select_related("project").with_actual()
    return [line for line in ledger_of(candidates) if line.differs and not line.is_explained]


def said_and_listed(line: Line) -> str:
    """The two figures of a difference: `reported 30, listed 10`"""
    words = {"reported": number(line.reported), "listed": number(line.listed)}
    return _("reported %(reported)s, listed %(listed)s") % words
