"""A project's skeleton and an event are copied: what was planned, in all languages, and nothing of what came of it."""

from datetime import date, time

import pytest

from editorial.copying import Move
from editorial.models import Picture
from editorial.states import State
from editorial.versions import snapshots_of
from news.models import Event
from partners.models import Contact
from projects.models import Project, Topic
from results.models import Target
from tests.accounts.people import logged_in, make_person
from tests.factories import (
    make_article,
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_phase,
    make_project,
    make_target,
)
from tests.forms import change, mistakes, said, send
from tests.test_back_office import picture_file

pytestmark = pytest.mark.django_db


def copy_of(record) -> str:
    return change(record).replace("/change/", "/copy/")


@pytest.fixture
def project(db):
    """A project with all that a skeleton has, and all that it hasn't."""
    project = make_project(
        acronym="RIVER", title_en="Clean river", title_sl="Čista reka", summary_en="Water", summary_mt="Ilma",
        start=date(2023, 1, 1), end=date(2025, 12, 31), total_budget=1000, operation_code="X1", keep_id=7, call="2",
        approved_on=date(2022, 11, 1), picture=Picture.objects.create(file=picture_file(), alt_en="A river"),
    )  # fmt: skip
    project.topics.add(Topic.objects.create(slug="water", name_en="Water"))
    make_phase(project, number=1, name_en="One", name_fi="Yksi", end=date(2023, 6, 30))
    make_phase(project, number=2, name_en="Two", start=date(2023, 7, 1))
    make_participation(project, "lead", total_budget=500, unit_en="Office", joined=date(2023, 2, 1))
    make_participation(project, left=date(2024, 1, 1))
    target = make_target(project, note_en="As promised", baseline=3, baseline_year=2020)
    make_measurement(
        target, period=make_period(project, number=1, due_on=date(2024, 1, 31), locked_on=date(2024, 3, 1))
    )
    Contact.objects.create(partner=make_partner(), project=project, function_en="Manager", email="m@example.org")
    project.websites.create(address="https://river.example.org")
    make_article(project)
    return project


RIVER_2 = {"title_en": "Clean river again", "acronym": "RIVER 2", "slug": "river-2", "start": "01/03/2026"}


def make_copy(browser, record, **changes):
    return send(browser, copy_of(record), changes, follow=True)


def test_a_skeleton_holds_the_plan_and_is_a_draft(office, project):
    answer = make_copy(office, project, **RIVER_2)
    assert said(answer)[0].startswith("“RIVER 2” is a draft made from “RIVER”")
    copy = Project.objects.get(slug="river-2")
    assert (copy.state, copy.published_at) == (State.DRAFT, None)
    assert (copy.start, copy.end) == (date(2026, 3, 1), date(2029, 2, 28))
    assert copy.programme == project.programme
    assert [topic.slug for topic in copy.topics.all()] == ["water"]
    days = [(phase.start, phase.end) for phase in copy.phases.all()]
    assert days == [(date(2026, 3, 1), date(2026, 8, 31)), (date(2026, 9, 1), date(2029, 2, 28))]
    [lead] = copy.participations.all()
    assert (lead.role, lead.unit_en, lead.total_budget, lead.joined) == ("lead", "Office", None, None)
    [target] = copy.targets.all()
    assert (target.value, target.note_en, target.baseline, target.baseline_year) == (10, "As promised", None, None)
    [period] = copy.reporting_periods.all()
    assert (period.due_on, period.locked_on) == (date(2027, 3, 31), None)


def test_what_belongs_to_the_original_alone_stays_there(office, project):
    make_copy(office, project, **RIVER_2)
    copy = Project.objects.get(slug="river-2")
    assert (copy.operation_code, copy.keep_id, copy.call, copy.approved_on) == ("", None, "", None)
    assert (copy.total_budget, copy.picture) == (None, None)
    for relation in (copy.contacts, copy.websites, copy.articles, copy.documents, copy.events):
        assert not relation.exists()
    assert not Target.objects.filter(project=copy, measurements__isnull=False).exists()


def test_texts_come_in_all_languages_and_the_title_in_none_but_the_first(office, project):
    make_copy(office, project, **RIVER_2)
    copy = Project.objects.get(slug="river-2")
    assert (copy.summary_en, copy.summary_mt) == ("Water", "Ilma")
    assert copy.phases.first().name_fi == "Yksi"
    assert (copy.title_en, copy.title_sl or "") == ("Clean river again", "")


def test_the_original_is_untouched(office, project):
    before = Project.objects.filter(pk=project.pk).values().get()
    make_copy(office, project, **RIVER_2)
    assert Project.objects.filter(pk=project.pk).values().get() == before
    assert project.phases.count() == project.participations.count() == 2


def test_the_copy_is_kept_as_a_version_with_its_rows(office, project):
    make_copy(office, project, **RIVER_2)
    copy = Project.objects.get(slug="river-2")
    assert [each.screen for each in snapshots_of(Project, copy.pk)] == ["copy"]
    assert "Made as a copy" in office.get(f"/admin/projects/project/{copy.pk}/history/").content.decode()


def test_a_copy_has_names_and_an_address_of_its_own(office, project):
    answer = make_copy(
        office, project, **RIVER_2 | {"acronym": "river ", "title_en": "Clean river", "slug": project.slug}
    )
    assert mistakes(answer).keys() == {"acronym", "title_en", "slug"}
    assert "a name of its own" in mistakes(answer)["title_en"]
    assert Project.objects.count() == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(office, project):
    answer = make_copy(office, project, **RIVER_2 | {"start": "soon"})
    assert mistakes(answer).keys() == {"start"}
    assert 'value="Clean river again"' in answer.content.decode()
    assert mistakes(make_copy(office, project, **RIVER_2 | {"start": "", "title_en": ""})).keys() == {
        "start",
        "title_en",
    }


