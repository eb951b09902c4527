"""Figures on their way from a draft to an approved value, and the periods that are locked after them."""

from datetime import date

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.models import Notice
from accounts.roles import BY_NAME
from editorial.decisions import Decision
from editorial.keeping import keep
from editorial.models import BulkChange
from editorial.review import steps_for
from editorial.versions import snapshots_of
from projects.models import Document
from results.models import Indicator, Measurement, ReportingPeriod
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.two_editors import differences, page
from tests.forms import change, filled_in, mistakes, said, send, take, with_row

FIGURES, PERIODS = "/admin/results/measurement/", "/admin/results/reportingperiod/"
WHY = "The partner sent a corrected list"

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(project, period):
    return make.make_measurement(make.make_target(project), period=period, state="draft", narrative_en="Four of them")


@pytest.fixture
def officer(project):
    """A partner editor of the project."""
    person = make_person("partner_editor", partner=make.make_partner(), first_name="Ana", last_name="Zupan")
    make.make_participation(project, partner=person.partner)
    return person


@pytest.fixture
def reviewer():
    return make_person("reviewer", first_name="Rok", last_name="Kos")


def state(figure) -> str:
    return Measurement.objects.get(pk=figure.pk).state


def lock(period):
    ReportingPeriod.objects.filter(pk=period.pk).update(locked_on=date(2023, 9, 1))


def set_state(figure, new):
    Measurement.objects.filter(pk=figure.pk).update(state=new)


def confirm(browser, address, step, *records, note="", **more):
    data = {"action": step, ACTION_CHECKBOX_NAME: [record.pk for record in records], "_confirmed": "1"}
    return browser.post(address, data | {f"review-{step}-note": note} | more, follow=True)


# From a draft to an approved value


def test_a_figure_is_submitted_returned_with_a_note_and_approved(officer, reviewer, figure):
    desk, office = logged_in(officer), logged_in(reviewer)
    assert take(desk, change(figure), "submit", value="5").status_code == 302
    assert "Say why" in page(take(office, change(figure), "return")).text
    take(office, change(figure), "return", WHY)
    assert state(figure) == "returned"
    assert WHY in page(desk.get(change(figure))).select_one(".review__returned").text
    take(desk, change(figure), "submit", value="6")
    take(office, change(figure), "approve")
    figure.refresh_from_db()
    assert (figure.state, figure.value, figure.narrative_en) == ("approved", 6, "Four of them")
    course = Decision.objects.on(figure).values_list("step", "person__last_name", "note")
    assert list(reversed(course)) == [
        ("submit", "Zupan", ""), ("return", "Kos", WHY), ("submit", "Zupan", ""), ("approve", "Kos", "")
    ]  # fmt: skip


def test_those_concerned_hear_of_each_step(officer, reviewer, figure):
    take(logged_in(officer), change(figure), "submit")
    assert [str(notice) for notice in reviewer.notices.all()] == [f"Ana Zupan submitted “{figure}” for review."]
    take(logged_in(reviewer), change(figure), "approve")
    assert [str(notice) for notice in officer.notices.all()] == [f"Rok Kos approved “{figure}”."]


@pytest.mark.parametrize("step", ["approve", "return", "reopen"])
def test_a_hand_made_request_of_a_partner_approves_nothing(officer, figure, step):
    desk = logged_in(officer)
    origin = {"approve": "draft", "return": "submitted", "reopen": "approved"}[step]
    set_state(figure, "draft")
    data = filled_in(desk, change(figure)) | {"_step": step, f"review-{step}-note": WHY, "state": "approved"}
    set_state(figure, origin)
    desk.post(change(figure), data)
    confirm(desk, FIGURES, step, figure, note=WHY)
    assert state(figure) == origin
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("editor", ["submit", "approve"]),
        ("reviewer", ["submit", "approve"]),
        ("partner_editor", ["submit"]),
        ("translator", []),
    ],
)
def test_each_role_takes_its_steps(figure, role, steps):
    assert [step.code for step in steps_for(make_person(role), figure)] == steps
    assert BY_NAME[role].may("results.reopen_reportingperiod") == (role == "reviewer")


