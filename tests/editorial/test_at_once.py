"""Saves that really meet, in threads of their own, on either database."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from news.models import Article
from projects.models import Participation
from tests.editorial.two_editors import again, save
from tests.factories import (
    make_article,
    make_participation,
    make_project,
)
from tests.forms import change, filled_in


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """A database that threads write to as in production: on SQLite a file, as one in memory locks whole tables."""
    database = connections.settings["default"]
    in_memory = database["NAME"]

    def open_to_threads():
        if connection.vendor == "sqlite":
            file = str(tmp_path / "shared.sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [file])
            database["NAME"] = file

    yield open_to_threads
    database["NAME"] = in_memory


def at_once(*tasks):
    """Run the tasks in threads of their own that start together, and return what they return."""
    start = Barrier(len(tasks))

    def run(task):
        start.wait()
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return [future.result() for future in [threads.submit(run, task) for task in tasks]]


def browsers(editor, number):
    found = [Client() for _number in range(number)]
    for browser in found:
        browser.force_login(editor)
    return found


def test_of_six_who_save_at_once_exactly_one_wins(editor, shared_database):
    article = make_article(title_en="Before")
    six = browsers(editor, 6)
    forms = [filled_in(browser, change(article)) | {"title_en": f"Title {n}"} for n, browser in enumerate(six)]
    shared_database()
    saves = [partial(save, browser, article, data) for browser, data in zip(six, forms, strict=True)]
    codes = [answer.status_code for answer in at_once(*saves)]
    assert sorted(codes) == [200] * 5 + [302]
    (title,) = at_once(lambda: Article.objects.get().title_en)
    assert title == f"Title {codes.index(302)}"


@pytest.mark.parametrize("second", ["own form", "inline"])
def test_a_participation_saved_twice_at_once_loses_no_change(editor, shared_database, second):
    share = make_participation(make_project(), total_budget=100)
    record, prefix = (share, "") if second == "own form" else (share.project, "participations-0-")
    one, two = browsers(editor, 2)
    forms = [
        (one, share.project, filled_in(one, change(share.project)) | {"participations-0-total_budget": "300"}),
        (two, record, filled_in(two, change(record)) | {f"{prefix}unit_en": "Department"}),
    ]
    shared_database()
    answers = at_once(*(partial(save, *form) for form in forms))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    ((browser, record, _data), held) = next(
        pair for pair in zip(forms, answers, strict=True) if pair[1].status_code == 200
    )
    (answer,) = at_once(partial(save, browser, record, again(held)))
    assert answer.status_code == 302
    (kept,) = at_once(lambda: Participation.objects.values_list("total_budget", "unit_en").get())
    assert kept == (300, "Department")
