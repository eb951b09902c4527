from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from opendata.api.asking import (
    COUNTRY,
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
from projects.models import Topic as TopicOfPractices
from results.filters import PracticeFilter
from results.models import GoodPractice

router = Router(tags=["Good practices"])
RICH = ("description", "resources", "evidence", "difficulties", "transfer")


class AskedPractices(AskedList):
    q: str = WORDS
    country: str = COUNTRY
    topic: str = TOPIC
    project: str = PROJECT
    sort: choice(orders_of(PracticeFilter)) = Field(None, description=IN_ORDER)


class PracticeInList(Ours):
    title: Text | None
    summary: Text | None
    project: ProjectReference
    topics: list[Topic]
    owner: str | None = Field(description="The organisation that runs it.")
    place: str | None
    country: str = Field(description="An ISO 3166 code of two letters.", examples=["SI"])
    nuts: str | None = Field(description="A NUTS code.", examples=["SI036"])
    start: date | None
    end: date | None = Field(description="Null: it goes on.")
    validation: choice(GoodPractice.Validation.values) | None

    resolve_url = address("practice")
    resolve_title = text("title")
    resolve_summary = text("summary")


class PracticeInFull(PracticeInList):
    partner: PartnerReference | None = Field(description="Who brought it into the project.")
    description: RichText | None
    resources: RichText | None
    evidence: RichText | None
    difficulties: RichText | None
    transfer: RichText | None

    resolve_description = rich_text("description")
    resolve_resources = rich_text("resources")
    resolve_evidence = rich_text("evidence")
    resolve_difficulties = rich_text("difficulties")
    resolve_transfer = rich_text("transfer")


def practices():
    topics = Prefetch("topics", TopicOfPractices.objects.lean())
    return GoodPractice.objects.published().select_related("project").prefetch_related(topics)


@router.get("/practices", response=page_of(PracticeInList), url_name="practices", summary="Published good practices")
def list_practices(request: HttpRequest, response: HttpResponse, asked: Query[AskedPractices]):
    """The selection is that of the public list: its filters have the same names and values here."""
    shown = without(practices().lean(), *RICH)
    return listed(request, response, asked, shown, PracticeFilter, lambda page: read(page, "title", "summary"))


@router.get("/practices/{slug}", response=PracticeInFull, url_name="practice", summary="A good practice")
def get_practice(request: HttpRequest, slug: Slug, asked: Query[Asked]):
    full = practices().select_related("project", "partner").lean()
    return read([found(request, full, slug)], "title", "summary", rich=RICH)[0]