def test_an_approved_value_has_no_fields_and_takes_no_change(office, figure):
    data = filled_in(office, change(figure))
    set_state(figure, "approved")
    assert not page(office.get(change(figure))).select("[name=value], [name=period], [name=evidence_address]")
    answer = office.post(change(figure), data | {"value": "9"})
    assert "approved" in page(answer).select_one("#content-main").text
    assert page(answer).select_one("[name=value]")["value"] == "9", "what was typed is still there"
    figure.refresh_from_db()
    assert (figure.value, figure.state) == (4, "approved")
    figure.value = 7
    with pytest.raises(ValidationError, match="approved"):
        figure.full_clean()


def test_an_approved_value_is_still_translated_and_not_reworded(office, figure):
    set_state(figure, "approved")
    assert send(office, change(figure), {"narrative_sl": "Štiri"}).status_code == 302
    send(office, change(figure), {"narrative_en": "Five of them", "value": "5"})
    send(office, change(figure), {"narrative_sl": "Pet"})
    figure.refresh_from_db()
    assert (figure.narrative_en, figure.narrative_sl, figure.value) == ("Four of them", "Štiri", 4)


def test_reopening_an_approved_value_needs_a_reason_that_is_kept(office, officer, figure):
    set_state(figure, "approved")
    take(office, change(figure), "reopen")
    assert state(figure) == "approved"
    take(office, change(figure), "reopen", WHY)
    assert state(figure) == "returned"
    assert WHY in page(logged_in(officer).get(change(figure))).select_one(".review__returned").text


def test_an_approved_value_can_not_be_deleted(office, figure):
    set_state(figure, "approved")
    assert (
        office.post(reverse("admin:results_measurement_delete", args=[figure.pk]), {"post": "yes"}).status_code == 403
    )
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [figure.pk], "post": "yes"}
    assert "stays as it is until it is reopened" in office.post(FIGURES, data).content.decode()
    assert Measurement.objects.exists()


def test_neither_an_earlier_version_nor_undo_changes_an_approved_value(office, editor, figure):
    keep(figure, editor, "form")
    earlier = snapshots_of(Measurement, figure.pk)[0]
    send(office, change(figure), {"value": "8"})
    confirm(office, FIGURES, "approve", figure)
    assert state(figure) == "approved"
    answer = office.post(reverse("admin:results_measurement_restore", args=[figure.pk, earlier.pk]), follow=True)
    assert "until it is reopened" in " ".join(said(answer))
    undo = reverse("admin:results_measurement_undo", args=[BulkChange.objects.get().pk])
    assert "until it is reopened" in " ".join(said(office.post(undo, follow=True)))
    figure.refresh_from_db()
    assert (figure.value, figure.state) == (8, "approved")


def test_undoing_a_submission_of_several_is_kept_as_a_decision(office, figure):
    confirm(office, FIGURES, "submit", figure)
    office.post(reverse("admin:results_measurement_undo", args=[BulkChange.objects.get().pk]))
    assert state(figure) == "draft"
    assert [decision.step for decision in Decision.objects.on(figure)] == ["undo", "submit"]


def test_who_writes_while_another_approves_is_told_and_loses_nothing(office, reviewer, figure):
    data = filled_in(office, change(figure)) | {"value": "9"}
    take(logged_in(reviewer), change(figure), "approve")
    answer = office.post(change(figure), data)
    assert "Rok Kos approved" in page(answer).select_one("#content-main").text
    assert differences(answer)
    assert page(answer).select_one("[name=value]")["value"] == "9"
    assert Measurement.objects.get().value == 4


# Locked periods


def test_a_locked_period_takes_neither_new_nor_changed_figures_nor_steps(office, figure, period):
    data, new = filled_in(office, change(figure)), filled_in(office, f"{FIGURES}add/")
    lock(period)
    target = make.make_target(period.project)
    assert "was locked on 1 September 2023" in page(office.post(change(figure), data | {"value": "9"})).text
    answer = office.post(f"{FIGURES}add/", new | {"target": target.pk, "period": period.pk, "value": "1"})
    assert "was locked" in mistakes(answer)["period"]
    take(office, change(figure), "submit")
    confirm(office, FIGURES, "submit", figure)
    assert list(Measurement.objects.values_list("value", "state")) == [(4, "draft")]


