"""Which reporting periods still lack figures shortly before, or after, they are due."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from results.models import Measurement, ReportingPeriod, Target

HANDED_IN = [Measurement.State.SUBMITTED, Measurement.State.APPROVED]


def figures_due(periods):
    """Of the periods those that are due soon or were, with a target for which nothing has been handed in."""
    figures = Measurement.objects.filter(target=OuterRef("pk"), period=OuterRef(OuterRef("pk")), state__in=HANDED_IN)
    lacking = Target.objects.filter(~Exists(figures), project=OuterRef("project"))
    soon = timezone.localdate() + settings.FIGURES_REMINDER
    open_ones = periods.filter(due_on__lte=soon, locked_on__isnull=True, project__cancelled_on__isnull=True)
    return open_ones.filter(Exists(lacking))


def is_overdue(period: ReportingPeriod) -> bool:
    return period.due_on < timezone.localdate()
