from editorial.linked_data import picture, place
from editorial.showing import resolve
from editorial.translations import language_of
from news.models import Event
from projects.linked_data import mention

ATTENDANCE = {
    Event.Attendance.ON_SITE: "https://schema.org/OfflineEventAttendanceMode",
    Event.Attendance.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Event.Attendance.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}
STATUS = {
    Event.Status.ON: "https://schema.org/EventScheduled",
    Event.Status.POSTPONED: "https://schema.org/EventPostponed",
    Event.Status.CANCELLED: "https://schema.org/EventCancelled",
}


def news_article(article, projects, absolute) -> dict:
    """An article as schema.org's NewsArticle; `absolute` makes a full address of one within the portal."""
    author = article.author
    address = absolute(author.get_absolute_url()) if author and author.is_public else None
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": resolve(article.lead, article),
        "url": absolute(article.get_absolute_url()),
        "inLanguage": language_of(article, "title"),
        "datePublished": article.published_at,
        "dateModified": article.updated_at,
        "author": author and {"@type": "Organization", "name": author.name, "url": address},
        "isBasedOn": article.source_address,
        "image": picture(article.picture, absolute),
        "about": [mention(project, absolute) for project in projects],
    }


def event_data(event, absolute) -> dict:
    """An event as schema.org's Event; of one whose day isn't known the month alone, as `2021-10`."""
    online = {"@type": "VirtualLocation", "url": event.online_address} if event.online_address else None
    return {
        "@type": "Event",
        "name": event.title,
        "url": absolute(event.get_absolute_url()),
        "startDate": f"{event.start_date:%Y-%m}" if event.only_month_known else event.begins,
        "endDate": None if event.only_month_known else event.ends,
        "eventStatus": STATUS[event.status],
        "eventAttendanceMode": ATTENDANCE.get(event.attendance),
        "location": [place(event.place, event.city, event.country), online],
        "organizer": event.host and {"@type": "Organization", "name": event.host.name},
        "about": event.project and mention(event.project, absolute),
    }
