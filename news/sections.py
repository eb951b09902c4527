from django.utils.translation import gettext_lazy as _

from editorial.prepared import ask
from editorial.rows import Rows
from news.models import Article, Event, MediaMention, Newsletter
from projects.sections import Moment, MomentKind, Section, add_section

EVENTS = MomentKind("event", _("Events"), 30)
SHOWN_OF_EVENT = ("slug", "title", "kind", "city", "start_date", "end_date", "only_month_known", "status")


def latest_articles(project) -> dict:
    """Without the projects that they are about: they stand on the page of one."""
    return {"articles": ask("news.latest", latest, project.pk)}


def latest(project: int):
    return Article.objects.published().filter(projects=project).for_list().prefetch_related(None)[:3]


def events_on_timeline(project) -> list[Moment]:
    return [
        Moment(EVENTS, event, event.start_date, event.end_date, is_off=event.status != "on")
        for event in project.public_events
    ]


add_section(Section("news", _("News"), 50, [Article.objects.published], project="projects", preview=latest_articles))
add_section(
    Section(
        "events",
        _("Events"),
        60,
        [Event.objects.published],
        moments=events_on_timeline,
        rows={"public_events": Rows("events", SHOWN_OF_EVENT, only=lambda events: events.published())},
    )
)
add_section(Section("media", _("Media"), 70, [MediaMention.objects.all, Newsletter.objects.all]))
