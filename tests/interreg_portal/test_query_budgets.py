"""How many queries each kind of page may take, however much the portal holds, and what they never read."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.states import State
from news.models import Article, Event, MediaMention, Newsletter
from pages.models import Page
from partners.models import Contact, Partner
from projects.models import (
    Amendment,
    AmountElsewhere,
    Document,
    Participation,
    Phase,
    Project,
    ProjectWebsite,
    SpecificObjective,
    StakeholderGroup,
    Topic,
)
from results.models import ActionPlan, GoodPractice, Measurement, PolicyInstrument, ReportingPeriod, Target
from tests.factories import make_indicator, make_partner, make_programme

pytestmark = pytest.mark.django_db(transaction=True)

CARDS = {
    "/en/": 6,
    "/en/projects/": 1,
    "/en/practices/": 1,
    "/en/news/": 2,
    "/en/events/": 1,
    "/en/partners/": 1,
}
PAGES = {
    "/en/projects/one-1/": 7,
    "/en/projects/one-1/results/": 4,
    "/en/projects/one-1/partners/": 4,
    "/en/projects/one-1/practices/": 2,
    "/en/projects/one-1/policy/": 5,
    "/en/projects/one-1/news/": 3,
    "/en/projects/one-1/events/": 3,
    "/en/projects/one-1/documents/": 2,
    "/en/projects/one-1/media/": 3,
    "/en/news/article-1/": 3,
    "/en/events/event-1/": 3,
    "/en/practices/practice-1/": 2,
    "/en/partners/organisation-1/": 3,
    "/en/about/": 1,
}
BUDGETS = CARDS | PAGES
LONG_TEXTS = {"change", "goals", "body", "description", "outcome", "resources", "evidence", "difficulties", "transfer"}


def publish(model, numbers, slug, **fields):
    public = {"state": State.PUBLISHED, "published_at": timezone.now()}
    return model.objects.bulk_create(
        model(slug=f"{slug}-{number}", **public, **{name: make(number) for name, make in fields.items()})
        for number in numbers
    )


def fill(numbers):
    """Projects with all that a project may have, each with one of it."""
    programme = Project.objects.values_list("programme", flat=True).first() or make_programme().pk
    objective, _ = SpecificObjective.objects.get_or_create(code="RSO1.1")
    topics = [Topic.objects.get_or_create(slug=f"topic-{number}")[0] for number in range(3)]
    indicators = [make_indicator(), make_indicator(counts="practices"), make_indicator(counts="websites")]
    partners = publish(
        Partner, numbers, "organisation", name=lambda number: f"Organisation {number}", country=lambda _: "SI"
    )
    projects = publish(
        Project, numbers, "one", acronym=lambda number: f"ONE {number}", title_en=lambda number: f"Project {number}",
        summary_en=lambda _: "It has [[partner_count]] partners.", programme_id=lambda _: programme,
        specific_objective=lambda _: objective, start=lambda number: date(2010 + number % 10, 1, 1),
        end=lambda _: date(2021, 1, 1),
    )  # fmt: skip
    ends = {"start": date(2020, 1, 1), "end": date(2020, 6, 30)}
    pairs = list(zip(numbers, projects, partners, strict=True))
    Participation.objects.bulk_create(
        Participation(project=project, partner=partner, role="lead") for _, project, partner in pairs
    )
    Project.topics.through.objects.bulk_create(
        Project.topics.through(project=project, topic=topics[number % 3]) for number, project, _ in pairs
    )
    articles = publish(Article, numbers, "article", title_en=lambda number: f"News {number}")
    Article.projects.through.objects.bulk_create(
        Article.projects.through(article=article, project=project)
        for article, project in zip(articles, projects, strict=True)
    )
    whose = {number: project for number, project, _ in pairs}
    publish(
        Event, numbers, "event", title_en=lambda number: f"Event {number}", project=whose.get,
        kind=lambda _: "workshop", start_date=lambda _: date(2099, 1, 1), end_date=lambda _: date(2099, 1, 1),
    )  # fmt: skip
    publish(
        GoodPractice, numbers, "practice", title_en=lambda number: f"Practice {number}", project=whose.get,
        country=lambda _: "SI",
    )  # fmt: skip
    periods = ReportingPeriod.objects.bulk_create(ReportingPeriod(project=each, number=1, **ends) for each in projects)
    targets = Target.objects.bulk_create(
        Target(project=project, indicator=indicator, value=4) for project in projects for indicator in indicators
    )
    Measurement.objects.bulk_create(
        Measurement(target=target, period=period, value=4, state="approved")
        for target, period in zip(targets[::3], periods, strict=True)
    )
    instruments = PolicyInstrument.objects.bulk_create(
        PolicyInstrument(project=each, country="SI") for each in projects
    )
    ActionPlan.objects.bulk_create(ActionPlan(instrument=each) for each in instruments)
    Contact.objects.bulk_create(
        Contact(project=project, partner=partner, email="office@example.org", consent_given_on=date(2020, 1, 1))
        for _, project, partner in pairs
    )
    for model, fields in {
        Amendment: {"kind": "other"},
        AmountElsewhere: {"what": "total_budget", "amount": 4, "currency": "GBP"},
        Document: {"title": "Report", "file": "documents/1/report.pdf", "size": 1, "language": "en"},
        MediaMention: {"title": "In the paper", "published_on": date(2020, 2, 1)},
        Newsletter: {"number": 1, "address": "https://example.org/"},
        Phase: {"number": 1, **ends},
        ProjectWebsite: {"address": "https://example.org/"},
        StakeholderGroup: {"country": "SI"},
    }.items():
        model.objects.bulk_create(model(project=each, **fields) for each in projects)


@pytest.fixture
def portal_of_three(settings):
    """Its pages are made each time; what they have in common is kept."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith("PageCache")]
    make_partner(is_agency=True)
    for slug in ("home", "about"):
        Page.objects.create(slug=slug, title_en=slug, state=State.PUBLISHED)
    fill(range(1, 4))


def asked(client, address) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return [query["sql"] for query in queries]


def numbers_of_queries(client) -> dict[str, int]:
    return {address: len(asked(client, address)) for address in BUDGETS}


def test_no_page_takes_more_queries_than_it_may_with_three_projects_or_a_thousand(client, portal_of_three):
    few = numbers_of_queries(client)
    assert {address: number for address, number in few.items() if number > BUDGETS[address]} == {}
    fill(range(4, 1001))
    many = numbers_of_queries(client)
    assert {address: number for address, number in many.items() if number > few[address]} == {}


@pytest.mark.parametrize("language", ["en", "bg"])
def test_columns_of_languages_not_in_use_are_never_read(client, portal_of_three, language):
    unused = [code for code in settings.MODELTRANSLATION_LANGUAGES if code not in settings.PORTAL_LANGUAGES]
    for address in BUDGETS:
        names = set(re.findall(r'"(\w+)"', " ".join(asked(client, address.replace("/en/", f"/{language}/")))))
        assert not {name for name in names if name.rpartition("_")[2] in unused}, address


def test_cards_are_made_without_reading_long_texts(client, portal_of_three):
    for address in CARDS:
        read = set(re.findall(r'"(\w+)"\."(\w+)_en"', " ".join(asked(client, address))))
        assert {(table, text) for table, text in read if text in LONG_TEXTS and table != "pages_page"} == set(), address