def test_locking_waits_until_every_figure_is_reviewed(office, figure, period):
    set_state(figure, "submitted")
    take(office, change(period), "lock")
    assert ReportingPeriod.objects.get().locked_on is None
    assert (
        "1 figure still waits for review"
        in page(office.post(PERIODS, {"action": "lock", ACTION_CHECKBOX_NAME: [period.pk]})).text
    )
    set_state(figure, "approved")
    take(office, change(period), "lock")
    assert ReportingPeriod.objects.get().locked_on
    assert "Locked" in page(office.get(change(period))).select_one(".review").text


def test_reopening_a_period_needs_the_right_and_a_reason_that_is_kept(reviewer, figure, period, officer):
    Measurement.objects.update(author=officer)
    lock(period)
    take(logged_in(make_person("editor")), change(period), "reopen", WHY)
    take(logged_in(reviewer), change(period), "reopen")
    assert ReportingPeriod.objects.get().locked_on
    take(logged_in(reviewer), change(period), "reopen", WHY)
    assert ReportingPeriod.objects.get().locked_on is None
    decision = Decision.objects.on(period).get()
    assert (decision.step, decision.note, decision.person) == ("reopen", WHY, reviewer)
    assert WHY in page(logged_in(reviewer).get(change(period))).select_one(".review__course").text
    assert Notice.objects.get(person=officer).note == WHY


@pytest.mark.parametrize("change_rows", [{"end": "2023-05-31"}, {"DELETE": "on"}])
def test_the_projects_form_leaves_a_locked_period_alone(office, project, period, change_rows):
    data = filled_in(office, change(project))
    lock(period)
    row = {f"reporting_periods-0-{name}": value for name, value in change_rows.items()}
    assert "was locked" in page(office.post(change(project), data | row)).text
    period.refresh_from_db()
    assert period.end == date(2023, 6, 30)
    send(office, change(project), {"acronym": "Other"})
    project.refresh_from_db()
    assert project.acronym == "Other", "the rest of the form is saved as ever"


def test_an_earlier_version_of_the_project_changes_no_locked_period(office, editor, project, period):
    keep(project, editor, "form")
    earlier = snapshots_of(type(project), project.pk)[0]
    send(office, change(project), {"reporting_periods-0-end": "2023-05-31"})
    lock(period)
    answer = office.post(reverse("admin:projects_project_restore", args=[project.pk, earlier.pk]), follow=True)
    assert "was locked" in " ".join(said(answer))
    period.refresh_from_db()
    assert period.end == date(2023, 5, 31)


def test_a_locked_period_can_not_be_deleted(office, period):
    lock(period)
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [period.pk], "post": "yes"}
    assert "was locked" in office.post(PERIODS, data).content.decode()
    assert ReportingPeriod.objects.exists()


# What can't be


def test_periods_of_a_project_do_not_overlap(office, project, period):
    data = {"project": project.pk, "number": "2", "start": "2023-06-30", "end": "2023-12-31"}
    assert "overlaps with period 1" in mistakes(send(office, f"{PERIODS}add/", data))["start"]
    rows = with_row(filled_in(office, change(project)), "reporting_periods", **(data | {"project": ""}))
    assert "overlaps with period 1" in page(office.post(change(project), rows)).text
    assert ReportingPeriod.objects.count() == 1
    assert send(office, f"{PERIODS}add/", data | {"start": "2023-07-01"}).status_code == 302


def test_an_organisation_that_had_left_reports_nothing(office, project, period):
    gone = make.make_participation(project, left=date(2022, 12, 31))
    data = {"target": make.make_target(project).pk, "period": period.pk, "participation": gone.pk, "value": "4"}
    assert "left the project on 31 December 2022" in mistakes(send(office, f"{FIGURES}add/", data))["participation"]
    type(gone).objects.update(left=date(2023, 3, 31))
    assert send(office, f"{FIGURES}add/", data).status_code == 302


@pytest.mark.parametrize("can_exceed", [True, False])
def test_a_percentage_above_100_is_refused_unless_its_indicator_may_exceed_it(office, project, period, can_exceed):
    indicator = make.make_indicator(measure="percentage", calculation="last", can_exceed_whole=can_exceed)
    target = make.make_target(project, indicator=indicator, value=90)
    answer = send(office, f"{FIGURES}add/", {"target": target.pk, "period": period.pk, "value": "100.5"})
    assert Measurement.objects.exists() == can_exceed
    assert can_exceed or "is more than the whole" in mistakes(answer)["value"]


