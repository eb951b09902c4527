"""Lists from their index: what the database would find, in its order, at once after a save, by few queries."""

import re
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from editorial import filters
from editorial.generations import kept, look_up
from editorial.held import Held
from editorial.list_index import CHUNK, as_set, members, some_members
from editorial.states import State
from news.filters import ArticleFilter, EventFilter
from news.models import Article, Event
from partners.filters import PartnerFilter
from partners.models import Partner
from projects.filters import ProjectFilter
from projects.models import Participation, Project, Topic
from results.filters import PracticeFilter
from results.models import GoodPractice
from tests.factories import (
    make_article,
    make_event,
    make_participation,
    make_partner,
    make_practice,
    make_programme,
    make_project,
)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["default"].clear()
    filters.indexes.entries.clear()


@pytest.fixture
def portal_of_all_kinds():
    """What is public, not yet, no longer or never, with ties, texts in several languages and values not known."""
    chance, now = Random(7), timezone.now()  # noqa: S311
    topics = [Topic.objects.create(slug=name, name_en=name.title()) for name in ("water", "energy", "rail")]
    programmes = [make_programme(cci=f"2021TC{number}") for number in range(2)]
    partners = [
        make_partner(name=chance.choice(["Žito", "čebela", "Cesta"]), country=land) for land in ("SI", "AT", "LV", "SI")
    ]
    standings = [
        {"state": State.PUBLISHED},
        {"state": State.PUBLISHED, "published_at": now - timedelta(days=chance.randint(1, 9))},
        {"state": State.PUBLISHED, "published_at": now + timedelta(days=1)},
        {"state": State.DRAFT},
        {"state": State.WITHDRAWN, "published_at": now - timedelta(days=5)},
    ]
    for number in range(30):
        standing = standings[min(number % 8, 4) if number % 8 > 3 else 0]
        words = chance.choice(["žaga", "Zebra", "čas", "cesta", "Öl"])
        start = chance.choice([None, date(2019, 5, 1), date(2022, 1, 1), date(2098, 1, 1)])
        project = make_project(
            acronym=words.upper(), title_en=words, title_sl=chance.choice(["", None, "Šola", "suša"]), start=start,
            end=chance.choice([None, date(2099, 3, 1)]), programme=chance.choice(programmes),
            total_budget=chance.choice([None, 0, 100, 250]), **standing,
        )  # fmt: skip
        project.topics.set(chance.sample(topics, chance.randint(0, 3)))
        for partner in chance.sample(partners, chance.randint(0, 4)):
            make_participation(project, partner=partner, left=chance.choice([None, None, date(2020, 1, 1)]))
        article = make_article(
            *([project] * chance.randint(0, 1)), title_en=words, lead_lv=chance.choice(["", "ūdens"]), **standing
        )
        article.topics.set(chance.sample(topics, chance.randint(0, 2)))
        day = timezone.localdate() + timedelta(days=chance.randint(-2, 2))
        make_event(title_en=words, start_date=day, project=chance.choice([None, project]), **standing)
        make_practice(project, title_en=words, country=chance.choice(["SI", "AT"]), **standing).topics.set(topics[:1])


