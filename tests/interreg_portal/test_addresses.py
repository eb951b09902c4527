"""Addresses: which language they lead to, and what is said where they lead nowhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from editorial.states import State
from pages.models import Page
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"),
    [("sl", "sl"), ("de-AT,bg;q=0.8", "bg"), ("lv-LV,lv", "lv"), ("zh", "en"), ("", "en"), (";;;q=x", "en")],
)
def test_the_root_leads_to_the_language_that_the_browser_asks_for(client, asked, given):
    answer = client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/{given}/")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("address", ["/xx/projects/", "/fr/", "/de/projects/some-project/results/"])
def test_an_unknown_language_is_named_and_the_same_page_offered_in_those_in_use(client, address):
    answer = client.get(address, headers={"Accept-Language": "sl"})
    page = answer.content.decode()
    assert answer.status_code == 404
    for language in settings.PORTAL_LANGUAGES:
        assert f'href="/{language}{address[3:]}"' in page


def test_a_wrong_address_has_a_way_on_in_the_visitors_language(client):
    answer = client.get("/bg/projects/nothing-here/")
    assert answer.status_code == 404
    main = answer.content.decode().partition("<main")[2]
    assert '<html lang="bg">' in answer.content.decode()
    assert 'href="/bg/projects/"' in main


def test_an_address_without_a_language_finds_its_page(client):
    assert client.get("/projects/", headers={"Accept-Language": "lv"})["Location"] == "/lv/projects/"


def test_switching_the_language_keeps_the_page_and_the_filters(client):
    page = client.get("/en/projects/?q=cluster&year=2024").content.decode()
    assert 'href="/sl/projects/?q=cluster&amp;year=2024"' in page


def public_addresses():
    project = make_project()
    make_participation(project, "lead", partner=make_partner(is_agency=True))
    Page.objects.create(slug="about", title_en="About", body_en="<p>We.</p>", state=State.PUBLISHED)
    records = [project, make_article(project), make_event(project=project), make_practice(project), make_partner()]
    lists = ["home", "projects", "partners", "practices", "articles", "events"]
    for language in settings.PORTAL_LANGUAGES:
        with translation.override(language):
            yield from [reverse(name) for name in lists]
            yield from [record.get_absolute_url() for record in records]
            yield reverse("page", args=["about"])


def test_every_public_address_answers_in_every_language_and_sets_no_cookie(client):
    for address in list(public_addresses()):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert f'<html lang="{address[1:3]}">' in answer.content.decode()
        assert answer.content.decode().count("<h1") == 1, address


def test_the_home_page_counts_and_adds_up_what_is_public(client):
    agency = make_partner(is_agency=True, name="Our agency", country="SI")
    known = make_project(union_funding=Decimal("850000.00"))
    unknown = make_project()
    make_project(union_funding=Decimal("1.00"), state=State.DRAFT)
    make_participation(known, "lead", partner=agency, union_funding=Decimal("100000.50"))
    make_participation(unknown, partner=agency)
    make_participation(unknown, "lead", partner=make_partner(country="AT"))
    page = client.get("/en/").content.decode()
    assert "850,000 EUR" in page
    assert "published by 1 of 2 projects" in page
    assert "100,000 EUR" in page
    assert "Our agency" in page


def test_an_empty_portal_has_a_home_page(client):
    assert client.get("/sl/").status_code == 200


def test_a_failure_is_told_without_the_database(client, monkeypatch, django_assert_num_queries):
    client.raise_request_exception = False
    monkeypatch.setattr("projects.views.ProjectList.get_queryset", lambda self: 1 / 0)
    with django_assert_num_queries(0):
        answer = client.get("/en/projects/")
    assert answer.status_code == 500
    assert 'class="lead"' in answer.content.decode()


LISTS = [
    ("projects", 4, lambda: make_project()),
    ("partners", 4, lambda: make_partner()),
    ("practices", 4, lambda: make_practice(make_project())),
    ("articles", 4, lambda: make_article(make_project())),
    ("events", 4, lambda: make_event(project=make_project())),
    ("home", 12, lambda: make_article(make_project(start=date(2020, 1, 1), end=date(2099, 1, 1)))),
]


@pytest.mark.django_db(transaction=True)  # within a test's own transaction, nothing is kept
@pytest.mark.parametrize(("name", "most", "make"), LISTS)
def test_a_list_costs_the_same_queries_however_many_rows_it_has(
    client, django_assert_max_num_queries, name, most, make
):
    for _ in range(2):
        make()
    client.get(reverse(name))
    with django_assert_max_num_queries(most) as queries:
        client.get(reverse(name))
        few = len(queries)
    for _ in range(12):
        make()
    client.get(reverse(name))
    with django_assert_max_num_queries(few):
        client.get(reverse(name))
