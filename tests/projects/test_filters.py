from datetime import date

import pytest

from projects.models import Topic
from tests.factories import make_participation, make_partner, make_programme, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects():
    running = make_project(acronym="RUNNING", start=date(2025, 1, 1), end=date(2099, 1, 1), title_lv="Klasteri")
    past = make_project(acronym="PAST", start=date(2015, 1, 1), end=date(2016, 6, 30), durability_years=0)
    topic = Topic.objects.create(slug="water", name_en="Water")
    past.topics.add(topic)
    make_participation(running, partner=make_partner(country="GR"))
    return running, past


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"RUNNING", "PAST"}),
        ("stage=running", {"RUNNING"}),
        ("stage=closed", {"PAST"}),
        ("topic=water", {"PAST"}),
        ("country=GR", {"RUNNING"}),
        ("year=2016", {"PAST"}),
        ("q=klast", {"RUNNING"}),
        ("q=klast&year=2016", set()),
        ("q=", {"RUNNING", "PAST"}),
    ],
)
def test_filters_leave_what_matches_all_of_them_in_any_language(client, projects, query, found):
    page = client.get(f"/en/projects/?{query}")
    assert {project.acronym for project in page.context["object_list"]} == found


@pytest.mark.parametrize(
    "query", ["stage=unknown", "year=abc", "country=ZZ", "topic=nothing", "programme='", "page=999"]
)
def test_a_filter_that_means_nothing_is_no_failure(client, projects, query):
    assert client.get(f"/en/projects/?{query}").status_code in (200, 404)


def test_an_empty_result_says_what_to_loosen(client, projects):
    page = client.get("/en/projects/?q=nowhere").content.decode()
    assert 'class="notice"' in page
    assert 'href="?"' in page


def test_only_what_is_in_use_is_offered(client, projects):
    Topic.objects.create(slug="unused", name_en="Unused")
    make_programme(name_en="Programme of nothing")
    page = client.get("/en/projects/").content.decode()
    assert "Water" in page
    assert "Unused" not in page
    assert "Programme of nothing" not in page
