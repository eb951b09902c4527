"""What a project told the public: events, media, newsletters, articles, documents, with the reach that is recorded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter, methodcaller

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import country_name, language_name
from news.models import Article, Event, MediaMention, Newsletter
from projects.models import Document
from projects.totals import KnownSum
from reports.columns import Column
from reports.parts.layout import Extra, Summed, table_of
from reports.parts.wording import page_of, words
from reports.tables.events import first_day


def with_news(projects):
    """The projects with what visitors see of all this, in the order of time."""
    events = Event.objects.published().order_by("start_date", "pk").lean()
    articles = Article.objects.published().select_related("author").order_by("published_at", "pk").lean()
    newsletters = Newsletter.objects.select_related("document__project").order_by("number").lean()
    return projects.prefetch_related(
        Prefetch("events", events),
        Prefetch("articles", articles),
        Prefetch("media_mentions", MediaMention.objects.order_by("published_on", "pk")),
        Prefetch("newsletters", newsletters),
        Prefetch("documents", Document.objects.order_by("issued_on", "pk").lean()),
    )


def day_of(article) -> date:
    """The day on which it was published, where the agency is."""
    return timezone.localtime(article.published_at).date()


@dataclass(frozen=True)
class Told:
    """What was told of a project, by the names that it has for it."""

    events: list[Event]
    media_mentions: list[MediaMention]
    newsletters: list[Newsletter]
    articles: list[Article]
    documents: list[Document]

    def within(self, start: date, end: date) -> "Told":
        """What is of these days, both included. What has no day is of none."""

        def those(records, day):
            return [each for each in records if day(each) and start <= day(each) <= end]

        return Told(
            those(self.events, attrgetter("end_date")),
            those(self.media_mentions, attrgetter("published_on")),
            those(self.newsletters, attrgetter("issued_on")),
            those(self.articles, day_of),
            those(self.documents, attrgetter("issued_on")),
        )

    @property
    def held(self) -> list[Event]:
        """The events that took place until today."""
        today = timezone.localdate()
        return [each for each in self.events if each.status == Event.Status.ON and each.end_date <= today]

    @property
    def participants(self) -> KnownSum:
        return KnownSum.of([each.participants for each in self.held])

    @property
    def years(self) -> list[int]:
        days = [*map(attrgetter("end_date"), self.held), *map(attrgetter("published_on"), self.media_mentions)]
        days += [*map(attrgetter("issued_on"), self.newsletters), *map(day_of, self.articles)]
        return sorted({day.year for day in days if day})


def told_of(project) -> Told:
    """After `with_news`."""
    return Told(*(list(getattr(project, each.name).all()) for each in fields(Told)))


def told_of_all(projects: Iterable) -> Told:
    """Of several projects together. An article about two of them is one article."""
    found = [told_of(project) for project in projects]
    together = {each.name: [record for told in found for record in getattr(told, each.name)] for each in fields(Told)}
    return Told(**{name: list(dict.fromkeys(records)) for name, records in together.items()})


def name_of(event) -> str:
    """Its title, and whether it was cancelled or postponed."""
    if event.status == Event.Status.ON:
        return words(event, "title")
    return f"{words(event, 'title')} ({event.get_status_display()})"


def place(event) -> str:
    return ", ".join(filter(None, [event.city, event.country and country_name(event.country)]))


KIND_OF_EVENT = Column(gettext_lazy("Kind"), methodcaller("get_kind_display"))
FIRST_DAY = Column(gettext_lazy("First day"), first_day, "day")
PLACE = Column(gettext_lazy("Place"), place)
PARTICIPANTS = Extra(gettext_lazy("Number of participants"), attrgetter("participants"), "number")
PAGE = Column(gettext_lazy("Address of the page"), page_of, "address")
EVENTS = [Column(gettext_lazy("Event"), name_of), KIND_OF_EVENT, FIRST_DAY, PLACE, PARTICIPANTS, PAGE]
MENTIONS = [
    Column(gettext_lazy("Title"), attrgetter("title")),
    Column(gettext_lazy("Outlet"), attrgetter("outlet")),
    Column(gettext_lazy("Kind"), methodcaller("get_kind_display")),
    Column(gettext_lazy("Language"), lambda mention: language_name(mention.language)),
    Column(gettext_lazy("Published on"), attrgetter("published_on"), "day"),
    Column(gettext_lazy("Address"), attrgetter("address"), "address"),
]
NEWSLETTERS = [
    Column(gettext_lazy("Newsletter"), lambda letter: words(letter, "title")),
    Column(gettext_lazy("Number"), attrgetter("number"), "identifier"),
    Column(gettext_lazy("Issued on"), attrgetter("issued_on"), "day"),
    Column(gettext_lazy("Address"), lambda each: each.address or page_of(each.document), "address"),
]
ARTICLE = Column(gettext_lazy("Article"), lambda article: words(article, "title"))
PUBLISHED_ON = Column(gettext_lazy("Published on"), day_of, "day")
ARTICLES = [
    ARTICLE,
    PUBLISHED_ON,
    Column(gettext_lazy("Written by"), lambda article: article.author and article.author.name),
    PAGE,
]
DOCUMENTS = [
    Column(gettext_lazy("Document"), lambda document: words(document, "title") or document.filename),
    Column(gettext_lazy("Kind"), methodcaller("get_kind_display")),
    Column(gettext_lazy("Language"), lambda document: language_name(document.language)),
    Column(gettext_lazy("Issued on"), attrgetter("issued_on"), "day"),
    Extra(gettext_lazy("Pages"), attrgetter("pages"), "number"),
    Column(gettext_lazy("Address"), page_of, "address"),
]


def events(records: list[Event], otherwise="", title="", name="events"):
    return table_of(name, title or _("Events"), EVENTS, records, otherwise=otherwise)


def lists(told: Told) -> list:
    """Tables of everything but the events."""
    return [
        table_of("media", _("Media mentions"), MENTIONS, told.media_mentions),
        table_of("newsletters", _("Newsletters"), NEWSLETTERS, told.newsletters),
        table_of("articles", _("Articles"), ARTICLES, told.articles),
    ]


def documents(records):
    return table_of("documents", _("Documents"), DOCUMENTS, records)


# Rows of a name and what was told under it.
NUMBERS = [
    Summed(gettext_lazy("Events held"), lambda row: len(row[1].held), "number"),
    Summed(gettext_lazy("Number of participants"), lambda row: row[1].participants, "number"),
    Summed(gettext_lazy("Media mentions"), lambda row: len(row[1].media_mentions), "number"),
    Summed(gettext_lazy("Newsletters"), lambda row: len(row[1].newsletters), "number"),
]
NUMBER_OF_ARTICLES = Column(gettext_lazy("Articles"), lambda row: len(row[1].articles), "number")


def by_project(rows: list[tuple[str, Told]]):
    """How much was told of each project. An article about several stands with each, so articles have no total."""
    note = _("An article about several projects stands with each of them.") if len(rows) > 1 else ""
    columns = [Column(gettext_lazy("Project"), lambda row: row[0]), *NUMBERS, NUMBER_OF_ARTICLES]
    return table_of("projects", _("By project"), columns, rows, note)


def by_year(told: Told):
    rows = [(year, told.within(date(year, 1, 1), date(year, 12, 31))) for year in told.years]
    articles = Summed(NUMBER_OF_ARTICLES.header, NUMBER_OF_ARTICLES.value, "number")
    columns = [Column(gettext_lazy("Year"), lambda row: row[0], "identifier"), *NUMBERS, articles]
    return table_of("years", _("By year"), columns, rows)


KINDS_OF_EVENT = [
    Column(gettext_lazy("Kind of event"), lambda row: Event.Kind(row[0]).label),
    Summed(gettext_lazy("Events held"), lambda row: row[1].all, "number"),
    Summed(gettext_lazy("Number of participants"), lambda row: row[1], "number"),
]


def by_kind(told: Told):
    """The events held by their kind, in the order of the kinds."""
    rows = [
        (kind, KnownSum.of([each.participants for each in told.held if each.kind == kind]))
        for kind in Event.Kind.values
        if any(each.kind == kind for each in told.held)
    ]
    return table_of("event-kinds", _("Events by kind"), KINDS_OF_EVENT, rows)


MEDIA = [
    Column(gettext_lazy("Kind"), lambda row: MediaMention.Kind(row[0][0]).label),
    Column(gettext_lazy("Language"), lambda row: language_name(row[0][1])),
    Summed(gettext_lazy("Media mentions"), lambda row: row[1], "number"),
]


def media(told: Told):
    """The mentions by kind and language."""
    counted = Counter((each.kind, each.language) for each in told.media_mentions)
    return table_of("media-kinds", _("Media mentions by kind and language"), MEDIA, sorted(counted.items()))
