from operator import attrgetter, methodcaller

from django.utils.translation import gettext_lazy as _

from editorial.formats import month_and_year
from news.models import Event
from reports.columns import Column, Report
from reports.tables.publication import LANGUAGES, PUBLICATION


def rows(events):
    return Event.objects.filter(pk__in=events).select_related("project", "phase", "host").lean()


def first_day(event):
    """The day, or the month in words where no more is known."""
    return month_and_year(event.start_date) if event.only_month_known else event.start_date


def last_day(event):
    return None if event.only_month_known else event.end_date


def time_zone(event) -> str:
    return event.time_zone if event.start_time else ""


EVENTS = Report(
    name="events",
    title=_("Events"),
    label=_("Download events as {format}"),
    model=Event,
    rows=rows,
    columns=[
        Column(_("Title"), attrgetter("title")),
        Column(_("Kind"), methodcaller("get_kind_display")),
        Column(_("Project"), attrgetter("project")),
        Column(_("Phase"), attrgetter("phase")),
        Column(_("First day"), first_day, "day"),
        Column(_("Last day"), last_day, "day"),
        Column(_("Begins at"), attrgetter("start_time"), "time"),
        Column(_("Ends at"), attrgetter("end_time"), "time"),
        Column(_("Time zone"), time_zone),
        Column(_("Status"), methodcaller("get_status_display")),
        Column(_("Attendance"), methodcaller("get_attendance_display")),
        Column(_("Place"), attrgetter("place")),
        Column(_("City"), attrgetter("city")),
        Column(_("Country"), attrgetter("country"), "country"),
        Column(_("Host"), lambda event: event.host and event.host.name),
        Column(_("Number of participants"), attrgetter("participants"), "number"),
        Column(_("What came of it"), attrgetter("outcome"), "rich_text"),
        Column(_("Registration address"), attrgetter("registration_address"), "address"),
        LANGUAGES,
        *PUBLICATION,
    ],
)