ASKED = {
    ProjectFilter: {
        "q": ["", "ž", "ŠOL"], "topic": ["", "water"], "country": ["", "SI"], "stage": ["", "running", "approved"],
        "year": ["", "2022", "2099", "2150", "1999"], "programme": ["", "2021TC1"],
    },
    ArticleFilter: {"q": ["", "ūdens", "a"], "topic": ["", "rail", "none"], "project": ["", "FIRST"]},
    EventFilter: {"q": ["", "e"], "kind": ["", "workshop", "meeting"], "project": ["", "FIRST"]},
    PracticeFilter: {"q": ["", "a"], "country": ["", "SI"], "topic": ["", "water"], "project": ["", "FIRST"]},
    PartnerFilter: {"q": ["", "e"], "country": ["", "SI", "ZZ"], "kind": ["", "sme"]},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("language", ["en", "sl", "lv"])
def test_the_index_finds_what_the_database_finds_in_the_same_order(portal_of_all_kinds, kind, language):
    first, model = Project.objects.published().first().slug, kind._meta.model
    wanted = [dict(zip(ASKED[kind], values, strict=True)) for values in product(*ASKED[kind].values())]
    orders = [order.name for order in kind.base_filters["sort"].orders]
    with translation.override(language):
        pages = kind({}, model.objects.published())
        some = Random(3).sample(wanted, min(len(wanted), 24))  # noqa: S311
        for number, each in enumerate(some):
            chosen = {name: first if value == "FIRST" else value for name, value in each.items()}
            sort = orders[number % len(orders)]
            asked = kind(chosen | {"sort": sort}, model.objects.published())
            asked.index = pages.index  # made once, as where it is kept
            found = list(asked.qs.values_list("pk", flat=True))
            assert asked.number == len(found), chosen
            assert asked.page(0, 1000) == found, (chosen, sort)
            assert asked.page(3, 4) == found[3:7], (chosen, sort)


@pytest.mark.django_db
def test_only_what_visitors_see_is_listed_whoever_asks(client, office, portal_of_all_kinds):
    public = set(Article.objects.published().values_list("pk", flat=True))
    for browser in (client, office):
        assert {each.pk for each in browser.get("/en/news/").context["object_list"]} <= public
        assert browser.get("/en/news/").context["paginator"].count == len(public)


@pytest.mark.django_db
def test_of_very_many_values_those_most_in_use_are_offered_and_what_is_set(client, monkeypatch):
    monkeypatch.setattr(filters, "MOST_OFFERED", 2)
    often, rare = make_project(slug="often", acronym="OFTEN"), make_project(slug="rare", acronym="RARE")
    (
        make_article(often),
        make_article(often),
        make_article(rare),
        make_article(make_project(slug="also", acronym="ALSO")),
    )

    def offered(address):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        return {option["value"]: option.get_text() for option in page.select("select[name=project] option")}

    assert offered("/en/news/") == {"": "All", "also": "ALSO (1)", "often": "OFTEN (2)"}
    assert offered("/en/news/?project=rare")["rare"] == "RARE (1)"
    page = client.get("/en/news/?project=rare")
    assert "Project: RARE" in " ".join(
        BeautifulSoup(page.content, "html.parser").select_one(".chosen").get_text().split()
    )


@pytest.mark.parametrize("number", [0, 1, 20, 8 * CHUNK + 3])
def test_any_part_of_a_set_is_found(number):
    chance = Random(number)  # noqa: S311
    places = sorted(chance.sample(range(20 * CHUNK), number))
    found = as_set(places, 20 * CHUNK)
    assert list(members(found, 20 * CHUNK)) == places
    for start in (0, 1, number // 2, max(number - 5, 0), number + 1):
        assert some_members(found, start, 20) == places[start : start + 20]


LISTS = ["projects", "partners", "practices", "articles", "events"]
QUERIES = {
    "projects": "topic=water&country=SI&year=2022&stage=running&sort=budget",
    "articles": "topic=water&project=sava&sort=title",
    "events": "kind=workshop&project=sava&sort=title",
    "practices": "topic=water&country=SI&sort=project",
    "partners": "country=SI&sort=projects",
}


def fill(rows):
    water = Topic.objects.create(slug="water", name_en="Water")
    sava = make_project(slug="sava", acronym="SAVA", start=date(2020, 1, 1), end=date(2099, 1, 1))
    partners = [make_partner(country="SI") for _number in range(rows)]
    for partner in partners:
        project = make_project(start=date(2020, 1, 1), end=date(2099, 1, 1))
        project.topics.add(water)
        make_participation(project, partner=partner)
        make_article(sava, project).topics.add(water)
        make_event(project=sava)
        make_practice(sava).topics.add(water)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_four_queries_at_most(client, django_assert_max_num_queries, monkeypatch, name):
    fill(25)
    page, filtered = reverse(name), f"{reverse(name)}?{QUERIES[name]}"
    for address in (page, f"{page}?page=2", filtered, f"{filtered}&page=2", f"{filtered}&q=nowhere", f"{page}?q=1"):
        client.get(address)
        with django_assert_max_num_queries(4):
            answer = client.get(address)
        assert answer.status_code == 200
        assert bool(answer.context["object_list"]) is ("nowhere" not in address)


@pytest.mark.django_db(transaction=True)
def test_a_list_changes_with_every_save(client):
    article = make_article(title_en="One")
    assert [each.pk for each in client.get("/en/news/").context["object_list"]] == [article.pk]
    other = make_article(title_en="Another")
    titles = lambda sort: [each.title_en for each in client.get(f"/en/news/?sort={sort}").context["object_list"]]  # noqa: E731
    assert titles("title") == ["Another", "One"]
    Article.objects.filter(pk=other.pk).update(title_en="Zebra")
    assert titles("title") == ["One", "Zebra"]
    article.topics.add(Topic.objects.create(slug="water", name_en="Water"))
    assert client.get("/en/news/?topic=water").context["paginator"].count == 1
    Topic.objects.update(name_en="Wasser")
    assert "Wasser (1)" in client.get("/en/news/").content.decode()
    article.state = State.WITHDRAWN
    article.save()
    assert titles("title") == ["Zebra"]
    with transaction.atomic():
        Article.objects.all().delete()
        assert titles("") == []
        transaction.set_rollback(True)
    assert titles("") == ["Zebra"]


@pytest.mark.django_db(transaction=True)
def test_what_is_scheduled_comes_at_its_time(client, monkeypatch):
    soon = timezone.now() + timedelta(minutes=1)
    make_article(), make_article(published_at=soon)
    assert client.get("/en/news/").context["paginator"].count == 1
    monkeypatch.setattr(timezone, "now", lambda: soon)
    assert client.get("/en/news/").context["paginator"].count == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_made_of_held_values_ends_with_their_tables():
    held = Held(5)
    acronyms = lambda: held.get("acronyms", lambda: list(Project.objects.values_list("acronym", flat=True)))  # noqa: E731
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    assert kept("told", lambda: ", ".join(acronyms())) == "ONE"
    assert "projects_project" in look_up("told").tokens
    Project.objects.update(acronym="TWO")
    assert kept("told", lambda: ", ".join(acronyms())) == "TWO"


@pytest.mark.django_db(transaction=True)
def test_of_too_many_held_values_the_one_asked_for_longest_ago_goes():
    held, made = Held(2), []
    for key in "abacb":
        held.get(key, lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "b"]


def fill_by_the_thousand():
    fill(1)
    sava, day, now = Project.objects.get(slug="sava"), date(2022, 1, 1), timezone.now()
    kinds = {
        Project: {"programme": sava.programme, "start": day},
        Partner: {"country": "SI"},
        Article: {},
        Event: {"project": sava, "kind": "workshop", "start_date": day, "end_date": day},
        GoodPractice: {"project": sava, "country": "SI"},
    }
    for kind, fields in kinds.items():
        name = {Project: "acronym", Partner: "name"}.get(kind, "title_en")
        kind.objects.bulk_create(
            kind(slug=f"many-{number}", state=State.PUBLISHED, published_at=now, **{name: f"N{number}"}, **fields)
            for number in range(4000)
        )
    pairs = zip(
        Project.objects.filter(slug__startswith="many"), Partner.objects.filter(slug__startswith="many"), strict=True
    )
    Participation.objects.bulk_create(Participation(project=one, partner=other, role="partner") for one, other in pairs)


TABLES = {
    "projects_project",
    "projects_participation",
    "partners_partner",
    "news_article",
    "news_event",
    "results_goodpractice",
}


def read_wholly(client, address) -> set[str]:
    """The tables of many rows that PostgreSQL reads from beginning to end for a page."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    with connection.cursor() as cursor:
        plans = []
        for sql, params in asked:
            cursor.execute(f"EXPLAIN {sql}", params)
            plans += [line for (line,) in cursor.fetchall()]
    return TABLES & set(re.findall(r"Seq Scan on (\w+)", "\n".join(plans)))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL how it answers")
@pytest.mark.django_db(transaction=True)
def test_no_page_of_a_list_reads_a_whole_table(client):
    fill_by_the_thousand()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name in LISTS:
        page, filter_set = reverse(name), client.get(reverse(name)).context["filters"]
        alone = [f"{page}?{part}" for part in QUERIES[name].split("&")]
        sorts = [f"{page}?sort={order.name}" for order in filter_set.filters["sort"].orders]
        for address in [page, f"{page}?page=150", f"{page}?{QUERIES[name]}", *alone, *sorts, f"{sorts[-1]}&page=150"]:
            client.get(address)
            assert not read_wholly(client, address), address
    for name in ("projects", "partners", "articles", "events", "practices"):
        first = client.get(f"/data/api/v1/{name}?limit=100").json()
        for address in (f"/data/api/v1/{name}", first["next"]):
            assert not read_wholly(client, address), address
