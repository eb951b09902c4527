"""
A project's life stage, worked out from its dates and today, never typed.

approved → running → in durability → archived. A project without a durability duty is simply closed after its end.
"""

from datetime import MAXYEAR, date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

LONGEST_DURABILITY = 15  # years; a bound, so that the stage can be asked for in SQL


class Stage(models.TextChoices):
    APPROVED = "approved", pgettext_lazy("life stage", "Approved")
    RUNNING = "running", pgettext_lazy("life stage", "Running")
    CLOSED = "closed", pgettext_lazy("life stage", "Closed")
    IN_DURABILITY = "durability", pgettext_lazy("life stage", "In durability")
    ARCHIVED = "archived", pgettext_lazy("life stage", "Archived")
    CANCELLED = "cancelled", pgettext_lazy("life stage", "Cancelled")


def years_later(day: date, years: int) -> date:
    """The same day so many years on, in the last year that a date can have at most; 28 February for a missing 29th."""
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def whole_months(first: date, last: date) -> int:
    """How many whole months lie between two days, both included: 1 August 2019 – 31 January 2023 are 42."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def durability_ends(project) -> date | None:
    """The last day of the duty to keep the results; None without a duty or an end."""
    return years_later(project.end, project.durability_years) if project.end and project.durability_years else None


def stage_on(project, day: date | None = None) -> Stage:
    """The stage of a project on a day, by default today."""
    day = day or timezone.localdate()
    if project.cancelled_on and project.cancelled_on <= day:
        return Stage.CANCELLED
    if project.start is None or day < project.start:
        return Stage.APPROVED
    if project.end is None or day <= project.end:
        return Stage.RUNNING
    if not project.durability_years:
        return Stage.CLOSED
    return Stage.IN_DURABILITY if day <= durability_ends(project) else Stage.ARCHIVED


def in_stage(stage: str, day: date | None = None) -> Q:
    """The condition, for a query, that `stage_on` gives this stage."""
    day = day or timezone.localdate()
    cancelled = Q(cancelled_on__isnull=False, cancelled_on__lte=day)
    begun, ended = Q(start__lte=day), Q(start__lte=day, end__lt=day)
    kept = Q()
    for years in range(1, LONGEST_DURABILITY + 1):
        kept |= Q(durability_years=years, end__gte=_earliest_end(day, years))
    return {
        Stage.CANCELLED: cancelled,
        Stage.APPROVED: ~cancelled & (Q(start__isnull=True) | Q(start__gt=day)),
        Stage.RUNNING: ~cancelled & begun & (Q(end__isnull=True) | Q(end__gte=day)),
        Stage.CLOSED: ~cancelled & ended & Q(durability_years=0),
        Stage.IN_DURABILITY: ~cancelled & ended & kept,
        Stage.ARCHIVED: ~cancelled & ended & Q(durability_years__gt=0) & ~kept,
    }[Stage(stage)]


def _earliest_end(day: date, years: int) -> date:
    """The first end whose durability, so many years long, isn't over on the day."""
    same_day = years_later(day, -years)
    # A 29th of February falls back to a 28th whose duty ended the day before.
    return same_day if years_later(same_day, years) >= day else same_day + timedelta(days=1)
