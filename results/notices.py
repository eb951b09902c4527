"""What the daily e-mail says of figures that are due."""

from django.utils.translation import gettext as _

from accounts.digests import Line, sources
from editorial.formats import long_date
from results.due import is_overdue, is_to_remind
from results.waiting import due, report_address


def figures_to_remind_of(person) -> list[Line]:
    """A line for each period whose figures wait for the person, on the day it is first due and then once a week."""
    periods = [period for part in due(person) for period in part.records if is_to_remind(period, person.digest_on)]
    return [Line(reminder(period), report_address(period)) for period in periods]


def reminder(period) -> str:
    late = _("The figures of %(period)s were due on %(day)s and are not all handed in.")
    soon = _("The figures of %(period)s are due on %(day)s.")
    return (late if is_overdue(period) else soon) % {"period": period, "day": long_date(period.due_on)}


sources.append(figures_to_remind_of)
