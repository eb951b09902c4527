from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from news.filters import ArticleFilter, EventFilter
from news.models import Article, Event
from opendata.api.asking import (
    IN_ORDER,
    PROJECT,
    TOPIC,
    WORDS,
    Asked,
    AskedList,
    Slug,
    choice,
    found,
    listed,
    orders_of,
    page_of,
)
from opendata.api.telling import (
    Address,
    Ours,
    PartnerReference,
    ProjectReference,
    RichText,
    Text,
    Topic,
    address,
    read,
    rich_text,
    text,
    without,
)
from projects.models import Project
from projects.models import Topic as TopicOfArticles

router = Router(tags=["News and events"])


class AskedArticles(AskedList):
    q: str = WORDS
    project: str = PROJECT
    topic: str = TOPIC
    sort: choice(orders_of(ArticleFilter)) = Field(None, description=IN_ORDER)


class AskedEvents(AskedList):
    q: str = WORDS
    kind: choice(Event.Kind.values) = Field(None, description="The kind of event.")
    project: str = PROJECT
    sort: choice(orders_of(EventFilter)) = Field(None, description=IN_ORDER)


class ArticleInList(Ours):
    title: Text | None
    lead: Text | None
    projects: list[ProjectReference]
    topics: list[Topic]
    source_name: str | None = Field(description="Where it was published first, if elsewhere.")
    source_address: Address | None

    resolve_url = address("article")
    resolve_title = text("title")
    resolve_lead = text("lead")


class ArticleInFull(ArticleInList):
    author: PartnerReference | None = Field(description="The organisation that wrote it.")
    body: RichText | None

    resolve_body = rich_text("body")


class EventInList(Ours):
    title: Text | None
    kind: choice(Event.Kind.values)
    status: choice(Event.Status.values)
    attendance: choice(Event.Attendance.values) | None
    project: ProjectReference | None
    start_date: date
    end_date: date
    only_month_known: bool = Field(description="Where it is true, the two days are the first and last of the month.")
    start_time: str | None = Field(description="By the clock of its time zone.", examples=["09:30"])
    end_time: str | None = Field(examples=["16:00"])
    time_zone: str = Field(examples=["Europe/Ljubljana"])
    place: str | None
    city: str | None
    country: str | None = Field(description="An ISO 3166 code of two letters.", examples=["SI"])

    resolve_url = address("event")
    resolve_title = text("title")

    @staticmethod
    def resolve_start_time(event):
        return event.start_time and f"{event.start_time:%H:%M}"

    @staticmethod
    def resolve_end_time(event):
        return event.end_time and f"{event.end_time:%H:%M}"


class EventInFull(EventInList):
    description: RichText | None
    outcome: RichText | None = Field(description="What came of it.")
    host: PartnerReference | None
    participants: int | None
    online_address: Address | None
    registration_address: Address | None

    resolve_description = rich_text("description")
    resolve_outcome = rich_text("outcome")


def articles():
    projects = Prefetch("projects", Project.objects.published().lean())
    return Article.objects.published().prefetch_related(projects, Prefetch("topics", TopicOfArticles.objects.lean()))


@router.get("/articles", response=page_of(ArticleInList), url_name="articles", summary="Published articles")
def list_articles(request: HttpRequest, response: HttpResponse, asked: Query[AskedArticles]):
    """The selection is that of the public list: its filters have the same names and values here."""
    shown = without(articles().lean(), "body")
    return listed(request, response, asked, shown, ArticleFilter, lambda page: read(page, "title", "lead"))


@router.get("/articles/{slug}", response=ArticleInFull, url_name="article", summary="An article")
def get_article(request: HttpRequest, slug: Slug, asked: Query[Asked]):
    full = articles().select_related("author").lean()
    return read([found(request, full, slug)], "title", "lead", rich=("body",))[0]


@router.get("/events", response=page_of(EventInList), url_name="events", summary="Published events")
def list_events(request: HttpRequest, response: HttpResponse, asked: Query[AskedEvents]):
    """The selection is that of the public list: its filters have the same names and values here."""
    shown = without(Event.objects.published().for_list(), "description", "outcome")
    return listed(request, response, asked, shown, EventFilter, lambda page: read(page, "title"))


@router.get("/events/{slug}", response=EventInFull, url_name="event", summary="An event")
def get_event(request: HttpRequest, slug: Slug, asked: Query[Asked]):
    full = Event.objects.published().select_related("project", "host").lean()
    return read([found(request, full, slug)], "title", rich=("description", "outcome"))[0]