def test_a_target_without_a_unit_takes_no_value(office, figure, period):
    Indicator.objects.update(unit_en="", unit="")
    assert "has no unit" in page(send(office, change(figure), {"value": "9"})).text
    assert Measurement.objects.get().value == 4


def test_evidence_that_is_gone_is_not_taken(office, figure, project):
    document = Document.objects.create(project=project, title_en="List", language="en", file=ContentFile(b"x", "l.pdf"))
    data = filled_in(office, change(figure)) | {"evidence_document": document.pk, "value": "9"}
    document.delete()
    assert mistakes(office.post(change(figure), data))["evidence_document"]
    assert Measurement.objects.get().value == 4


def test_what_proves_an_approved_figure_neither_goes_nor_changes(office, figure, project):
    document = Document.objects.create(project=project, title_en="List", language="en", file=ContentFile(b"x", "l.csv"))
    Measurement.objects.update(evidence_document=document, state="approved")
    office.post(reverse("admin:projects_document_delete", args=[document.pk]), {"post": "yes"})
    assert Document.objects.exists()
    answer = office.post(change(document), filled_in(office, change(document)) | {"file": ContentFile(b"a,b", "n.csv")})
    assert "proves an approved figure" in page(answer).text
    send(office, change(document), {"title_en": "The list"})
    document.refresh_from_db()
    assert (document.title_en, document.file.read()) == ("The list", b"x")


def test_a_due_date_with_a_mistyped_year_is_refused(office, period):
    answer = send(office, change(period), {"due_on": "0001-01-02"})
    assert list(mistakes(answer)) == ["due_on"]
    assert ReportingPeriod.objects.get().due_on is None


def test_what_figures_hang_on_doesnt_become_another_projects(office, figure, period):
    other = make.make_project()
    for record in (figure.target, period):
        assert "Figures have been reported" in mistakes(send(office, change(record), {"project": other.pk}))["project"]
        record.refresh_from_db()
        assert record.project != other


def test_an_indicator_is_exchanged_until_a_figure_of_it_counts_in_public(office, figure):
    other = make.make_indicator(measure="percentage", calculation="last")
    assert send(office, change(figure.target), {"indicator": other.pk}).status_code == 302
    set_state(figure, "approved")
    answer = send(office, change(figure.target), {"indicator": make.make_indicator().pk})
    assert list(mistakes(answer)) == ["indicator"]


@pytest.mark.parametrize(("typed", "is_kept"), [("12345678901.2345", True), ("123456789012.3456", False)])
def test_a_value_is_kept_to_its_last_figure_or_refused(office, figure, typed, is_kept):
    answer = send(office, change(figure), {"value": typed})
    assert list(mistakes(answer)) == ([] if is_kept else ["value"])
    assert str(Measurement.objects.get().value) == (typed if is_kept else "4.0000")


@pytest.fixture
def locked_before(monkeypatch):
    """Somebody locks every period in the moment before a request gets hold of it."""

    def lock(model, **condition):
        if model is ReportingPeriod:
            ReportingPeriod.objects.filter(**condition).update(locked_on=date(2023, 9, 1))

    monkeypatch.setattr("results.reporting_admin.lock", lock)


def test_nothing_is_submitted_into_a_period_that_is_locked_in_that_moment(office, figure, locked_before):
    answer = take(office, change(figure), "submit")
    assert "locked" in " ".join(mistakes(answer).values())
    assert state(figure) == "draft"


def test_nor_are_several(office, figure, locked_before):
    confirm(office, FIGURES, "submit", figure)
    assert state(figure) == "draft"


@pytest.mark.parametrize("field", ["partner", "project"])
def test_a_participation_with_figures_stays_its_partners_and_projects(office, project, period, field):
    share = make.make_participation(make.make_project(state="draft"))
    elsewhere = {"partner": make.make_partner(), "project": make.make_project(state="draft")}[field]
    assert send(office, change(share), {field: elsewhere.pk}).status_code == 302
    make.make_measurement(make.make_target(share.project), participation=share)
    share.refresh_from_db()
    other = {"partner": make.make_partner(), "project": make.make_project(state="draft")}[field]
    assert "Figures have been reported" in mistakes(send(office, change(share), {field: other.pk}))[field]
