from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from projects.models import Amendment
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_period,
    make_phase,
    make_project,
    make_target,
)
from tests.reports.kinds.reading import column, facts, made, problems, rows, texts, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(acronym="RIVER", start=date(2024, 1, 1), end=date(2025, 12, 31))
    make_participation(project, "lead")
    return project


@pytest.fixture
def periods(project):
    """Two half-years; reports are made of the second."""
    return [
        make_period(project, number=1, start=date(2024, 1, 1), end=date(2024, 6, 30)),
        make_period(project, number=2, start=date(2024, 7, 1), end=date(2024, 12, 31)),
    ]


def test_a_figure_stands_with_what_the_period_brought_and_how_far_that_leads(editor, project, periods):
    target = make_target(project, value=40)
    later = make_period(project, number=3, start=date(2025, 1, 1), end=date(2025, 6, 30))
    for period, value in zip([*periods, later], (6, 4, 100), strict=True):
        make_measurement(target, period=period, value=value)
    [figure] = rows(made("progress", editor, 2), "ledger")
    assert (figure["In the period"], figure["So far"], figure["Target"]) == (4, 10, 40)
    assert figure["Share reached"] == Decimal("0.25")
    assert figure["State of reporting"] == "Approved"


def test_what_counts_from_the_start_is_not_added_up(editor, project, periods):
    target = make_target(project, value=40, indicator=make_indicator(calculation="last"))
    for period, value in zip(periods, (6, 10), strict=True):
        make_measurement(target, period=period, value=value)
    [figure] = rows(made("progress", editor, 2), "ledger")
    assert (figure["In the period"], figure["So far"]) == (10, 10)


def test_what_isnt_approved_is_told_by_its_state_and_no_value(editor, project, periods):
    for state in ("draft", "submitted", "returned"):
        make_measurement(make_target(project), period=periods[1], value=987, state=state)
    make_target(project)
    document = made("progress", editor, 2)
    states = column(document, "ledger", "State of reporting")
    assert states == ["Not yet approved", "Not yet approved", "Not yet approved", "Not yet reported"]
    assert column(document, "ledger", "In the period") == [None] * 4
    assert "987" not in str(document.content)


def test_a_figure_of_one_partner_without_approval_makes_it_partly_approved(editor, project, periods):
    target = make_target(project)
    make_measurement(target, period=periods[1], participation=project.participations.get())
    make_measurement(target, period=periods[1], participation=make_participation(project), state="draft")
    [figure] = rows(made("progress", editor, 2), "ledger")
    assert (figure["State of reporting"], figure["So far"]) == ("Partly approved", 4)


def test_what_the_portal_counts_is_counted_until_the_end_of_the_period(editor, project, periods):
    make_target(project, value=5, indicator=make_indicator(counts="workshops"))
    for day in (date(2024, 3, 1), date(2024, 8, 1), date(2025, 3, 1)):
        make_event(project=project, start_date=day)
    [figure] = rows(made("progress", editor, 2), "ledger")
    assert (figure["In the period"], figure["So far"]) == (1, 2)
    assert figure["State of reporting"] == "Counted in the portal"
    assert problems("progress", editor, 2) == []


def test_a_promise_without_a_target_value_has_no_share(editor, project, periods):
    make_measurement(make_target(project, value=None), period=periods[1])
    [figure] = rows(made("progress", editor, 2), "ledger")
    assert (figure["Target"], figure["Share reached"], figure["So far"]) == (None, None, 4)


def test_what_happened_is_of_the_periods_days_alone(editor, project, periods):
    for day in (date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31), date(2025, 1, 1)):
        make_event(project=project, start_date=day, title_en=f"On {day}")
    make_article(project, title_en="In time", published_at="2024-07-05T10:00:00Z")
    make_article(project, title_en="Too late", published_at="2025-02-05T10:00:00Z")
    Amendment.objects.create(project=project, kind="other", decided_on=date(2024, 9, 1), reason_en="New contact")
    Amendment.objects.create(project=project, kind="other", decided_on=date(2025, 9, 1))
    make_phase(project, number=1, name_en="Measuring", end=date(2025, 6, 30))
    document = made("progress", editor, 2)
    assert column(document, "events", "Event") == ["On 2024-07-01", "On 2024-12-31"]
    assert column(document, "events-ahead", "Event") == ["On 2025-01-01"]
    assert column(document, "articles", "Article") == ["In time"]
    assert column(document, "amendments", "Reason") == ["New contact"]
    assert column(document, "phases", "Phase") == ["Measuring"]


def test_what_there_isnt_is_said(editor, project, periods):
    document = made("progress", editor, 2)
    assert texts(document) == [
        "The project has no targets.",
        "No event was held.",
        "No decision of this period changed the project.",
    ]


def test_the_period_is_told_and_whether_it_is_locked(editor, project, periods):
    told = facts(made("progress", editor, 2))
    assert (told["Reporting period"], told["Until"], told["State"]) == (2, date(2024, 12, 31), "Open")
    periods[1].locked_on = date(2025, 2, 1)
    periods[1].save()
    assert facts(made("progress", editor, 2))["State"] == "Locked"


def test_each_project_is_told_with_its_own_period_of_the_number(editor, project, periods):
    other = make_project(acronym="ORCHARD", slug="orchard")
    make_participation(other, "lead")
    make_period(other, number=2, start=date(2023, 1, 1), end=date(2023, 6, 30))
    document = made("progress", editor, 2)
    assert [title for level, title in titles(document) if level == 1] == ["ORCHARD", "RIVER"]
    assert document.title == "Progress report, period 2"


def test_a_project_without_the_period_is_left_out_and_said(editor, project, periods):
    make_participation(make_project(acronym="ORCHARD"), "lead")
    assert "ORCHARD" not in str(made("progress", editor, 2).content)
    assert problems("progress", editor, 2) == ["ORCHARD: It has no reporting period 2, so the report leaves it out."]


def test_without_a_period_it_asks_for_one(editor, project, periods):
    assert problems("progress", editor) == ["Choose the reporting period that the report is about."]
    assert len(made("progress", editor).sections) == 1


def test_a_period_that_still_runs_isnt_final(editor, project):
    make_period(project, number=4, start=date(2024, 1, 1), end=timezone.localdate())
    assert problems("progress", editor, 4)[0].startswith("RIVER: Period 4 runs until ")
    project.reporting_periods.update(end=timezone.localdate() - timedelta(days=1))
    assert problems("progress", editor, 4) == []


def test_figures_without_approval_or_at_all_are_problems_of_that_period_alone(editor, project, periods):
    plans, visits = (make_target(project, indicator=make_indicator(name_en=name)) for name in ("Plans", "Visits"))
    make_measurement(plans, period=periods[1], state="returned")
    make_measurement(visits, period=periods[0], state="draft")
    assert problems("progress", editor, 2) == [
        "RIVER: Plans, period 2: the figure is not approved (Returned).",
        "RIVER: Visits: nothing was reported for period 2.",
    ]


@pytest.mark.parametrize("fields", [{"note_en": "Measured at the end."}, {"value": None}])
def test_silence_is_no_problem_where_it_is_explained_or_nothing_was_promised(editor, project, periods, fields):
    make_target(project, **fields)
    assert problems("progress", editor, 2) == []


def test_nothing_is_asked_for_what_was_reached_before(editor, project, periods):
    make_measurement(make_target(project, value=4), period=periods[0], value=4)
    assert problems("progress", editor, 2) == []
    assert column(made("progress", editor, 2), "ledger", "State of reporting") == ["Nothing new reported"]
