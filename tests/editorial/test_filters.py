"""Filters of lists: what they offer, how much of it there is beside the other filters, and how they are taken away."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial.states import State
from projects.models import Topic
from tests.factories import (
    make_article,
    make_event,
    make_participation,
    make_partner,
    make_practice,
    make_programme,
    make_project,
)

pytestmark = pytest.mark.django_db


def offered(client, address, name) -> dict[str, str]:
    """What a filter offers: `{"": "All", "water": "Water (2)"}`"""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {option["value"]: option.get_text() for option in page.select(f"select[name={name}] option")}


def chips(client, address) -> dict[str, str]:
    """The chips of the list: what they say and where they lead."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {" ".join(chip.get_text().split()): chip["href"] for chip in page.select(".chosen .chip")}


@pytest.fixture
def topics():
    return [Topic.objects.create(slug=name, name_en=name.title()) for name in ("water", "energy")]


@pytest.fixture
def projects(topics):
    """Three public projects and a draft: two in the water, of them one from Slovenia."""
    water, energy = topics
    programme = make_programme(name_en="Danube", cci="2021TC1")
    slovene = make_project(acronym="SAVA", programme=programme, start=date(2021, 1, 1), end=date(2022, 12, 31))
    austrian = make_project(acronym="MUR", programme=programme, start=date(2022, 1, 1), end=date(2099, 1, 1))
    other = make_project(acronym="SUN", start=date(2099, 1, 1), end=None)
    draft = make_project(acronym="SECRET", state=State.DRAFT)
    for project, topic, country in [
        (slovene, water, "SI"),
        (austrian, water, "AT"),
        (other, energy, "SI"),
        (draft, water, "LV"),
    ]:
        project.topics.add(topic)
        make_participation(project, "lead", partner=make_partner(country=country))
        make_participation(project, partner=make_partner(country=country))
    return slovene, austrian, other


def test_each_option_says_how_many_there_are(client, projects):
    assert offered(client, "/en/projects/", "topic") == {"": "All", "energy": "Energy (1)", "water": "Water (2)"}
    assert offered(client, "/en/projects/", "country") == {"": "All", "AT": "Austria (1)", "SI": "Slovenia (2)"}
    assert offered(client, "/en/projects/", "programme")["2021TC1"] == "Danube (2021-2027) (2)"
    assert offered(client, "/en/projects/", "stage") == {
        "": "All", "approved": "Approved (1)", "running": "Running (1)", "durability": "In durability (1)",
    }  # fmt: skip


def test_the_numbers_follow_the_other_filters_but_not_their_own(client, projects):
    address = "/en/projects/?topic=water"
    assert offered(client, address, "topic") == {"": "All", "energy": "Energy (1)", "water": "Water (2)"}
    assert offered(client, address, "country") == {"": "All", "AT": "Austria (1)", "SI": "Slovenia (1)"}
    assert offered(client, f"{address}&country=AT", "topic") == {"": "All", "water": "Water (1)"}
    assert offered(client, "/en/projects/?q=sava", "topic") == {"": "All", "water": "Water (1)"}
    years = offered(client, f"{address}&country=SI", "year")
    assert years == {"": "All", "2022": "2022 (1)", "2021": "2021 (1)"}


def test_every_number_is_what_choosing_it_shows(client, projects):
    for others in ("", "topic=water", "country=SI", "stage=running", "year=2022", "q=u"):
        for name in ("stage", "programme", "topic", "country", "year"):
            for value, text in list(offered(client, f"/en/projects/?{others}", name).items())[1:4]:
                if not others.startswith(name):
                    found = client.get(f"/en/projects/?{others}&{name}={value}").context["object_list"]
                    assert text.endswith(f"({len(found)})"), (others, name, value)


def test_a_project_without_an_end_runs_in_every_year_from_its_start(client, projects):
    assert offered(client, "/en/projects/?topic=energy", "year") == {"": "All", "2099": "2099 (1)"}
    assert len(client.get("/en/projects/?year=2099").context["object_list"]) == 2


def test_what_is_set_stays_offered_even_if_it_leaves_nothing(client, projects):
    assert offered(client, "/en/projects/?topic=energy&country=AT", "country")["AT"] == "Austria (0)"


