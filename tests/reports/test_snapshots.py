"""The back office makes reports of a selection, lists them, hands their files out and compares them."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from projects.models import Project
from reports.making import AT_ONCE, make, start
from reports.models import ReportSnapshot
from reports.offering import make_report, offer_kinds
from tests import factories as make_one
from tests.accounts.people import logged_in, make_person
from tests.forms import change, filled_in, said
from tests.test_back_office import queries_of

LIST = "/admin/projects/project/"
KEPT = "/admin/reports/reportsnapshot/"
MAKE = f"{KEPT}make/projects.project/"
CHOICES = {"kind": "budgets", "language": "sl", "period": "1", "formats": ["json"]}


@pytest.fixture(autouse=True)
def offered(budgets, monkeypatch):
    """The list of projects offers reports, whatever kinds there are beside the tests' own."""
    model_admin = admin.site.get_model_admin(Project)
    if make_report not in model_admin.actions:
        monkeypatch.setattr(model_admin, "actions", model_admin.actions)
        offer_kinds(model_admin)


def select(browser, *records, query="", **more):
    data = {"action": "make_report", ACTION_CHECKBOX_NAME: [record.pk for record in records]}
    return browser.post(f"{LIST}{query}", data | more)


def send(browser, *records, **choices):
    data = CHOICES | {"records": ",".join(str(record.pk) for record in records)} | choices
    return browser.post(MAKE, data, follow=True)


def do(browser, snapshot, deed):
    return browser.post(f"{KEPT}{snapshot.pk}/do/", {"deed": deed}, follow=True)


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").select_one("#content").get_text(" ", strip=True)


@pytest.fixture
def kept(ask, projects):
    snapshot = ask(*projects)
    make(snapshot)
    return snapshot


def test_the_list_leads_to_the_choices_and_these_to_the_report(office, projects):
    answer = select(office, *projects)
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Of 2 selected records" in words(answer)
    assert all(str(project) in words(answer) for project in projects)
    assert "What the projects cost." in words(answer)
    assert [option["value"] for option in page.select("#id_period option")] == ["", "1"]
    assert page.select_one("#id_language option[selected]")["value"] == "en"
    form = page.select_one("form[action*=make]")
    assert form["action"] == MAKE
    data = CHOICES | {"records": form.select_one("[name=records]")["value"]}
    made = office.post(form["action"], data, follow=True)
    snapshot = ReportSnapshot.objects.get()
    assert made.redirect_chain == [(change(snapshot), 302)]
    assert (snapshot.progress, snapshot.language, snapshot.period) == ("done", "sl", 1)
    assert "Budgets of projects" in words(made)


def test_all_that_match_the_list_are_selected_and_nothing_else(office, projects):
    others = [make_one.make_project(acronym=f"OTHER {number}", total_budget=1) for number in range(60)]
    answer = select(office, others[0], query="?q=OTHER", select_across="1")
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Of 60 selected records" in words(answer)
    assert "and 30 more" in words(answer)
    assert page.select_one("[name=records]")["value"] == ",".join(str(project.pk) for project in others)


def test_choices_that_are_missing_or_made_up_are_told_and_nothing_is_made(office, projects):
    hostile = {"kind": "../secrets", "language": "xx", "period": "77", "formats": ["exe"]}
    for field, value in hostile.items():
        for sent in (value, ""):
            answer = send(office, *projects, **{field: sent})
            assert answer.status_code == 200
            page = BeautifulSoup(answer.content, "html.parser")
            assert page.select_one(".errorlist"), (field, sent)
            assert page.select_one("[name=records]")["value"].count(",") == 1
    assert not ReportSnapshot.objects.exists()


@pytest.mark.parametrize("records", ["", "x", "1;2", "-1", "9" * 40, "99999999", "1,2,99999999", "\0", "²"])
def test_a_selection_that_is_tampered_with_makes_nothing(office, projects, records):
    answer = office.post(MAKE, CHOICES | {"records": records}, follow=True)
    assert said(answer) == ["Some of what was selected is no longer there, or not yours to see. Select it anew."]
    assert not ReportSnapshot.objects.exists()


@pytest.mark.parametrize("label", ["accounts.user", "projects.nothing", "x"])
def test_reports_are_made_of_nothing_but_what_has_kinds(office, projects, label):
    assert office.post(f"{KEPT}make/{label}/", CHOICES).status_code in (403, 404)
    assert office.get(f"{KEPT}make/{label}/").status_code == 405


def test_a_report_that_does_not_reconcile_leads_to_what_is_to_be_mended(office, projects):
    alpha = projects[0]
    Project.objects.filter(pk=alpha.pk).update(total_budget=None)
    answer = send(office, *projects)
    page = BeautifulSoup(answer.content, "html.parser")
    link = page.select_one(".snapshot__problems a")
    assert (link.get_text(), link["href"]) == ("The budget of ALPHA is unknown.", change(alpha))
    snapshot = ReportSnapshot.objects.get()
    assert snapshot.content is None
    draft = do(office, snapshot, "draft")
    assert "Why it is a draft The budget of ALPHA is unknown." in words(draft)
    assert ReportSnapshot.objects.get().is_draft


