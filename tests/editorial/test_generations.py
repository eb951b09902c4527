"""What is kept is right: whatever is written, by whichever way, ends what was read from its table, and nothing else."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.utils import timezone

from editorial.generations import LONGEST, kept, look_up, next_moment, reading, written_by
from editorial.models import Presence
from news.models import Article
from projects.models import Project
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["default"].clear()


def acronyms():
    return kept("acronyms", lambda: sorted(Project.objects.values_list("acronym", flat=True)))


def titles():
    return kept("titles", lambda: sorted(Article.objects.values_list("title_en", flat=True)))


def test_what_was_read_once_is_not_read_again(django_assert_num_queries):
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    with django_assert_num_queries(0):
        assert acronyms() == ["ONE"]


WAYS = {
    "save": lambda project: project.save(),
    "update": lambda project: Project.objects.filter(pk=project.pk).update(acronym="TWO"),
    "bulk_update": lambda project: Project.objects.bulk_update([project], ["acronym"]),
    "bulk_create": lambda project: Project.objects.bulk_create(
        [Project(acronym="TWO", slug="two", programme=project.programme)]
    ),
    "delete": lambda project: Project.objects.filter(pk=project.pk).delete(),
    "raw": lambda project: connection.cursor().execute("UPDATE projects_project SET acronym = 'TWO'"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_shows_at_once(way):
    project = make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    project.acronym = "TWO"
    WAYS[way](project)
    assert acronyms() == sorted(Project.objects.values_list("acronym", flat=True))
    assert acronyms() != ["ONE"]


def test_a_save_ends_only_what_was_read_from_its_tables(django_assert_num_queries):
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    assert titles() == []
    make_article(title_en="News")
    assert titles() == ["News"]
    with django_assert_num_queries(0):
        assert acronyms() == ["ONE"]


def test_what_is_made_with_a_kept_value_ends_together_with_it():
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]

    def both():
        return kept("both", lambda: titles() + acronyms())

    assert both() == ["ONE"]
    Project.objects.update(acronym="TWO")
    assert both() == ["TWO"]
    make_article(title_en="News")
    assert both() == ["News", "TWO"]


def test_what_is_written_shows_to_others_with_its_commit_and_not_before():
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    with transaction.atomic():
        Project.objects.update(acronym="TWO")
        assert acronyms() == ["TWO"]  # who writes sees it
        assert elsewhere(acronyms) == ["ONE"]
    assert elsewhere(acronyms) == ["TWO"]


def test_what_is_undone_is_never_kept():
    make_project(acronym="ONE")
    with transaction.atomic():
        Project.objects.update(acronym="TWO")
        assert acronyms() == ["TWO"]
        transaction.set_rollback(True)
    assert acronyms() == ["ONE"]


def test_a_write_after_an_undone_savepoint_is_told():
    make_project(acronym="ONE")
    assert acronyms() == ["ONE"]
    with transaction.atomic():
        inner = transaction.savepoint()
        with transaction.atomic():
            Project.objects.update(acronym="TWO")
        transaction.savepoint_rollback(inner)
        Project.objects.update(acronym="THREE")
    assert acronyms() == ["THREE"]


def test_each_of_two_transactions_is_told():
    make_project(acronym="ONE")
    for acronym in ("TWO", "THREE"):
        elsewhere(acronyms)
        with transaction.atomic():
            Project.objects.update(acronym=acronym)
    assert elsewhere(acronyms) == ["THREE"]


def test_what_is_made_with_a_kept_value_ends_with_it(django_assert_num_queries):
    def page():
        return kept("page", lambda: (acronyms(), titles()))

    make_project(acronym="ONE")
    acronyms()
    assert page() == (["ONE"], [])
    assert page() == (["ONE"], [])
    Project.objects.update(acronym="TWO")
    assert page() == (["TWO"], [])
    with django_assert_num_queries(0):
        assert page() == (["TWO"], [])


def test_what_is_made_with_a_kept_value_is_right_no_longer_than_it():
    soon = timezone.now() + timedelta(seconds=60)
    kept("short", acronyms, until=soon)
    kept("page", lambda: kept("short", acronyms))
    assert look_up("page").until == soon


def test_what_is_still_to_come_of_other_kinds_is_nothing_that_a_value_was_read_from(django_assert_num_queries):
    acronyms()
    make_article(published_at=timezone.now() + timedelta(days=9))
    with django_assert_num_queries(0):
        acronyms()


@pytest.mark.parametrize("lost", ["edition", "table:projects_project", "all"])
def test_what_is_old_is_not_right_again_when_the_cache_loses_what_it_knew(lost):
    make_project(acronym="ONE")
    caches["shared"].clear()
    acronyms()
    old = look_up("acronyms")
    Project.objects.update(acronym="TWO")
    caches["shared"].clear() if lost == "all" else caches["shared"].delete(lost)
    caches["default"].set("acronyms", old)
    assert acronyms() == ["TWO"]


def test_what_was_read_before_midnight_is_not_kept_until_the_next_one(monkeypatch):
    midnight = next_moment()
    monkeypatch.setattr(timezone, "now", lambda: midnight - timedelta(seconds=1))

    def until_after_midnight():
        monkeypatch.setattr(timezone, "now", lambda: midnight + timedelta(seconds=1))
        return "yesterday"

    assert kept("day", until_after_midnight) == "yesterday"
    assert kept("day", lambda: "today") == "today"


def test_being_asked_for_does_not_make_a_value_last():
    acronyms()
    ends = look_up("acronyms").until
    make_article()
    assert look_up("acronyms").until == ends <= timezone.now() + timedelta(seconds=LONGEST)


def test_a_value_made_while_somebody_saves_is_not_kept():
    make_project(acronym="ONE")

    def read_and_saved_meanwhile():
        found = [project.acronym for project in Project.objects.all()]
        elsewhere(lambda: Project.objects.update(acronym="TWO"))
        return found

    assert kept("acronyms", read_and_saved_meanwhile) == ["ONE"]
    assert acronyms() == ["TWO"]


def test_what_is_written_all_the_time_is_not_kept_and_ends_nothing(django_assert_num_queries):
    assert acronyms() == []
    Presence.objects.all().delete()
    with django_assert_num_queries(0):
        assert acronyms() == []
    assert kept("presence", lambda: Presence.objects.count()) == 0
    assert look_up("presence") is None


def test_pages_change_at_midnight_and_when_a_record_goes_public(monkeypatch):
    midnight = (timezone.localtime() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert next_moment() == midnight
    soon = timezone.now() + timedelta(seconds=1)
    make_article(title_en="Soon", published_at=soon)
    assert next_moment() == min(soon, midnight)
    public = lambda: kept("public", lambda: Article.objects.published().count())  # noqa: E731
    assert public() == 0
    monkeypatch.setattr(timezone, "now", lambda: soon)
    assert public() == 1


def test_nothing_is_kept_for_longer_than_a_few_minutes(monkeypatch):
    asked = {}
    cache = caches["default"]
    monkeypatch.setattr(type(cache), "set", lambda self, key, value, timeout=None, **more: asked.update({key: timeout}))
    acronyms()
    assert 0 < asked["acronyms"] <= LONGEST


def test_of_many_who_ask_at_once_one_makes_it():
    begun, go_on, made = Event(), Event(), []

    def slowly():
        made.append(1)
        begun.set()
        go_on.wait(5)
        return Project.objects.count()

    threads = [Thread(target=in_a_thread, args=(lambda: kept("slow", slowly),)) for _ in range(4)]
    threads[0].start()
    begun.wait(5)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_one_who_fails_leaves_nothing_behind():
    def fails():
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        kept("acronyms", fails)
    assert acronyms() == []


def test_a_save_goes_on_without_the_cache(monkeypatch, caplog):
    project = make_project(acronym="ONE")

    def gone(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(type(caches["shared"]), "set", gone)
    project.save()
    assert str(LONGEST) in caplog.text


def test_every_table_is_known_by_the_questions_that_read_it():
    with reading() as read:
        for model in apps.get_models():
            list(model._base_manager.values("pk")[:1])
    assert {model._meta.db_table for model in apps.get_models()} <= read.tables


def test_statements_tell_what_they_write():
    assert written_by('  INSERT INTO "news_article" ("id") SELECT "id" FROM "other"') == ["news_article"]
    assert written_by("DELETE FROM news_article WHERE 1") == ["news_article"]
    assert written_by('INSERT OR IGNORE INTO "news_article" VALUES (1)') == ["news_article"]
    assert written_by('TRUNCATE "news_article", "news_event" RESTART IDENTITY;') == ["news_article", "news_event"]
    assert written_by('SELECT "update" FROM "news_article"') == []


def elsewhere(work):
    """What work gives on another connection."""
    found = []
    thread = Thread(target=in_a_thread, args=(lambda: found.append(work()),))
    thread.start()
    thread.join()
    return found[0]


def in_a_thread(work):
    try:
        work()
    finally:
        connections.close_all()
