"""A span of days: its order is a constraint in the database and a sentence in the form."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext as _

from editorial.formats import long_date

FIRST_YEAR, LAST_YEAR = 1900, 2100  # what lies outside is mistyped


def in_order(name: str, start: str = "start", end: str = "end") -> CheckConstraint:
    """The constraint that `end`, where both are known, isn't before `start`."""
    return CheckConstraint(name=name, condition=Q(**{f"{end}__gte": F(start)}))


def check_year(record, name: str):
    """Raise ValidationError on a date whose year can't be meant."""
    day = getattr(record, name)
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("%(year)d can't be the year. Correct the date.") % {"year": day.year}
        raise ValidationError({name: message}, code="year")


def check_order(record, start: str = "start", end: str = "end"):
    """Raise ValidationError on `end` where it is before `start`, and on either where its year can't be meant."""
    for name in (start, end):
        check_year(record, name)
    first, last = getattr(record, start), getattr(record, end)
    if first and last and last < first:
        labels = {"start": record._meta.get_field(start).verbose_name, "start_value": long_date(first)}
        message = _("This is before “%(start)s”, %(start_value)s. Correct one of the two dates.") % labels
        raise ValidationError({end: message}, code="order")


def running_on(day, start: str = "start", end: str = "end") -> Q:
    """The condition that a span, open where a date is empty, holds the day."""
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))
