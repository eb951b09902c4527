"""What the rules ask of a project, by when, and what shows that it was done."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.states import State as PageState
from editorial.waiting import waiting_for
from projects.models import Document
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.forms import filled_in, mistakes, send
from visibility.duties import DUTIES, duties_of, months_later
from visibility.models import DutyEvidence
from visibility.standing import State, standings_of, with_evidence

pytestmark = pytest.mark.django_db
ADD = "/admin/visibility/dutyevidence/add/"


def days_ago(days):
    return timezone.localdate() - timedelta(days)


def make_running(**fields):
    defaults = {"approved_on": days_ago(400), "start": days_ago(300), "end": days_ago(-300)}
    return make.make_project(**defaults | fields)


def standing(project, name):
    project = with_evidence(type(project).objects.filter(pk=project.pk)).get()
    return next(each for each in standings_of(project) if each.duty.name == name)


def names(project):
    return [duty.name for duty in duties_of(project)]


def test_each_period_asks_for_its_own():
    new, old = make.make_project(), make.make_project(programme=make.make_programme("2014-2020"))
    assert names(new) == ["website", "social_media", "documents", "poster", "plaque", "event"]
    assert names(old) == ["website", "documents", "poster"]
    assert all("1303/2013" in duty.source for duty in duties_of(old))


def test_every_duty_names_the_rule_it_comes_from_once_a_period():
    assert all(duty.source.startswith("Reg. (EU)") for duty in DUTIES)
    assert len({(duty.name, duty.period) for duty in DUTIES}) == len(DUTIES)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2023, 1, 20), date(2023, 7, 20)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 6, 30)),
    ],
)
def test_the_poster_is_due_six_months_after_approval(day, later):
    assert months_later(day, 6) == later
    assert standing(make.make_project(approved_on=day), "poster").due == later


def test_without_a_day_of_approval_the_start_counts():
    assert standing(make.make_project(start=date(2023, 1, 1)), "poster").due == date(2023, 7, 1)
    assert standing(make.make_project(start=None, end=None), "poster").due is None


def test_the_public_page_meets_the_duty_of_a_website_from_its_publishing_on():
    project = make_running()
    met = standing(project, "website")
    assert (met.state, met.met_on) == (State.MET, timezone.localdate(project.published_at))
    assert standing(make_running(state=PageState.DRAFT), "website").state == State.OVERDUE


def test_a_duty_is_open_until_its_day_and_overdue_after_it():
    on_time, late = make_running(approved_on=days_ago(30)), make_running()
    assert standing(on_time, "poster").state == State.OPEN
    assert standing(on_time, "poster").words.startswith("due by ")
    assert standing(late, "poster").state == State.OVERDUE
    assert standing(late, "poster").words.startswith("overdue since ")


def test_evidence_meets_it_from_its_first_day_on():
    project = make_running()
    for days in (10, 50):
        DutyEvidence.objects.create(project=project, duty="poster", met_on=days_ago(days), note="In the hall")
    met = standing(project, "poster")
    assert (met.state, met.met_on) == (State.MET, days_ago(50))
    assert standing(project, "documents").state == State.OVERDUE


def test_what_only_a_person_can_know_is_to_be_decided():
    project = make_running(total_budget=Decimal("900000.00"))
    assert standing(project, "plaque").state == State.TO_DECIDE
    DutyEvidence.objects.create(project=project, duty="plaque", does_not_apply=True, note="Nothing is built")
    decided = standing(project, "plaque")
    assert (decided.state, decided.words) == (State.NOT_ASKED, "does not apply: Nothing is built")


@pytest.mark.parametrize(
    ("total", "plaque", "event"),
    [
        ("100000.00", State.NOT_ASKED, State.NOT_ASKED),
        ("100000.01", State.TO_DECIDE, State.NOT_ASKED),
        ("5000000.00", State.TO_DECIDE, State.NOT_ASKED),
        ("5000000.01", State.TO_DECIDE, State.OPEN),
        (None, State.TO_DECIDE, State.TO_DECIDE),
    ],
)
def test_some_apply_from_an_amount_on_and_unknown_is_not_zero(total, plaque, event):
    project = make_running(total_budget=total and Decimal(total))
    assert [standing(project, name).state for name in ("plaque", "event")] == [plaque, event]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "met_on"),
        ({"met_on": date(2024, 1, 1)}, "address"),
        ({"met_on": date(2999, 1, 1), "note": "Soon"}, "met_on"),
        ({"does_not_apply": True}, "note"),
        ({"does_not_apply": True, "note": "Why", "met_on": date(2024, 1, 1)}, "met_on"),
    ],
)
def test_evidence_says_when_and_by_what_or_why_not(fields, field):
    with pytest.raises(ValidationError) as refused:
        DutyEvidence(project=make.make_project(), duty="poster", **fields).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_the_database_keeps_that_rule_too():
    with pytest.raises(IntegrityError):
        DutyEvidence.objects.create(project=make.make_project(), duty="poster")


def test_evidence_of_one_project_shows_no_file_of_another():
    document = Document.objects.create(project=make.make_project(), language="en", size=1, file="documents/a/b.pdf")
    evidence = DutyEvidence(project=make.make_project(), duty="poster", met_on=date(2024, 1, 1), document=document)
    with pytest.raises(ValidationError, match="another project"):
        evidence.full_clean()


def test_an_editor_records_how_a_duty_was_met_and_comes_back_to_all_of_them(office, editor):
    project = make_running()
    address = f"{ADD}?project={project.pk}&duty=poster"
    assert mistakes(send(office, address, {"met_on": "2024-03-01"})) == {
        "address": "Name what shows it: an address, a document, a picture or a note."
    }
    answer = send(office, address, {"met_on": "2024-03-01", "note": "In the entrance hall"})
    assert answer["Location"] == f"/admin/visibility/projects/{project.pk}/"
    evidence = DutyEvidence.objects.get()
    assert (evidence.duty, evidence.met_on, evidence.recorded_by) == ("poster", date(2024, 3, 1), editor)
    page = BeautifulSoup(office.get(answer["Location"]).content, "html.parser")
    assert "In the entrance hall" in page.select_one(".duty--met .duty__evidence:-soup-contains(entrance)").text
    assert "Met on 1 March 2024" in page.text


def test_a_partner_editor_records_for_their_own_projects_alone():
    own, other = make_running(), make_running()
    partner = make.make_participation(own, "lead").partner
    browser = logged_in(make_person("partner_editor", partner=partner))
    data = filled_in(browser, f"{ADD}?duty=poster") | {"met_on": "2024-03-01", "note": "At the gate"}
    browser.post(ADD, data | {"project": other.pk})
    assert not DutyEvidence.objects.exists()
    assert browser.post(ADD, data | {"project": own.pk}).status_code == 302
    assert DutyEvidence.objects.get().project == own


def test_what_is_overdue_waits_on_the_first_screen_while_the_project_runs(office, editor):
    late = make_running(acronym="LATE")
    make_running(acronym="DRAFT", state=PageState.DRAFT)
    make.make_project(acronym="OVER", start=date(2019, 1, 1), end=date(2021, 1, 1))
    make_running(acronym="CANCELLED", cancelled_on=days_ago(1))
    (card,) = [each for each in waiting_for(editor) if each.waiting.name == "visibility"]
    assert [row.line for row in card.rows] == ["LATE"]
    assert card.rows[0].address == f"/admin/visibility/projects/{late.pk}/"
    assert "Poster or electronic display" in card.rows[0].note
    page = office.get(card.lists[0][1]).content.decode()
    assert "LATE" in page
    assert "OVER" not in page.replace("Overdue", "").replace("OVERDUE", "")


def test_who_may_not_record_it_is_not_told_of_it():
    make_running()
    for role in ("translator", "reviewer", "reader"):
        assert not [each for each in waiting_for(make_person(role)) if each.waiting.name == "visibility"], role


def test_the_pages_take_no_more_queries_with_more_evidence(office):
    project = make_running()
    address = f"/admin/visibility/projects/{project.pk}/"

    def queries(place):
        with CaptureQueriesContext(connection) as found:
            assert office.get(place).status_code == 200
        return len(found)

    DutyEvidence.objects.create(project=project, duty="poster", met_on=date(2024, 1, 1), note="Here")
    few, late = queries(address), queries("/admin/visibility/late/")
    for number in range(5):
        participation = make.make_participation(project)
        DutyEvidence.objects.create(
            project=project, duty="poster", participation=participation, met_on=date(2024, 1, 1), note=f"Hall {number}"
        )
        make_running()
    assert queries(address) <= few
    assert queries("/admin/visibility/late/") == late


def test_a_partner_editor_leaves_alone_what_another_partner_did():
    project = make_running()
    own, other = make.make_participation(project, "lead"), make.make_participation(project, "partner")
    for participation in (own, other, None):
        DutyEvidence.objects.create(
            project=project, duty="poster", met_on=date(2024, 1, 1), note="x", participation=participation
        )
    editable = DutyEvidence.objects.editable_by(make_person("partner_editor", partner=own.partner))
    assert {each.participation for each in editable} == {own, None}


def test_what_does_not_apply_to_one_partner_may_apply_to_the_others():
    project = make_running()
    part = make.make_participation(project, "lead")
    DutyEvidence.objects.create(
        project=project, duty="poster", does_not_apply=True, note="No building", participation=part
    )
    assert standing(project, "poster").state == State.OVERDUE
