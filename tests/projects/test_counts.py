"""How the projects spread over topics and years."""

from datetime import date

import pytest

from editorial.states import State
from projects.counts import in_years, projects_by_topic, projects_by_year
from projects.models import Project, Topic
from tests.factories import make_project

pytestmark = pytest.mark.django_db


def test_a_year_counts_every_project_that_ran_in_it():
    spans = [(2019, 2021, 2), (2021, 2021, 1), (2023, None, 1), (2024, 2024, 1)]
    assert in_years(spans) == [(2019, 2), (2020, 2), (2021, 3), (2022, 0), (2023, 1), (2024, 2)]
    assert in_years([]) == []


def test_only_published_projects_count_and_each_count_leads_to_them(client):
    river, wood = (Topic.objects.create(slug=slug, name_en=slug.title()) for slug in ("river", "wood"))
    Topic.objects.create(slug="empty", name_en="Empty")
    for state, topics in [(State.PUBLISHED, [river, wood]), (State.PUBLISHED, [wood]), (State.DRAFT, [river])]:
        make_project(state=state, start=date(2024, 1, 1), end=date(2024, 12, 31)).topics.set(topics)
    make_project(start=None, end=None)
    topics, years = projects_by_topic(), projects_by_year()
    assert [(count.label, count.number) for count in topics] == [("Wood", 2), ("River", 1)]
    assert [(count.label, count.number) for count in years] == [("2024", 2)]
    for count in topics + years:
        assert client.get(count.address).context["paginator"].count == count.number


def test_the_home_page_shows_them(client):
    make_project(start=date(2022, 1, 1), end=date(2023, 12, 31)).topics.add(Topic.objects.create(slug="t", name_en="T"))
    page = client.get("/sl/").content.decode()
    assert 'href="/sl/projects/?topic=t"' in page
    assert 'href="/sl/projects/?year=2023"' in page
    assert '<th scope="row" lang="en"><a href="/sl/projects/?topic=t">T</a>' in page


def test_a_project_has_the_colour_of_its_first_topic_and_so_have_the_counts(client):
    for order, slug in ((15, "later"), (5, "climate")):
        make_project().topics.add(Topic.objects.create(slug=slug, name_en=slug, order=order))
    make_project().topics.set(Topic.objects.all())
    make_project()
    colours = Project.objects.for_list().order_by("pk").values_list("colour", flat=True)
    assert list(colours) == [3, 5, 5, None]
    assert {count.colour for count in projects_by_topic()} == {3, 5}
    assert client.get("/en/projects/").content.decode().count("card--project topic-5") == 2
