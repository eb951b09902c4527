"""Lists in the order that the reader chose: said in words, kept in the address, never lost by a filter or a page."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from editorial.states import State
from editorial.views import RecordList
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db
LISTS = ["projects", "partners", "practices", "articles", "events"]


def listed(client, address, field="title_en") -> list[str]:
    return [getattr(record, field) for record in client.get(address).context["object_list"]]


def page_at(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.fixture
def projects():
    make_project(acronym="žito", title_en="alpha", start=date(2020, 1, 1), total_budget=100)
    make_project(acronym="Zagreb", title_en="Beta", start=None, end=None, total_budget=None)
    make_project(acronym="čebela", title_en="gamma", start=date(2024, 1, 1), end=None, total_budget=300)
    make_project(acronym="CESTA", title_en="Delta", start=date(2022, 1, 1), total_budget=0)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["čebela", "CESTA", "žito", "Zagreb"]),
        ("newest", ["čebela", "CESTA", "žito", "Zagreb"]),
        ("oldest", ["žito", "CESTA", "čebela", "Zagreb"]),
        ("acronym", ["CESTA", "čebela", "Zagreb", "žito"]),
        ("title", ["žito", "Zagreb", "CESTA", "čebela"]),
        ("budget", ["čebela", "žito", "CESTA", "Zagreb"]),
    ],
)
def test_projects_are_sorted_and_what_is_unknown_comes_last(client, projects, sort, order):
    assert listed(client, f"/sl/projects/?sort={sort}", "acronym") == order


def test_titles_are_sorted_as_the_reader_reads_them(client):
    make_project(title_en="Alpha", title_sl="Žito")
    make_project(title_en="Beta", title_sl="čebela")
    make_project(title_en="Delta")
    assert listed(client, "/sl/projects/?sort=title", "title_en") == ["Beta", "Delta", "Alpha"]
    assert listed(client, "/en/projects/?sort=title", "title_en") == ["Alpha", "Beta", "Delta"]


def test_organisations_stand_by_name_or_by_the_published_projects_they_take_part_in(client):
    busy, hidden, idle = (make_partner(name=name) for name in ("Zavod", "Čebelar", "agencija"))
    for _number in range(2):
        make_participation(make_project(), partner=busy)
        make_participation(make_project(state=State.DRAFT), partner=hidden)
    make_participation(make_project(), partner=idle)
    assert listed(client, "/sl/partners/", "name") == ["agencija", "Čebelar", "Zavod"]
    assert listed(client, "/sl/partners/?sort=projects", "name") == ["Zavod", "agencija", "Čebelar"]


def test_articles_and_practices_stand_by_day_title_or_project(client):
    project, other = make_project(acronym="beta"), make_project(acronym="ALFA")
    before = timezone.now() - timedelta(days=5)
    make_article(title_en="zebra", published_at=before), make_article(title_en="Apple")
    make_practice(project, title_en="zebra", published_at=before), make_practice(other, title_en="Apple")
    for address in ("/en/news/", "/en/practices/"):
        assert listed(client, address) == ["Apple", "zebra"]
        assert listed(client, f"{address}?sort=oldest") == ["zebra", "Apple"]
        assert listed(client, f"{address}?sort=title") == ["Apple", "zebra"]
    assert listed(client, "/en/practices/?sort=project") == ["Apple", "zebra"]


def test_events_are_told_apart_by_what_is_to_come_only_in_their_own_order(client):
    today = timezone.localdate()
    for title, days in [("Past", -9), ("Long past", -90), ("Next", 2), ("Later", 30)]:
        make_event(title_en=title, start_date=today + timedelta(days=days))
    assert listed(client, "/en/events/") == ["Next", "Later", "Past", "Long past"]
    assert listed(client, "/en/events/?sort=newest") == ["Later", "Next", "Past", "Long past"]
    assert listed(client, "/en/events/?sort=oldest") == ["Long past", "Past", "Next", "Later"]
    assert [each.get_text() for each in page_at(client, "/en/events/").select("main h2")] == ["Upcoming", "Past"]
    headings = page_at(client, "/en/events/?sort=title").select("main h2")
    assert [each.get_text(strip=True) for each in headings] == ["Later", "Long past", "Next", "Past"]


@pytest.mark.parametrize("name", LISTS)
def test_the_order_is_chosen_in_a_labelled_field_and_said_with_the_number(client, name):
    for _number in range(2):
        make_article(), make_event(), make_practice(make_project()), make_partner()
    page = page_at(client, reverse(name))
    field = page.select_one("form.filters select[name=sort]")
    assert page.select_one(f"label[for={field['id']}]").get_text() == "Sort by"
    for option in field.select("option"):
        page = page_at(client, f"{reverse(name)}?sort={option['value']}")
        assert " ".join(page.select_one(".count[role=status]").get_text().split()).endswith(
            f"· Order: {option.get_text()}"
        )
        assert page.select_one("select[name=sort] option[selected]")["value"] == option["value"]


def test_the_order_stays_while_filters_and_pages_change(client, projects, monkeypatch):
    monkeypatch.setattr(RecordList, "paginate_by", 2)
    page = page_at(client, "/en/projects/?q=t&sort=acronym")
    assert [chip["href"] for chip in page.select(".chosen .chip")] == ["?sort=acronym", "?sort=acronym"]
    assert page.select_one("a[rel=next]")["href"] == "?q=t&sort=acronym&page=2"
    seen = listed(client, "/sl/projects/?sort=acronym", "acronym")
    seen += listed(client, "/sl/projects/?sort=acronym&page=2", "acronym")
    assert seen == ["CESTA", "čebela", "Zagreb", "žito"]


@pytest.mark.parametrize("sort", ["nothing", "-start", "password", "%00", "'", "pk;drop table", "x" * 5000, "title,pk"])
@pytest.mark.parametrize("name", ["projects", "events"])
def test_an_order_that_isnt_offered_is_the_lists_own(client, projects, name, sort):
    answer = client.get(f"{reverse(name)}?sort={sort}")
    assert answer.status_code == 200
    assert answer.context["filters"].order == answer.context["filters"].filters["sort"].orders[0]
    assert not answer.context["filters"].is_active


def test_what_is_alike_always_stands_in_the_same_order(client):
    made = [make_project(acronym="SAME", title_en="Same", total_budget=1).slug for _number in range(4)]
    for sort in ("", "oldest", "acronym", "title", "budget"):
        assert listed(client, f"/en/projects/?sort={sort}", "slug") == made
