"""A query that was put into SQL before answers as one that is made anew."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from editorial import prepared
from editorial.alphabets import alphabetical
from editorial.prepared import ask
from editorial.states import State
from editorial.translations import as_read
from news.models import Article, Event
from projects.models import Project
from tests.factories import make_article, make_event, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_prepared(monkeypatch):
    monkeypatch.setattr(prepared, "_prepared", {})


def public(slug: str):
    return Project.objects.published().filter(slug=slug).lean()


def of_project(number: int):
    return Article.objects.published().filter(projects=number).for_list()


def in_order():
    return Project.objects.published().order_by(alphabetical(as_read("title"))).lean()


def slugs(records) -> list[str]:
    return [record.slug for record in records]


def test_each_value_finds_its_own_by_one_query(django_assert_num_queries):
    make_project(slug="one")
    make_project(slug="two")
    assert slugs(ask("public", public, "one")) == ["one"]
    with django_assert_num_queries(1):
        assert slugs(ask("public", public, "two")) == ["two"]
    assert ask("public", public, "three") == []


def test_it_is_made_once():
    make_project(slug="one")
    ask("public", public, "one")
    assert slugs(ask("public", lambda slug: pytest.fail("made anew"), "one")) == ["one"]


def test_numbers_are_values_too_and_what_is_prefetched_is_as_it_is_now():
    first, second = make_project(), make_project()
    make_article(first, slug="first")
    make_article(second, first, slug="both")
    assert slugs(ask("news", of_project, first.pk)) == ["both", "first"]
    assert slugs(ask("news", of_project, second.pk)) == ["both"]
    second.state = State.WITHDRAWN
    second.save()
    (article,) = ask("news", of_project, second.pk)
    assert slugs(article.projects.all()) == [first.slug]


def test_the_moment_is_that_of_asking():
    tomorrow = timezone.now() + timedelta(days=1)
    make_project(slug="one", published_at=tomorrow)
    assert ask("public", public, "one") == []
    Project.objects.update(published_at=timezone.now())
    assert slugs(ask("public", public, "one")) == ["one"]


def test_a_new_day_is_a_new_query(monkeypatch):
    def over():
        return Project.objects.filter(end__lt=timezone.localdate())

    make_project(slug="one", end=date(2030, 1, 31))
    for day, found in {date(2030, 1, 31): [], date(2030, 2, 1): ["one"]}.items():
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        assert slugs(ask("over", over)) == found
    assert len(prepared._prepared) == 1


def test_each_language_has_its_own():
    make_project(slug="one", title_en="Apple", title_sl="Žito")
    make_project(slug="two", title_en="Bread", title_sl="Češnja")
    for language, found in {"en": ["one", "two"], "sl": ["two", "one"]}.items():
        with translation.override(language):
            assert slugs(ask("in order", in_order)) == found


def test_so_has_each_set_of_languages_in_use(settings):
    make_project(slug="one", title_en="", title_de="Quitte")
    make_project(slug="two", title_en="Bread")
    assert slugs(ask("in order", in_order)) == ["one", "two"]
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    assert slugs(ask("in order", in_order)) == ["two", "one"]


def test_records_are_read_anew_each_time():
    project = make_project(slug="one", acronym="ONE")
    (before,) = ask("public", public, "one")
    project.acronym = "TWO"
    project.save()
    (after,) = ask("public", public, "one")
    assert (before.acronym, after.acronym) == ("ONE", "TWO")


def test_an_event_shows_as_soon_as_its_project_is_public():
    """Not only where the project was public when the query was put into SQL."""
    project = make_project(slug="one", published_at=timezone.now() + timedelta(days=1))
    make_event(slug="opening", project=project)

    def of_the_day():
        return Event.objects.published()

    assert ask("events", of_the_day) == []
    Project.objects.update(published_at=timezone.now())
    assert slugs(ask("events", of_the_day)) == ["opening"]