def test_what_is_set_is_shown_and_can_be_taken_away(client, projects):
    assert chips(client, "/en/projects/") == {}
    assert chips(client, "/en/projects/?topic=water&country=SI&q=a+b&page=1&year=") == {
        "Take away: Words: a b": "?topic=water&country=SI",
        "Take away: Topic: Water": "?q=a+b&country=SI",
        "Take away: Country: Slovenia": "?q=a+b&topic=water",
        "Show all": "?",
    }


def test_an_empty_list_says_which_filter_to_take_away(client, projects):
    page = BeautifulSoup(client.get("/en/projects/?topic=energy&country=AT").content, "html.parser")
    ways = {" ".join(chip.get_text().split()): chip["href"] for chip in page.select(".notice .chip")}
    assert ways == {"Without Topic: Energy 1": "?country=AT", "Without Country: Austria 1": "?topic=energy"}
    page = client.get("/en/projects/?topic=energy&country=AT&q=nowhere").content.decode()
    assert "Take some of them away" in page


SENSELESS = ["stage=unknown", "stage=%00", "year=abc", "year=0", "year=99999999999", "year=٢٠٢١", "country=ZZ"]


@pytest.mark.parametrize("query", [*SENSELESS, "topic=nothing", "programme='", "topic=" + "x" * 5000])
def test_a_value_that_nothing_has_finds_nothing_and_can_be_taken_away(client, projects, query):
    answer = client.get(f"/en/projects/?{query}")
    assert answer.status_code == 200
    if "%00" not in query:
        assert len(answer.context["object_list"]) == 0
        assert len(chips(client, f"/en/projects/?{query}")) == 2


def test_texts_of_options_are_no_markup(client, topics):
    make_project().topics.add(Topic.objects.create(slug="sly", name_en="<b>Sly</b>"))
    assert "<b>Sly" not in client.get("/en/projects/?topic=sly").content.decode()
    assert offered(client, "/en/projects/", "topic")["sly"] == "<b>Sly</b> (1)"


def test_options_are_in_the_readers_language_or_the_next_one(client, topics):
    project = make_project()
    project.topics.set(topics)
    Topic.objects.filter(slug="water").update(name_sl="Voda")
    assert offered(client, "/sl/projects/", "topic") == {"": "Vse", "energy": "Energy (1)", "water": "Voda (1)"}


def test_the_other_lists_count_too(client, topics):
    project, hidden = make_project(slug="sava", acronym="SAVA"), make_project(slug="secret", state=State.DRAFT)
    both = make_article(project, hidden)
    both.topics.set(topics)
    make_article(hidden, state=State.PUBLISHED)
    make_event(kind="workshop", project=project)
    make_event(kind="workshop")
    make_practice(project, country="LV").topics.add(topics[0])
    make_partner(country="LV")
    make_partner(country="LV", state=State.DRAFT)
    assert offered(client, "/en/news/", "project") == {"": "All", "sava": "SAVA (1)"}
    assert offered(client, "/en/news/?project=sava", "topic") == {
        "": "All",
        "energy": "Energy (1)",
        "water": "Water (1)",
    }
    assert offered(client, "/en/events/", "kind") == {"": "All", "workshop": "Workshop (2)"}
    assert offered(client, "/en/events/?kind=workshop", "project") == {"": "All", "sava": "SAVA (1)"}
    assert offered(client, "/en/practices/", "country") == {"": "All", "LV": "Latvia (1)"}
    assert offered(client, "/en/partners/", "country") == {"": "All", "LV": "Latvia (1)"}
    assert list(client.get("/en/news/?project=sava").context["object_list"]) == [both]
    assert not client.get("/en/news/?project=secret").context["object_list"]


@pytest.mark.django_db(transaction=True)  # within a test's own transaction, nothing is kept
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("projects", "topic=water&country=SI&q=a"),
        ("articles", "topic=water&project=sava"),
        ("events", "kind=workshop&project=sava"),
        ("practices", "topic=water&country=SI"),
        ("partners", "country=SI&kind=sme"),
    ],
)
def test_filters_cost_the_same_queries_however_many_are_set(client, django_assert_max_num_queries, name, query):
    project = make_project(slug="sava")
    make_article(project), make_event(project=project), make_practice(project)
    for address in (reverse(name), f"{reverse(name)}?{query}"):
        client.get(address)
        with django_assert_max_num_queries(4):
            client.get(address)
