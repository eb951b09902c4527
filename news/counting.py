"""The events, media mentions and newsletters that indicators count."""

from news.models import Event, MediaMention, Newsletter
from results.counting import Counts, Source, add_source, of_published_projects


def held():
    """What was cancelled or postponed didn't take place."""
    return Event.objects.published().filter(status=Event.Status.ON)


add_source(
    Source(
        "events",
        held,
        "news/counted/event.html",
        {
            Counts.KICK_OFFS: Event.Kind.KICK_OFF,
            Counts.STUDY_VISITS: Event.Kind.STUDY_VISIT,
            Counts.PARTNER_MEETINGS: Event.Kind.PARTNER_MEETING,
            Counts.STAKEHOLDER_MEETINGS: Event.Kind.STAKEHOLDER_MEETING,
            Counts.WORKSHOPS: Event.Kind.WORKSHOP,
            Counts.REVIEWS: Event.Kind.REVIEW,
            Counts.DISSEMINATION: Event.Kind.DISSEMINATION,
            Counts.FINAL_EVENTS: Event.Kind.FINAL,
        },
        day="end_date",
        kind="kind",
    )
)
add_source(
    Source(
        "media_mentions",
        of_published_projects(MediaMention),
        "news/counted/media_mention.html",
        {Counts.MEDIA_MENTIONS: ""},
        day="published_on",
    )
)
add_source(
    Source(
        "newsletters",
        of_published_projects(Newsletter),
        "news/counted/newsletter.html",
        {Counts.NEWSLETTERS: ""},
        day="issued_on",
        related=("document__project",),
    )
)
