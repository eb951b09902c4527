"""Copies are asked for in the back office, and the portal knows until when a project's record is to be kept."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.digests import sources
from archive.keeping import what_waits, whose_keeping_waits
from archive.making import ask_for, make
from archive.models import Copy, Retention
from archive.notices import records_to_keep
from archive.retention import kept_until, retention_ends
from archive.tasks import make_copy
from editorial.states import State
from projects.models import Project
from tests.accounts.people import logged_in, make_person
from tests.factories import make_project
from tests.test_back_office import queries_of

pytestmark = pytest.mark.django_db
COPIES = "/admin/archive/copy/"


@pytest.fixture
def project(settings):
    settings.PORTAL_ADDRESS = "http://testserver"
    settings.LANGUAGES = [("en", "English")]
    return make_project(slug="orchard", acronym="ORCHARD")


def page_of(copy, name="change"):
    return reverse(f"admin:archive_copy_{name}", args=[copy.pk])


def act(browser, *projects):
    data = {"action": "archive", "_selected_action": [project.pk for project in projects]}
    return browser.post("/admin/projects/project/", data, follow=True)


def work_on(copy):
    make_copy.func(copy.pk)
    copy.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_project_is_copied_by_a_worker_and_downloaded(office, project):
    answer = act(office, project)
    copy = Copy.objects.get()
    assert answer.redirect_chain == [(page_of(copy), 302)]
    assert (copy.progress, answer.headers["Refresh"]) == ("waiting", "5")
    call_command("db_worker", batch=True, verbosity=0, interval=0, reload=False)
    copy.refresh_from_db()
    assert copy.progress == "done", copy.fault
    assert "Refresh" not in office.get(page_of(copy)).headers
    file = office.get(page_of(copy, "file"))
    with ZipFile(BytesIO(b"".join(file))) as zipped:
        folder = f"orchard-{timezone.localdate()}"
        assert f"{folder}/data/en/projects/orchard/index.html" in zipped.namelist()
        assert zipped.testzip() is None
    assert len(zipped.namelist()) == copy.files


def test_the_whole_portal_is_copied_from_the_list_of_copies(office, project):
    assert 'action="/admin/archive/copy/whole/"' in office.get(COPIES).content.decode()
    office.post(f"{COPIES}whole/")
    copy = Copy.objects.get()
    work_on(copy)
    assert (copy.project, copy.progress) == (None, "done")
    assert office.get(f"{COPIES}whole/").status_code == 405


def test_a_copy_that_nobody_has_begun_is_cancelled_at_once(office, project):
    act(office, project)
    copy = Copy.objects.get()
    office.post(page_of(copy, "cancel"))
    work_on(copy)
    assert (copy.progress, copy.file.name) == ("cancelled", "")


def test_a_copy_that_is_being_made_stops_at_the_next_page_and_leaves_nothing(editor, project, monkeypatch):
    copy = ask_for(editor, project)
    advance = Copy.advance

    def cancelled_meanwhile(self, *steps):
        self.cancel()
        advance(self, *steps)

    monkeypatch.setattr(Copy, "advance", cancelled_meanwhile)
    make(copy)
    copy.refresh_from_db()
    assert (copy.progress, copy.file.name, copy.pages) == ("cancelled", "", None)


def test_what_visitors_dont_see_fails_with_a_sentence(office, editor, project):
    Project.objects.update(state=State.DRAFT)
    copy = ask_for(editor, project)
    make(copy)
    assert copy.progress == "failed"
    assert "orchard" in copy.fault
    assert escape(copy.fault) in office.get(page_of(copy)).content.decode()


def test_a_fault_of_the_portal_is_told_without_a_trace(editor, project, monkeypatch, caplog):
    monkeypatch.setattr("archive.copying.write_tables", lambda *args: 1 / 0)
    copy = ask_for(editor, project)
    make(copy)
    assert copy.progress == "failed"
    assert "division" not in copy.fault
    assert "ZeroDivisionError" in caplog.text


def test_a_deleted_copy_takes_its_file_along(office, editor, project, django_capture_on_commit_callbacks):
    copy = ask_for(editor, project)
    make(copy)
    assert default_storage.exists(copy.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(page_of(copy, "delete"), {"post": "yes"})
    assert not default_storage.exists(copy.file.name)


def test_only_those_who_may_ask_and_look_do_so(project, editor):
    copy = ask_for(editor, project)
    for role in ("reader", "reviewer"):
        browser = logged_in(make_person(role))
        assert browser.get(page_of(copy)).status_code == 200
        assert browser.post(f"{COPIES}whole/").status_code == 403
        assert browser.post(page_of(copy, "cancel")).status_code == 403
        act(browser, project)
    for role in ("translator", "partner_editor"):
        assert logged_in(make_person(role)).get(page_of(copy, "file")).status_code in (403, 404)
    assert Copy.objects.count() == 1


def test_documents_are_kept_five_years_from_the_end_of_the_year_of_the_last_payment_and_ten_with_state_aid():
    assert retention_ends(2023, False) == date(2028, 12, 31)
    assert retention_ends(2023, True) == date(2033, 12, 31)
    assert retention_ends(None, True) is None


def test_both_duties_must_have_ended(project):
    project.end, project.durability_years = date(2025, 6, 30), 5
    assert kept_until(project) is None
    Retention.objects.create(project=project, last_paid_in=2024)
    assert kept_until(project) == date(2030, 6, 30)
    project.durability_years = 0
    assert kept_until(project) == date(2029, 12, 31)


def ended(days, **fields):
    end = timezone.localdate() - timedelta(days=days)
    return make_project(start=end - timedelta(days=900), end=end, **fields)


def copied(project):
    return Copy.objects.create(project=project, name=project.acronym, progress="done")


def waiting():
    return {project.acronym: what_waits(project) for project in whose_keeping_waits(Project.objects.all())}


def test_an_ended_project_waits_for_its_copy_then_for_its_last_payment_then_for_the_end_of_the_duty():
    project = ended(400, acronym="OVER", durability_years=0)
    ended(-5, acronym="RUNNING")
    ended(400, acronym="DRAFT", state=State.DRAFT)
    assert set(waiting()) == {"OVER"}
    first = waiting()["OVER"]
    copied(project)
    second = waiting()["OVER"]
    retention = Retention.objects.create(project=project, last_paid_in=timezone.localdate().year)
    assert waiting() == {}
    retention.last_paid_in = timezone.localdate().year - 6
    retention.save()
    third = waiting()["OVER"]
    retention.has_state_aid = True
    retention.save()
    assert waiting() == {}
    assert len({first, second, third}) == 3


def test_a_copy_from_before_the_end_is_not_enough():
    project = ended(10, acronym="OVER")
    Copy.objects.filter(pk=copied(project).pk).update(asked_at=timezone.now() - timedelta(days=20))
    assert set(waiting()) == {"OVER"}


def test_the_first_screen_and_its_list_name_the_same_projects(office):
    ended(10, acronym="OVER")
    ended(-10, acronym="RUNNING")
    assert "OVER" in office.get("/admin/").content.decode()
    found = office.get("/admin/projects/project/?keeping=waits").context["cl"].queryset
    assert [project.acronym for project in found] == ["OVER"]


def test_the_digest_reminds_once_a_month():
    ended(10, acronym="OVER")
    person = make_person("editor")
    assert records_to_keep in sources
    assert "OVER" in records_to_keep(person)[0].text
    person.digest_on = timezone.localdate()
    assert records_to_keep(person) == []
    person.digest_on = timezone.localdate() - timedelta(days=32)
    assert len(records_to_keep(person)) == 1
    assert records_to_keep(make_person("translator")) == []


def test_the_list_of_copies_takes_no_more_queries_with_more_of_them(office, project, editor):
    copied(project)
    few = queries_of(office, COPIES)
    for _ in range(3):
        copied(ended(3))
    assert len(queries_of(office, COPIES)) == len(few)
