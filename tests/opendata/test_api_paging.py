"""Pages of a list: each record once, in the order of the public list, whatever comes and goes in between."""

from datetime import date

import pytest
from django.core.signing import Signer
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.filters import ArticleFilter, EventFilter
from opendata.api.asking import orders_of
from partners.filters import PartnerFilter
from projects.filters import ProjectFilter
from projects.models import Project
from results.filters import PracticeFilter
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

ROOT = "/data/api/v1"
pytestmark = pytest.mark.django_db
NAMES = ["Čebela", "cesta", "Zelena", "žaba", "Äpfel", "apple", "apple", "ёж", "", "Ωmega"]
FILTERS = {
    "projects": ProjectFilter,
    "partners": PartnerFilter,
    "practices": PracticeFilter,
    "articles": ArticleFilter,
    "events": EventFilter,
}


def pages(client, address):
    while address:
        told = client.get(address).json()
        yield [item["slug"] for item in told["items"]]
        address = told["next"]


def walked(client, name, **parameters):
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return [slug for page in pages(client, f"{ROOT}/{name}?{query}") for slug in page]


@pytest.fixture
def many(db):
    """Some alike, some unknown, so that every order has ties and ends."""
    for number, name in enumerate(NAMES):
        project = make_project(
            acronym=name or "A",
            title_sl=name,
            start=date(2020 + number % 3, 1, 1) if number % 4 else None,
            end=None,
            total_budget=number % 3 * 100 or None,
        )
        make_participation(project, partner=make_partner(name=name or "B"))
        make_practice(project, title_sl=name)
        make_article(project, title_sl=name)
        make_event(project=project, title_sl=name, start_date=date(2020 + number % 3 * 8, 1, 1 + number % 2))


@pytest.mark.parametrize(
    ("name", "order"), [(name, order) for name, each in FILTERS.items() for order in orders_of(each)]
)
def test_pages_put_together_are_the_list_that_visitors_see(client, many, name, order):
    address = reverse(name)
    shown = client.get(f"{address}?sort={order}").context["object_list"]
    assert walked(client, name, sort=order, limit=3, language="en") == [record.slug for record in shown]
    shown = client.get(f"{address.replace('/en/', '/sl/')}?sort={order}").context["object_list"]
    assert walked(client, name, sort=order, limit=1, language="sl") == [record.slug for record in shown]


def test_without_an_order_the_first_entered_comes_first(client, many):
    assert walked(client, "projects", limit=4) == list(Project.objects.order_by("pk").values_list("slug", flat=True))


def test_the_next_page_is_in_a_header_too_and_keeps_language_and_filters(client, many):
    answer = client.get(f"{ROOT}/projects?limit=2&sort=title&q=a", headers={"Accept-Language": "sl"})
    following = answer.json()["next"]
    assert answer["Link"] == f'<{following}>; rel="next"'
    assert all(part in following for part in ("limit=2", "sort=title", "q=a", "language=sl"))


def test_the_last_page_has_no_next_one(client, many):
    answer = client.get(f"{ROOT}/projects?limit=10")
    assert len(answer.json()["items"]) == 10
    assert answer.json()["next"] is None
    assert "Link" not in answer.headers


@pytest.mark.parametrize("order", ["", "newest", "title"])
def test_what_comes_and_goes_in_between_neither_repeats_nor_hides_others(client, many, order):
    before = set(Project.objects.values_list("slug", flat=True))
    seen = []
    for page in pages(client, f"{ROOT}/projects?limit=2" + (order and f"&sort={order}")):
        seen += page
        make_project(acronym=f"0 {len(seen)}", title_en=f"0 {len(seen)}", start=date(2030, 1, 1), end=None)
        Project.objects.filter(slug=page[-1]).update(state="withdrawn")
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def cursor_of(client, address):
    return client.get(address).json()["next"].partition("cursor=")[2].partition("&")[0]


def test_a_cursor_fits_its_own_list_alone(client, many):
    cursor = cursor_of(client, f"{ROOT}/projects?limit=2&sort=title")
    assert client.get(f"{ROOT}/projects?limit=5&sort=title&cursor={cursor}").status_code == 200
    for other in ("projects?", "projects?sort=newest&", "projects?sort=title&country=SI&", "partners?sort=name&"):
        assert client.get(f"{ROOT}/{other}cursor={cursor}").status_code == 400
    assert client.get(f"{ROOT}/projects?sort=title&language=sl&cursor={cursor}").status_code == 400


@pytest.mark.parametrize("cursor", ["x", ":", "WzFd:x", "%00", "é:é", "[1]", "W10:W10:W10", Signer().sign_object([1])])
def test_a_cursor_that_nobody_gave_is_refused(client, many, cursor):
    answer = client.get(f"{ROOT}/projects", {"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#invalid-cursor")
    assert "next" in answer.json()["detail"]


@given(st.text(max_size=40))
@settings(max_examples=60, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_of_any_kind_find_or_are_refused(client, words):
    assert client.get(f"{ROOT}/projects", {"q": words}).status_code in (200, 400)


def test_a_list_reads_one_record_more_than_it_tells_and_skips_none(client, many, django_assert_max_num_queries):
    following = client.get(f"{ROOT}/partners?limit=2").json()["next"]
    with django_assert_max_num_queries(1) as queries:
        client.get(following)
    [query] = [each["sql"] for each in queries]
    assert "LIMIT 3" in query
    assert "OFFSET" not in query
    assert "COUNT(" not in query