def test_a_rule_that_the_copy_would_break_is_told_and_nothing_is_made(office, project):
    project.phases.filter(number=2).update(end=date(2027, 1, 1))  # by a command: after the project's end
    answer = make_copy(office, project, **RIVER_2)
    assert "Phase – End: The phase ends after the project" in answer.content.decode()
    assert Project.objects.count() == 1


def test_a_project_without_dates_is_copied_too(office):
    make_copy(office, make_project(start=None, end=None), **RIVER_2)
    copy = Project.objects.get(slug="river-2")
    assert (copy.start, copy.end) == (date(2026, 3, 1), None)


@pytest.mark.parametrize("role", ["partner_editor", "translator", "reviewer", "reader"])
def test_who_may_not_add_projects_copies_none(project, role):
    partner = project.participations.first().partner
    browser = logged_in(make_person(role, partner=partner, languages=["en"]))
    assert "Duplicate" not in browser.get(change(project)).content.decode()
    assert browser.get(copy_of(project)).status_code == 403
    assert browser.post(copy_of(project), RIVER_2).status_code == 403
    assert Project.objects.count() == 1


def test_a_visitor_is_sent_to_the_login(client, project):
    assert client.post(copy_of(project), RIVER_2)["Location"].startswith("/admin/login/")


def test_the_form_and_the_list_lead_to_the_copy(office, project):
    assert f'href="{copy_of(project)}"' in office.get(change(project)).content.decode()
    ticked = {"action": "duplicate", "index": 0, "_selected_action": [project.pk]}
    assert office.post("/admin/projects/project/", ticked)["Location"] == copy_of(project)
    other = make_project()
    answer = office.post("/admin/projects/project/", ticked | {"_selected_action": [project.pk, other.pk]}, follow=True)
    assert said(answer) == ["Tick just one to make a copy of it."]
    assert office.get("/admin/projects/project/999999/copy/").status_code == 404


@pytest.fixture
def event(db):
    return make_event(
        title_en="Meeting in May", title_sl="Srečanje maja", description_en="<p>We meet</p>",
        outcome_en="<p>We met</p>",
        start_date=date(2024, 5, 14), end_date=date(2024, 5, 16), start_time=time(9), participants=30, city="Krško",
        status="cancelled", registration_address="https://example.org/may",
    )  # fmt: skip


JUNE = {"title_en": "Meeting in June", "slug": "meeting-in-june", "start_date": "10/06/2026"}


def test_an_event_is_copied_for_another_day(office, event):
    make_copy(office, event, **JUNE)
    copy = Event.objects.get(slug="meeting-in-june")
    assert (copy.start_date, copy.end_date, copy.start_time) == (date(2026, 6, 10), date(2026, 6, 12), time(9))
    assert (copy.state, copy.status, copy.city) == (State.DRAFT, "on", "Krško")
    assert (copy.description_en, copy.outcome_en or "") == ("<p>We meet</p>", "")
    assert (copy.title_sl or "", copy.participants, copy.registration_address) == ("", None, "")


def test_an_event_of_which_only_the_month_was_known_gets_a_day(office):
    make_copy(office, make_event(only_month_known=True), **JUNE)
    copy = Event.objects.get(slug="meeting-in-june")
    assert (copy.start_date, copy.end_date, copy.only_month_known) == (date(2026, 6, 10), date(2026, 6, 10), False)


@pytest.mark.parametrize(("end", "stays"), [(date(2026, 12, 31), True), (date(2025, 12, 31), False)])
def test_an_event_stays_in_a_phase_that_still_holds_it(office, event, end, stays):
    event.project = make_project(end=end)
    event.phase = make_phase(event.project)
    event.save()
    make_copy(office, event, **JUNE)
    assert (Event.objects.get(slug="meeting-in-june").phase == event.phase) is stays


def test_a_partner_editor_copies_events_of_their_own_projects_alone(event):
    partner, host = make_partner(), make_partner()
    event.project = make_project()
    event.host = host
    event.save()
    browser = logged_in(make_person("partner_editor", partner=partner))
    assert browser.post(copy_of(event), JUNE).status_code in (403, 404)
    make_participation(event.project, partner=partner)
    make_copy(browser, event, **JUNE)
    copy = Event.objects.get(slug="meeting-in-june")
    assert (copy.state, copy.project) == (State.DRAFT, event.project)
    assert copy.host is None, "an organisation that they could not have chosen"


@pytest.mark.parametrize(
    ("old", "new", "day", "begins", "ends"),
    [
        (date(2023, 1, 1), date(2023, 3, 1), date(2023, 4, 30), date(2023, 6, 30), date(2023, 6, 30)),
        (date(2023, 1, 1), date(2024, 2, 1), date(2023, 1, 31), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2023, 1, 1), date(2023, 1, 3), date(2023, 12, 31), date(2024, 1, 2), date(2024, 1, 2)),
        (date(2023, 1, 30), date(2023, 3, 30), date(2023, 2, 1), date(2023, 4, 1), date(2023, 4, 1)),
        (None, date(2023, 3, 30), date(2023, 2, 1), date(2023, 2, 1), date(2023, 2, 1)),
    ],
)
def test_days_move_by_whole_months_where_they_can(old, new, day, begins, ends):
    assert (Move(old, new).beginning(day), Move(old, new).end(day)) == (begins, ends)