def test_once_all_is_mended_the_page_says_so_and_the_report_is_made(office, projects):
    Project.objects.filter(pk=projects[0].pk).update(total_budget=None)
    send(office, *projects)
    Project.objects.filter(pk=projects[0].pk).update(total_budget=5)
    snapshot = ReportSnapshot.objects.get()
    assert "all of it has been mended meanwhile" in words(office.get(change(snapshot)))
    do(office, snapshot, "again")
    snapshot.refresh_from_db()
    assert (snapshot.progress, snapshot.is_draft) == ("done", False)


def test_a_long_one_shows_its_progress_and_can_be_cancelled_and_cleared_away(office, projects):
    several = [make_one.make_project(total_budget=1) for _ in range(AT_ONCE + 1)]
    answer = send(office, *several, *projects)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("[role=status]").get_text(strip=True) == "Waiting for its turn"
    assert page.select_one("noscript meta[http-equiv=refresh]")
    assert page.select_one("progress:not([value])")
    snapshot = ReportSnapshot.objects.get()
    assert snapshot.begin()
    snapshot.advance(1, 4)
    page = BeautifulSoup(office.get(change(snapshot)).content, "html.parser")
    assert page.select_one("progress")["value"] == "25"
    assert "is being stopped" in words(do(office, snapshot, "cancel"))
    snapshot.stop()
    page = office.get(change(snapshot))
    assert "Nothing of it was kept" in words(page)
    assert b"refresh" not in page.content
    do(office, snapshot, "remove")
    assert not ReportSnapshot.objects.exists()


def test_after_half_a_minute_without_a_worker_the_page_tells_who_can_start_one(office, projects):
    several = [make_one.make_project(total_budget=1) for _ in range(AT_ONCE + 1)]
    send(office, *several, *projects)
    snapshot = ReportSnapshot.objects.get()
    assert "db_worker" not in words(office.get(change(snapshot)))
    ReportSnapshot.objects.update(asked_at=timezone.now() - timedelta(seconds=31))
    assert "manage.py db_worker" in words(office.get(change(snapshot)))
    task = DBTaskResult.objects.get()
    task.claim("worker")
    assert "db_worker" not in words(office.get(change(snapshot)))
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=11))  # it died
    assert "db_worker" in words(office.get(change(snapshot)))


def test_work_whose_worker_died_is_told_of_and_made_again(office, ask, projects):
    snapshot = ask(*projects)
    snapshot.begin()
    assert "no sign of life" not in words(office.get(change(snapshot)))
    ReportSnapshot.objects.update(began_at=timezone.now() - timedelta(minutes=11))
    assert "no sign of life for ten minutes" in words(office.get(change(snapshot)))
    do(office, snapshot, "again")
    assert ReportSnapshot.objects.get().progress == "done"


@pytest.mark.parametrize("deed", ["cancel", "again", "draft", "remove"])
def test_nothing_is_done_to_what_is_kept(office, kept, deed):
    do(office, kept, deed)
    assert ReportSnapshot.objects.get().number == kept.number


def test_only_who_asked_for_a_report_stops_or_repeats_the_attempt(ask, projects):
    owner, other = make_person("editor"), make_person("editor")
    snapshot = ask(*projects, by=owner)
    for deed in ("cancel", "again", "remove"):
        do(logged_in(other), snapshot, deed)
        assert ReportSnapshot.objects.get().progress == "waiting"
    do(logged_in(owner), snapshot, "cancel")
    assert ReportSnapshot.objects.get().progress == "cancelled"


def test_an_unknown_deed_is_refused(office, kept):
    assert office.post(f"{KEPT}{kept.pk}/do/", {"deed": "publish"}).status_code == 403
    assert office.get(f"{KEPT}{kept.pk}/do/").status_code == 405
    assert office.post(change(kept), {"title": "Other"}).status_code == 403


def test_a_file_is_downloaded_as_it_was_kept(office, kept):
    file = kept.files.get()
    answer = office.get(f"{KEPT}file/{file.pk}/")
    assert answer.content == bytes(file.content)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_that_was_changed_past_the_portal_is_not_handed_out(office, kept):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_snapshotfile SET content = %s", [b"{}"])
    answer = office.get(f"{KEPT}file/{kept.files.get().pk}/", follow=True)
    assert "is no longer the file that was kept" in said(answer)[0]


def test_a_content_that_was_changed_past_the_portal_is_told_of(office, kept):
    assert "changed it past the portal" not in words(office.get(change(kept)))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_reportsnapshot SET content_hash = 'x'")
    assert "changed it past the portal" in words(office.get(change(kept)))


def test_the_page_shows_what_the_report_says_and_what_changed_since(office, kept, ask, projects):
    Project.objects.filter(pk=projects[0].pk).update(total_budget=250)
    Project.objects.filter(pk=projects[1].pk).update(acronym="GAMMA")
    later = ask(*projects)
    make(later)
    page = words(office.get(change(later)))
    assert later.content_hash in page
    assert "Changed ALPHA Budget (EUR) taken out: 100.00 put in: 250.00" in page
    assert "Added GAMMA" in page
    assert "Removed BETA" in page
    assert "Changed Together Budget (EUR) taken out: 200.00 put in: 350.00" in page


