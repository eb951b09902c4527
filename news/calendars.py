"""Events as iCalendar (RFC 5545), for the calendar on one's own phone."""

from datetime import datetime, timedelta
from html import unescape

from django.utils.html import strip_tags
from icalendar import Calendar
from icalendar import Event as Entry

from editorial.formats import country_name
from editorial.showing import Found, Text
from news.models import Event

STATUS = {
    Event.Status.ON: "CONFIRMED",
    Event.Status.POSTPONED: "TENTATIVE",
    Event.Status.CANCELLED: "CANCELLED",
}


def calendar_of(events, name, absolute) -> bytes:
    """
    The events as a calendar of that name; those of which only the month is known have no place in it.

    `absolute` makes a full address of one within the portal, or tells that of the calendar itself.
    """
    calendar = Calendar.new(prodid="-//Interreg Portal//EN", name=name, uid=absolute())
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    texts = [Text(event.description, event, is_rich=True) for event in events if not event.only_month_known]
    found = Found(None, texts)
    for text in texts:
        calendar.add_component(entry_of(text.record, unescape(strip_tags(found.told(text))), absolute))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def entry_of(event, description, absolute) -> Entry:
    begins, ends = event.begins, event.ends
    if not isinstance(ends, datetime):
        # A day's end is told by the day after it; where only the beginning has a time, the calendar knows no end.
        ends = None if isinstance(begins, datetime) else ends + timedelta(days=1)
    where = [event.place, event.city, country_name(event.country) if event.country else "", event.online_address]
    return Entry.new(
        uid=f"event-{event.pk}@{absolute('/').split('/')[2]}",
        stamp=event.updated_at,
        last_modified=event.updated_at,
        start=begins,
        end=ends,
        summary=event.title,
        description=description,
        location=", ".join(filter(None, where)),
        status=STATUS[event.status],
        url=absolute(event.get_absolute_url()),
    )
