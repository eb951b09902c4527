"""The pages on which a list is brought in, as an editor meets them step by step."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.roles import ROLES
from imports import tasks
from imports.models import Import
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.forms import change, said

UPLOAD = "/admin/imports/import/add/"
STEPS = ["columns", "confirm", "cancel", "undo", "file", "refused"]
POSTED = {"confirm", "cancel"}


def step(name, one) -> str:
    return reverse(f"import_{name}", args=[one.pk])


def text(answer) -> str:
    return answer.content.decode()


# Who may


@pytest.fixture
def people(db):
    return {role.name: make_person(role.name) for role in ROLES}


def codes(people, method, address) -> dict[str, int]:
    return {name: getattr(logged_in(person), method)(address).status_code for name, person in people.items()}


def test_readers_and_reviewers_see_imports_and_partners_and_translators_do_not(people):
    one = make.make_import([("created", [])])
    for page in ("/admin/imports/import/", change(one)):
        assert codes(people, "get", page) == {
            "administrator": 200, "editor": 200, "partner_editor": 403, "translator": 403, "reviewer": 200,
            "reader": 200,
        }  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_only_administrators_and_editors_take_a_step(people, name):
    one = make.make_import([("refused", [{"message": "No."}])])
    found = codes(people, "post" if name in POSTED else "get", step(name, one))
    assert {role for role, code in found.items() if code != 403} == {"administrator", "editor"}
    assert set(found.values()) <= {200, 302, 403}


def test_who_only_looks_is_offered_nothing_to_press(people):
    tried = make.make_import([("created", []), ("refused", [])])
    begun = make.make_import(progress="waiting", planned_at=None)
    written = make.make_import([("created", [])], confirmed_at=timezone.now())
    for one in (tried, begun, written):
        page = text(logged_in(people["reader"]).get(change(one)))
        assert "csrfmiddlewaretoken" not in page.partition('id="content-main"')[2]
        assert "/refused.csv" not in page
        assert "/file/" not in page


def test_a_visitor_is_sent_to_the_login(client, db):
    one = make.make_import()
    for page in [UPLOAD, change(one), *(step(name, one) for name in STEPS)]:
        assert client.get(page)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", STEPS)
def test_an_import_that_is_not_there_is_not_found(office, name):
    one = make.make_import()
    ask = office.post if name in POSTED else office.get
    one.pk = 999_999
    assert ask(step(name, one)).status_code == 404
    one.pk = 10**30
    assert ask(step(name, one)).status_code == 404


def test_a_step_is_not_taken_by_a_link_or_without_a_token(editor):
    one = make.make_import([("created", [])])
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    for name in ("confirm", "cancel", "undo", "columns"):
        assert browser.post(step(name, one)).status_code == 403
    for name in POSTED:
        assert browser.get(step(name, one)).status_code == 405
    assert Import.objects.get().confirmed_at is None


def test_an_import_is_neither_changed_nor_deleted(office):
    one = make.make_import([("created", [])])
    assert office.post(change(one), {"name": "other"}).status_code == 403
    assert office.post(reverse("admin:imports_import_delete", args=[one.pk]), {"post": "yes"}).status_code == 403
    office.post("/admin/imports/import/", {"action": "delete_selected", "_selected_action": one.pk, "post": "yes"})
    assert Import.objects.get().name == one.name


# The dry run


ROWS = [
    ("created", [{"column": "Operation name", "new": "A bridge"}]),
    ("changed", [{"column": "End", "old": "31 January 2022", "new": "30 June 2022"}]),
    ("refused", [{"column": "Start", "message": "“soon” is no date."}]),
]


def test_rows_are_shown_with_what_changes_and_why_they_are_refused(office):
    page = text(office.get(change(make.make_import(ROWS))))
    assert "<del>31 January 2022</del>" in page
    assert "<ins>30 June 2022</ins>" in page
    assert "“soon” is no date." in page
    assert "Nothing is written yet" in page


def test_rows_are_filtered_by_what_becomes_of_them(office):
    one = make.make_import(ROWS)
    page = text(office.get(change(one), {"show": "refused"}))
    assert "Operation 4" in page
    assert "Operation 2" not in page


@pytest.mark.parametrize(
    "query", ["show=%00", "show=x", "page=x", "page=-1", "page=99", "show=refused&page=%00", "p=1"]
)
def test_an_odd_query_shows_rows_all_the_same(office, query):
    assert "Operation 4" in text(office.get(f"{change(make.make_import(ROWS))}?{query}"))


def test_fifty_rows_a_page_and_no_more_queries_with_more_rows(office):
    few, many = make.make_import(ROWS), make.make_import(ROWS * 40)
    found = []
    for one in (few, many):
        with CaptureQueriesContext(connection) as queries:
            page = text(office.get(change(one)))
        found.append(len(queries))
    assert page.count("import-outcome--") == 50
    assert "?page=3" in page
    assert found[1] <= found[0] + 1 < 20


def test_what_stands_in_a_list_is_shown_as_text_and_nothing_else(office):
    one = make.make_import([("created", [{"column": "<b>x", "new": "<script>alert(1)</script>"}])], name="<i>.csv")
    page = text(office.get(change(one)))
    assert "<script>alert(1)" not in page
    assert "<b>x" not in page
    assert "<i>.csv" not in page


def test_where_there_is_nothing_to_write_there_is_no_button(office):
    page = text(office.get(change(make.make_import([("unchanged", []), ("refused", [])]))))
    assert "There is nothing to write." in page
    assert "/confirm/" not in page


def test_readers_of_slovenian_read_slovenian_numbers_in_addresses_all_the_same(office, editor):
    """A record beyond 999 has a separator in texts and none in addresses."""
    editor.interface_language = "sl"
    editor.save()
    one = make.make_import(ROWS, pk=12345)
    assert "/12345/confirm/" in text(office.get(change(one)))


# Work under way


def test_work_under_way_is_shown_by_a_page_that_loads_itself_anew_until_it_is_told_not_to(office):
    one = make.make_import(progress="running", steps=1000, steps_done=420, planned_at=None)
    answer = office.get(change(one))
    assert answer["Refresh"] == "3"
    assert "42 %" in text(answer)
    assert "Refresh" not in office.get(change(one), {"still": ""})


def test_work_is_stopped(office):
    waiting = make.make_import(progress="waiting", steps=1000, planned_at=None)
    running = make.make_import(progress="running", steps=1000, planned_at=None)
    for one in (waiting, running):
        assert said(office.post(step("cancel", one), follow=True))
    waiting.refresh_from_db()
    running.refresh_from_db()
    assert waiting.progress == "cancelled"
    assert running.is_to_stop
    assert 'value="Show what would happen"' in text(office.get(change(waiting)))


def test_work_whose_worker_is_gone_is_ended(office):
    long_ago = timezone.now() - timedelta(hours=1)
    one = make.make_import(progress="running", steps=9, is_to_stop=True, began_at=long_ago, confirmed_at=long_ago)
    assert "end it" in text(office.get(change(one)))
    assert "Nothing is written yet" in text(office.post(step("cancel", one), follow=True))


def test_what_has_ended_is_not_stopped(office):
    one = make.make_import(ROWS)
    assert said(office.post(step("cancel", one), follow=True)) == ["It has ended already: there is nothing to stop."]
    one.refresh_from_db()
    assert one.progress == "done"


def test_a_failure_that_nobody_foresaw_is_told_in_a_sentence(office, monkeypatch, caplog):
    one = make.make_import(progress="waiting", steps=1, planned_at=None)

    def fail(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("imports.planning.make_plan", fail)
    tasks.try_import.call(one.pk, "en")
    assert "Something went wrong" in text(office.get(change(one)))
    assert "ZeroDivisionError" in caplog.text


def test_a_task_speaks_the_language_of_who_asked_for_it(db):
    one = make.make_import(progress="waiting", steps=1, planned_at=None)
    spoken = []
    tasks.run(lambda _one: spoken.append(get_language()), one.pk, "sl")
    assert (spoken, get_language()) == (["sl"], "en")
