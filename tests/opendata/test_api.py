"""What programs read: the public pages' records and no others, in the language asked for."""

import json

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from editorial.states import State
from news.filters import ArticleFilter, EventFilter
from news.models import Article
from opendata.api.asking import AskedList
from opendata.api.news import AskedArticles, AskedEvents
from opendata.api.partners import AskedPartners
from opendata.api.practices import AskedPractices
from opendata.api.projects import AskedProjects
from partners.filters import PartnerFilter
from partners.models import Contact
from projects.filters import ProjectFilter
from projects.models import Document, Project
from results.filters import PracticeFilter
from results.models import GoodPractice
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_practice,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db

ROOT = "/data/api/v1"
LISTS = ["projects", "partners", "programmes", "indicators", "targets", "practices", "articles", "events", "documents"]


def read(client, address, **parameters):
    answer = client.get(f"{ROOT}/{address}", parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def slugs(client, name, **parameters):
    return {item["slug"] for item in read(client, name, **parameters)["items"]}


def test_each_list_tells_of_what_is_published(client, public):
    for name in LISTS:
        assert read(client, name)["items"], name


def test_a_record_is_found_at_the_address_that_its_list_gives(client, public):
    for name in LISTS:
        for item in read(client, name)["items"]:
            address = item.get("url", item.get("project", {}).get("url"))
            assert client.get(address).status_code == 200, address


def test_texts_say_in_which_language_they_are(client, public):
    project = read(client, "projects/sava", language="sl")
    assert project["title"] == {"text": "Čista reka", "language": "sl"}
    assert project["summary"] == {"text": "It costs 1.637.941,10 EUR.", "language": "en"}
    assert project["topics"] == [{"code": "water", "name": {"text": "Voda", "language": "sl"}}]
    assert project["change"] is None


def test_the_parameter_wins_over_the_header_which_wins_over_the_first_language(client, public):
    address = f"{ROOT}/projects/sava"
    for query, header, language in [("?language=bg", "sl", "bg"), ("", "de, sl-SI;q=0.8", "sl"), ("", "xx", "en")]:
        answer = client.get(address + query, headers={"Accept-Language": header})
        assert (answer["Content-Language"], answer.status_code) == (language, 200)
        assert f"/{language}/projects/sava/" in answer.json()["page"]


def test_a_former_choice_of_language_in_a_cookie_changes_nothing(client, public):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "sl"
    assert client.get(f"{ROOT}/projects/sava")["Content-Language"] == "en"


def test_amounts_lose_no_cent_and_what_is_unknown_is_null(client, public):
    project = read(client, "projects/sava")
    assert (project["total_budget"], project["union_funding"], project["currency"]) == (
        "1637941.10",
        "1330000.00",
        "EUR",
    )
    assert (project["national_cofinancing"], project["union_rate"]) == (None, "0.8120")
    [part] = project["participations"]
    assert (part["role"], part["total_budget"], part["union_funding"]) == ("lead", "500.50", None)


def test_a_link_in_a_text_to_what_is_not_public_is_none(client, public):
    assert read(client, "projects/sava")["goals"]["html"] == "<p>For all.</p>"


def test_a_partner_has_its_parts_in_published_projects_alone(client, public):
    draft = make_project(state=State.DRAFT)
    partner = public.participations.get().partner
    make_participation(draft, partner=partner)
    parts = read(client, "partners/rra-posavje")["participations"]
    assert [part["project"]["slug"] for part in parts] == ["sava"]


def test_targets_are_told_by_the_ledger_from_approved_figures(client, public):
    other = make_target(public, indicator=make_indicator(code="RCO99"))
    make_measurement(other, state="draft")
    told = {each["indicator"]["code"]: each for each in read(client, "targets", project="sava")["items"]}
    assert [told["RCO01"][name] for name in ("promised", "reported", "share", "outcome")] == [
        "10.5",
        "4.25",
        "0.4048",
        "missed",
    ]
    assert (told["RCO99"]["reported"], told["RCO99"]["outcome"]) == (None, "silent")
    assert told["A/B 2"]["promised"] is None


def test_drafts_are_nowhere(client, public):
    draft = make_project(slug="secret", acronym="SECRET", title_en="SECRET", state=State.DRAFT)
    make_target(draft, indicator=make_indicator(code="SECRET"))
    make_participation(draft, partner=make_partner(slug="secret", name="SECRET", state=State.DRAFT))
    make_practice(draft, slug="secret")
    make_event(project=draft, slug="secret", title_en="SECRET")
    article = make_article(public, draft, slug="told", title_en="Told")
    make_article(slug="secret", title_en="SECRET", state=State.DRAFT)
    Document.objects.create(project=draft, title_en="SECRET", language="en", file="documents/2/secret.pdf", size=1)
    for name in LISTS:
        assert "secret" not in json.dumps(read(client, name)).lower(), name
    for name in ("projects", "partners", "practices", "articles", "events"):
        assert client.get(f"{ROOT}/{name}/secret").status_code == 404
    assert [each["slug"] for each in read(client, f"articles/{article.slug}")["projects"]] == ["sava"]


def test_who_works_in_the_back_office_reads_no_more_than_anyone(office, public):
    make_project(slug="secret", state=State.DRAFT)
    assert office.get(f"{ROOT}/projects/secret").status_code == 404


def test_an_organisation_that_is_not_published_is_named_without_an_address(client, public):
    make_participation(public, partner=make_partner(name="Quiet", state=State.DRAFT))
    quiet = read(client, "projects/sava")["participations"][1]["partner"]
    assert (quiet["name"], quiet["slug"], quiet["url"]) == ("Quiet", None, None)


def test_persons_are_not_part_of_the_data(client, public):
    partner = public.participations.get().partner
    Contact.objects.create(
        partner=partner,
        project=public,
        function_en="Manager",
        person="A. Person",
        email="person@example.org",
        consent_given_on="2020-01-01",
    )
    for address in ("projects/sava", "partners/rra-posavje"):
        assert "erson@" not in json.dumps(read(client, address))


FILTERS = [
    (AskedProjects, ProjectFilter),
    (AskedPartners, PartnerFilter),
    (AskedPractices, PracticeFilter),
    (AskedArticles, ArticleFilter),
    (AskedEvents, EventFilter),
]


@pytest.mark.parametrize(("asked", "filters"), FILTERS)
def test_a_list_can_be_asked_what_its_page_can(asked, filters):
    assert asked.model_fields.keys() - AskedList.model_fields.keys() == filters.base_filters.keys()


@pytest.mark.parametrize(
    "query",
    ["q=clean", "topic=water", "country=HR", "country=SI&year=2024", "programme=2014TC16RFIR001", "stage=durability"],
)
def test_filters_leave_what_they_leave_on_the_page(client, public, query):
    other = make_project(slug="drava", summary_en="Another river", end=None)
    make_participation(other, partner=make_partner(country="HR"))
    shown = {project.slug for project in client.get(f"{reverse('projects')}?{query}").context["object_list"]}
    told = {item["slug"] for item in client.get(f"{ROOT}/projects?{query}").json()["items"]}
    assert told == shown
    assert 0 < len(shown) < Project.objects.count()


def test_lists_without_a_page_have_filters_too(client, public):
    assert [each["code"] for each in read(client, "indicators", level="output")["items"]] == ["RCO01", "A/B 2"]
    assert len(read(client, "targets", indicator="A/B 2")["items"]) == 1
    assert len(read(client, "documents", project="sava", kind="deliverable")["items"]) == 1
    assert read(client, "documents", kind="poster")["items"] == []


def test_a_record_that_moved_is_found_at_its_new_address(client, public):
    public.slug = "sava-river"
    public.save()
    answer = client.get(f"{ROOT}/projects/sava?language=sl")
    assert (answer.status_code, answer["Location"]) == (
        308,
        "http://testserver/data/api/v1/projects/sava-river?language=sl",
    )


def test_what_was_withdrawn_is_gone(client, public):
    GoodPractice.objects.update(state=State.WITHDRAWN)
    answer = client.get(f"{ROOT}/practices/reeds")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")


QUERIES = {
    "projects": 4,
    "partners": 1,
    "programmes": 1,
    "indicators": 1,
    "targets": 4,
    "practices": 3,
    "articles": 3,
    "events": 2,
    "documents": 1,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_one_record_as_for_many(client, public, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUERIES[name]) as for_one:
        read(client, name)
    for number in range(5):
        project = make_project(summary_en="It costs [[total_budget]].")
        project.topics.set(public.topics.all())
        make_participation(project)
        make_measurement(make_target(project))
        make_article(project, public, body_en="<p>A text</p>").topics.set(public.topics.all())
        make_event(project=project)
        make_practice(project).topics.set(public.topics.all())
        Document.objects.create(project=project, title_en="A", language="en", file=f"documents/{number}/a.pdf", size=1)
    with django_assert_max_num_queries(len(for_one)):
        assert len(read(client, name)["items"]) > 4


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("projects/sava", 6),
        ("partners/rra-posavje", 2),
        ("practices/reeds", 2),
        ("articles/news", 3),
        ("events/final", 1),
    ],
)
def test_a_record_takes_as_many_queries_however_much_belongs_to_it(
    client, public, address, number, django_assert_max_num_queries
):
    partner = public.participations.get().partner
    for _number in range(5):
        make_participation(public)
        make_participation(make_project(), partner=partner)
        Article.objects.get().projects.add(make_project())
    with django_assert_max_num_queries(number):
        read(client, address)


def test_a_list_leaves_long_texts_in_the_database(client, public, django_assert_max_num_queries):
    with django_assert_max_num_queries(4) as queries:
        read(client, "projects")
    assert "goals" not in queries[0]["sql"]