def test_one_compares_with_any_earlier_report_of_the_kind(office, kept, ask, projects):
    other = ask(projects[0])
    make(other)
    assert "No earlier report tells of the same selection" in words(office.get(change(other)))
    page = words(office.get(f"{change(other)}?with={kept.pk}"))
    assert "Removed BETA" in page
    for odd in ("x", "99999", "9" * 40, other.pk):
        assert office.get(f"{change(other)}?{urlencode({'with': odd})}").status_code == 200


def test_a_report_is_made_anew_by_the_same_choices(office, kept):
    do(office, kept, "repeat")
    new, old = ReportSnapshot.objects.all()
    assert (new.selection_key, new.period, new.formats) == (old.selection_key, old.period, old.formats)
    assert new.content_hash == old.content_hash


def test_what_was_deleted_meanwhile_is_not_made_anew(office, kept, projects):
    Project.objects.filter(pk=projects[0].pk).delete()
    assert "no longer there" in said(do(office, kept, "repeat"))[0]
    assert ReportSnapshot.objects.count() == 1


@pytest.fixture
def partner_editor(projects):
    """Someone whose organisation takes part in the first of the projects."""
    partner = make_one.make_partner()
    make_one.make_participation(projects[0], partner=partner)
    return make_person("partner_editor", partner=partner)


def test_a_partner_editor_makes_reports_of_their_own_projects_alone(partner_editor, projects):
    browser = logged_in(partner_editor)
    assert "Of 1 selected record" in words(select(browser, *projects))
    assert "not yours to see" in said(send(browser, *projects))[0]
    assert not ReportSnapshot.objects.exists()
    send(browser, projects[0])
    assert ReportSnapshot.objects.get().progress == "done"


def test_a_partner_editor_sees_nothing_that_was_made_with_a_wider_reach(partner_editor, ask, projects):
    wide = ask(projects[0], by=partner_editor)
    ReportSnapshot.objects.update(made_within=None)  # made while they were an editor of the agency
    make(wide)
    others, own = ask(projects[0], by=make_person("editor")), ask(projects[0], by=partner_editor)
    make(others)
    make(own)
    browser = logged_in(partner_editor)
    for snapshot, code in ((wide, 403), (others, 403), (own, 200)):
        answer = browser.get(change(snapshot))
        assert (answer.status_code == 200) == (code == 200)
        file = browser.get(f"{KEPT}file/{snapshot.files.get().pk}/")
        assert (file.status_code == 200) == (code == 200)
        assert (snapshot.number in words(browser.get(KEPT))) == (code == 200)


def test_a_translator_is_offered_no_reports(projects):
    browser = logged_in(make_person("translator"))
    assert "make_report" not in browser.get(LIST).content.decode()
    assert browser.post(MAKE, CHOICES | {"records": str(projects[0].pk)}).status_code == 403
    assert browser.get(KEPT).status_code == 403


def test_the_list_tells_what_is_kept_and_what_became_of_the_rest(office, kept, ask, projects):
    Project.objects.filter(pk=projects[0].pk).update(total_budget=None)
    draft, refused = ask(*projects, as_draft=True), ask(*projects)
    for snapshot in (draft, refused):
        make(snapshot)
    page = words(office.get(KEPT))
    assert f"{kept.number} – Budgets of projects" in page
    assert "Draft" in page
    assert "Failed" in page
    assert office.get(f"{KEPT}file/{kept.files.get().pk}/").status_code == 200
    for query in ("kind=budgets", "language=en", "is_draft__exact=1", "q=BUDGETS", "kind=%27", "language=x"):
        assert office.get(f"{KEPT}?{query}").status_code == 200


def test_where_to_begin_is_said_for_each_kind(office):
    page = words(office.get(reverse("admin:reports_reportsnapshot_add")))
    assert "What the projects cost." in page


def test_pages_take_no_more_queries_with_more_records(office, kept, ask, projects):
    few = len(queries_of(office, change(kept))), len(queries_of(office, KEPT))
    several = [make_one.make_project(total_budget=1) for _ in range(20)]
    later = [ask(*several) for _ in range(3)]
    for snapshot in later:
        make(snapshot)
    assert (len(queries_of(office, change(later[0]))), len(queries_of(office, KEPT))) <= (few[0] + 1, few[1])


def test_the_form_comes_back_as_it_was_sent(office, projects):
    answer = send(office, *projects, period="")
    data = BeautifulSoup(answer.content, "html.parser")
    assert data.select_one("#id_language option[selected]")["value"] == "sl"
    assert data.select_one("[name=formats][checked]")["value"] == "json"
    assert "Choose the reporting period" in words(answer)


def test_starting_in_the_request_needs_no_worker(ask, projects):
    snapshot = ask(*projects)
    start(snapshot)
    assert snapshot.progress == "done"


def test_the_page_of_a_kept_report_can_be_sent_by_no_form(office, kept):
    assert "csrfmiddlewaretoken" in filled_in(office, change(kept))
