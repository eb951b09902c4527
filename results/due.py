"""Which reporting periods still lack figures shortly before, or after, they are due."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from results.models import Measurement, ReportingPeriod, Target

HANDED_IN = [Measurement.State.SUBMITTED, Measurement.State.APPROVED]
A_WEEK = 7  # days between reminders of what is late


def figures_due(periods, user):
    """
    Of the periods those that are due soon or were: with a target for which nobody has handed anything in, or a figure
    that the person began and hasn't.
    """
    figures = Measurement.objects.filter(target=OuterRef("pk"), period=OuterRef(OuterRef("pk")), state__in=HANDED_IN)
    lacking = Target.objects.filter(~Exists(figures), project=OuterRef("project"))
    begun = Measurement.objects.editable_by(user).exclude(state__in=HANDED_IN).filter(period=OuterRef("pk"))
    soon = timezone.localdate() + settings.FIGURES_REMINDER
    open_ones = periods.filter(due_on__lte=soon, locked_on__isnull=True, project__cancelled_on__isnull=True)
    return open_ones.filter(Exists(lacking) | Exists(begun))


def is_overdue(period: ReportingPeriod) -> bool:
    return period.due_on < timezone.localdate()


def reminders(period: ReportingPeriod, day: date) -> int:
    """How many reminders of a period there are up to a day: one before it is due, then one a week that it is late."""
    if day < period.due_on - settings.FIGURES_REMINDER:
        return 0
    late = day - period.due_on
    return 1 + (late + timedelta(A_WEEK - 1)).days // A_WEEK if late > timedelta(0) else 1


def is_to_remind(period: ReportingPeriod, since: date | None) -> bool:
    """Whether a reminder has come due since somebody's last e-mail; one that no e-mail could tell is made up for."""
    return since is None or reminders(period, timezone.localdate()) > reminders(period, since)
