from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from opendata.api.asking import (
    COUNTRY,
    IN_ORDER,
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
from opendata.api.programmes import ProgrammeReference
from opendata.api.telling import (
    Amount,
    Currency,
    Ours,
    PartnerReference,
    RichText,
    Share,
    Text,
    Told,
    Topic,
    address,
    read,
    rich_text,
    text,
    without,
)
from projects.filters import ProjectFilter
from projects.lifecycle import Stage
from projects.models import Participation, Project
from projects.models import Topic as TopicOfProjects

router = Router(tags=["Projects"])
RICH = ("change", "goals")


class AskedProjects(AskedList):
    q: str = WORDS
    stage: choice(Stage.values) = Field(None, description="The life stage that a project is in today.")
    programme: str = Field(
        None,
        description="The CCI code of a programme.",
        pattern="^[0-9]{4}[A-Z0-9]{11}$",
        examples=["2014TC16RFIR001"],
    )
    topic: str = TOPIC
    country: str = COUNTRY
    year: str = Field(
        None, description="A year in which the project ran for a day.", pattern="^[12][0-9]{3}$", examples=["2024"]
    )
    sort: choice(orders_of(ProjectFilter)) = Field(None, description=IN_ORDER)


class ProjectInList(Ours):
    acronym: str = Field(examples=["INNO INDUSTRY"])
    title: Text | None
    summary: Text | None
    programme: ProgrammeReference
    topics: list[Topic]
    stage: choice(Stage.values) = Field(description="Its life stage today.")
    start: date | None
    end: date | None = Field(description="As it stands now, amendments included.")
    total_budget: Amount | None
    union_funding: Amount | None
    union_funding_is_rounded: bool = Field(description="Whether only a rounded figure has been published.")
    currency: Currency = "EUR"

    resolve_url = address("project")
    resolve_title = text("title")
    resolve_summary = text("summary")


class ParticipationOfPartner(Told):
    """An organisation's part in the project."""

    partner: PartnerReference
    role: choice(Participation.Role.values)
    in_consortium: bool = Field(description="Whether it is lead or partner today; associated partners never are.")
    unit: Text | None = Field(description="The part of the organisation that does the work.")
    joined: date | None = Field(description="Null: from the start.")
    left: date | None = Field(description="Null: it stayed.")
    total_budget: Amount | None
    union_funding: Amount | None
    union_funding_is_rounded: bool
    other_contribution: Amount | None = Field(description="National, regional or own, in EUR.")

    resolve_unit = text("unit")


class ProjectInFull(ProjectInList):
    operation_code: str | None = Field(description="The programme's own number of the project.", examples=["PGI05999"])
    keep_id: int | None = Field(description="Its number in keep.eu.")
    specific_objective: str | None = Field(description="The code of the specific objective.", examples=["RSO1.1"])
    approved_on: date | None
    cancelled_on: date | None
    national_cofinancing: Amount | None
    union_rate: Share | None = Field(description="The Union's share of the total budget, where both are known.")
    change: RichText | None = Field(description="What will change, and for whom.")
    goals: RichText | None = Field(description="Background and goals.")
    websites: list[str]
    participations: list[ParticipationOfPartner]

    resolve_change = rich_text("change")
    resolve_goals = rich_text("goals")

    @staticmethod
    def resolve_union_rate(project):
        return project.eu_rate

    @staticmethod
    def resolve_specific_objective(project):
        return project.specific_objective and project.specific_objective.code

    @staticmethod
    def resolve_websites(project):
        return [website.address for website in project.websites.all()]


def projects():
    topics = Prefetch("topics", TopicOfProjects.objects.lean())
    return Project.objects.published().select_related("programme__period", "programme__fund").prefetch_related(topics)


@router.get("/projects", response=page_of(ProjectInList), url_name="projects", summary="Published projects")
def list_projects(request: HttpRequest, response: HttpResponse, asked: Query[AskedProjects]):
    """The selection is that of the public list: its filters have the same names and values here."""
    shown = without(projects().lean(), *RICH)
    return listed(request, response, asked, shown, ProjectFilter, lambda page: read(page, "title", "summary"))


@router.get("/projects/{slug}", response=ProjectInFull, url_name="project", summary="A project with its participations")
def get_project(request: HttpRequest, slug: Slug, asked: Query[Asked]):
    """Amounts that nobody published are null. Persons are not part of the data."""
    full = projects().with_partners().select_related("specific_objective").prefetch_related("websites").lean()
    return read([found(request, full, slug)], "title", "summary", rich=RICH)[0]
