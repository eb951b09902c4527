"""A form says who else has it open."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial.locks_admin import TwoEditors
from editorial.models import Presence
from tests.editorial.two_editors import page, save
from tests.factories import (
    make_article,
    make_participation,
    make_project,
)
from tests.forms import change, filled_in


def beside(answer) -> list[str]:
    return [line.get_text() for line in page(answer).select(".beside p")]


def test_a_form_says_who_else_has_it_open(office, other, jana):
    article = make_article()
    assert beside(other.get(change(article))) == []
    (sentence,) = beside(office.get(change(article)))
    assert sentence.startswith("Jana Kos opened this form at ")
    assert beside(office.get(change(make_article()))) == []
    assert beside(office.get(reverse("admin:news_article_add"))) == []


def test_who_was_not_heard_of_for_ninety_seconds_has_gone(office, other):
    article = make_article()
    other.get(change(article))
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=91))
    assert beside(office.get(change(article))) == []
    assert Presence.objects.count() == 1


def test_a_form_says_by_itself_that_it_is_open_and_that_it_is_left(office, other):
    article = make_article()
    address = reverse("admin:news_article_presence", args=[article.pk])
    office.get(change(article))
    assert len(other.post(address).json()["others"]) == 1
    assert len(office.post(address).json()["others"]) == 1
    other.post(address, {"gone": "1"})
    assert office.post(address).json() == {"others": []}
    assert office.get(address).status_code == 403
    assert Client().post(address).status_code == 302


def test_who_saved_and_left_is_no_longer_there(office, other):
    article = make_article()
    save(other, article, filled_in(other, change(article)))
    assert beside(office.get(change(article))) == []


def test_who_only_looks_disturbs_nobody(client, office, django_user_model):
    article = make_article()
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    client = Client()
    client.force_login(reader)
    assert client.get(change(article)).status_code == 200
    assert client.post(reverse("admin:news_article_presence", args=[article.pk])).status_code == 403
    assert not Presence.objects.exists()


def queries_to_open(office, record) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert office.get(change(record)).status_code == 200
    return len(queries)


def test_all_this_costs_three_queries_to_open_a_form(office, monkeypatch):
    project = make_project()
    for _number in range(3):
        make_participation(project)
    queries_to_open(office, project)
    watched = queries_to_open(office, project)
    monkeypatch.setattr(TwoEditors, "of_others", lambda *args: {})
    assert watched - queries_to_open(office, project) <= 3
