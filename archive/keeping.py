"""Of which projects the duty to keep their record waits for somebody, and what it waits for."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.models import Copy
from archive.retention import KEPT_YEARS, KEPT_YEARS_WITH_STATE_AID, kept_until
from editorial.formats import long_date
from projects.lifecycle import Stage, in_stage

ALL_PAID = timedelta(days=365)  # after the end; by then the year of the last payment is known


def whose_keeping_waits(projects):
    """Public projects that ended and of which `what_waits` has something to say, the one that ended last first."""
    today = timezone.localdate()
    soon = today + settings.KEEPING_REMINDER
    copied = Copy.objects.done().filter(project=OuterRef("pk"), asked_at__date__gt=OuterRef("end"))
    years = {False: KEPT_YEARS, True: KEPT_YEARS_WITH_STATE_AID}
    documents_may_go = Q()
    for has_aid, kept in years.items():
        documents_may_go |= Q(retention__has_state_aid=has_aid, retention__last_paid_in__lt=soon.year - kept)
    waits = Q(is_copied=False)
    waits |= Q(retention__last_paid_in=None, end__lt=today - ALL_PAID)
    waits |= documents_may_go & ~in_stage(Stage.IN_DURABILITY, soon)
    ended = projects.published().filter(end__lt=today).annotate(is_copied=Exists(copied))
    return ended.filter(waits).select_related("retention").order_by(F("end").desc(), "pk")


def what_waits(project) -> str:
    """In a few words, of a project that `whose_keeping_waits` gave."""
    if not project.is_copied:
        return _("no copy since it ended")
    until = kept_until(project)
    if until is None:
        return _("the year of the last payment isn't known")
    sentence = _("kept long enough since %(day)s") if until < timezone.localdate() else _("to be kept until %(day)s")
    return sentence % {"day": long_date(until)}
