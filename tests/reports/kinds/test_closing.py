from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from factcheck.models import Discrepancy
from projects.models import Amendment, Document
from results.models import ActionPlan, PolicyChange, PolicyInstrument
from tests.factories import (
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_period,
    make_practice,
    make_programme,
    make_project,
    make_target,
)
from tests.reports.kinds.reading import column, facts, headers, made, problems, rows, table, texts, titles, total
from visibility.models import DutyEvidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """Over, with a lead partner, and nothing else known."""
    project = make_project(acronym="INNO", start=date(2019, 8, 1), end=date(2023, 1, 31))
    make_participation(project, "lead")
    return project


def change(project, **fields):
    for name, value in fields.items():
        setattr(project, name, value)
    project.save()


def test_it_reads_from_what_the_project_was_to_what_came_of_it(editor, project):
    make_event(project=project)
    make_practice(project)
    make_measurement(make_target(project))
    assert [title for _level, title in titles(made("closing", editor))] == [
        "The project", "Dates and decisions", "Budget", "Partners", "Promises and results", "Open points", "Evidence",
        "Good practices", "Events", "Duties of communication",
    ]  # fmt: skip


def test_the_budget_stands_as_approved_and_as_amended(editor, project):
    change(project, total_budget=1637941, union_funding=1330000, union_funding_is_rounded=True)
    Amendment.objects.create(
        project=project, kind="budget", previous_total_budget=1467941, new_total_budget=1637941, reason_en="More to do"
    )
    document = made("closing", editor)
    first = rows(document, "budget")[0]
    assert first["As first approved (EUR)"] == Decimal("1467941.00")
    assert first["As it stands now (EUR)"] == Decimal("1637941.00")
    assert first["Difference (EUR)"] == Decimal("170000.00")
    assert table(document, "budget").note == "Only a rounded figure of the Union funding has been published."
    [decision] = rows(document, "amendments")
    assert decision["Kind of decision"] == "Budget change"
    assert decision["What it changed"].startswith("Total budget raised by 170,000.00 EUR")
    assert (decision["Decided on"], decision["Reason"]) == (None, "More to do")


def test_an_end_that_was_moved_twice_is_told_with_the_first_one(editor, project):
    for previous, new in ((date(2022, 7, 31), date(2023, 1, 31)), (date(2022, 1, 31), date(2022, 7, 31))):
        Amendment.objects.create(project=project, kind="extension", previous_end=previous, new_end=new)
    told = facts(made("closing", editor))
    assert told["End as first approved"] == date(2022, 1, 31)
    assert told["End as it stands now"] == date(2023, 1, 31)


def test_without_decisions_it_says_so_and_the_first_end_is_that_of_now(editor, project):
    document = made("closing", editor)
    assert "No decision changed the project." in texts(document)
    assert facts(document)["End as first approved"] == date(2023, 1, 31)


def test_unknown_amounts_are_none_and_never_zero(editor, project):
    make_participation(project)
    document = made("closing", editor)
    assert column(document, "budget", "As it stands now (EUR)") == [None, None]
    assert column(document, "budget", "Difference (EUR)") == [None, None]
    assert column(document, "partners", "Total budget (EUR)") == [None, None]
    assert total(document, "partners")["Total budget (EUR)"] is None
    assert "Not known: Total budget (EUR)" in table(document, "partners").note


def test_partners_are_summed_up_as_far_as_they_are_known(editor, project):
    make_participation(project, total_budget=100, union_funding=85, union_funding_is_rounded=True)
    make_participation(project, total_budget=50, union_funding=40)
    document = made("closing", editor)
    assert total(document, "partners")["Total budget (EUR)"] == Decimal("150.00")
    assert column(document, "partners", "Union co-financing rate") == [None, Decimal("0.850000"), Decimal("0.800000")]
    assert total(document, "partners")["Union co-financing rate"] is None
    note = table(document, "partners").note
    assert "Total budget (EUR): the total is of those that are known, 2 of 3." in note
    assert "Union funding (EUR): 1 amount is rounded." in note


def test_days_stand_only_where_someone_came_or_went(editor, project):
    assert "Left on" not in headers(table(made("closing", editor), "partners"))
    make_participation(project, left=date(2021, 5, 1))
    assert column(made("closing", editor), "partners", "Left on") == [None, date(2021, 5, 1)]


def test_promises_stand_with_target_reached_and_outcome(editor, project):
    kept = make_target(project, value=10, indicator=make_indicator(code="A1", name_en="Plans"))
    make_measurement(kept, value=12)
    make_target(
        project, value=5, note_en="Nobody counted them.", indicator=make_indicator(code="B1", name_en="Blueprints")
    )
    document = made("closing", editor)
    first, second = rows(document, "ledger")
    assert first["Indicator"] == "A1 Plans"
    assert (first["Target"], first["Actual"], first["Share reached"]) == (10, 12, Decimal("1.2"))
    assert (first["How it stands"], second["How it stands"]) == ("Exceeded", "Not yet reported")
    assert (second["Actual"], second["Share reached"]) == (None, None)
    [point] = rows(document, "open")
    assert (point["Indicator"], point["Note"]) == ("B1 Blueprints", "Nobody counted them.")


def test_what_was_reported_without_a_promise_is_said_to_be(editor, project):
    make_measurement(make_target(project, value=None), value=3)
    [line] = rows(made("closing", editor), "ledger")
    assert (line["Target"], line["Actual"], line["Share reached"]) == (None, 3, None)
    assert line["How it stands"] == "Reported without a promise"


def test_every_figure_has_its_words_and_evidence(editor, project):
    target = make_target(project)
    file = ContentFile(b"one", name="list.csv")
    document = Document.objects.create(project=project, language="en", file=file)
    address = "https://example.org/proof"
    make_measurement(target, narrative_en="Since [[start_date]].", evidence_document=document, evidence_address=address)
    [figure] = rows(made("closing", editor), "figures")
    assert figure["In words"] == "Since 1 August 2019."
    first, second = figure["Evidence"].split("; ")
    assert first.startswith("http")
    assert first.endswith(f"/en/projects/{project.slug}/documents/{document.pk}/list.csv")
    assert second == address


def test_what_isnt_translated_says_its_language(editor, project):
    change(project, title_en="Only English", summary_en="A summary")
    with translation.override("sl"):
        document = made("closing", editor)
    assert facts(document)["Naslov"].startswith("Only English (")
    assert "angleščina" in facts(document)["Naslov"]


def test_the_way_to_changed_policy_is_told(editor, project):
    practice = make_practice(project, title_en="Vouchers")
    instrument = PolicyInstrument.objects.create(project=project, name_en="Strategy", country="SI")
    plan = ActionPlan.objects.create(instrument=instrument, title_en="Plan", progress="adopted")
    plan.practices.add(practice)
    for amount in (100, None):
        PolicyChange.objects.create(
            instrument=instrument, kind="governance", description_en="A", amount_influenced=amount
        )
    document = made("closing", editor)
    assert rows(document, "action-plans")[0]["Inspired by"] == "Vouchers"
    assert total(document, "policy-changes")["Amount influenced (EUR)"] == Decimal(100)
    assert "1 of 2" in table(document, "policy-changes").note


def test_duties_are_shown_by_what_was_recorded_of_them(editor):
    project = make_project(programme=make_programme("2014-2020"), end=date(2024, 1, 31))
    shown = {row["Duty"]: row for row in rows(made("closing", editor), "duties")}
    assert shown["Emblem and funding statement"]["Shown by"] == (
        "Statement of 2014-2020 · European Regional Development Fund"
    )
    assert shown["Short description on the website"]["Shown by"] == "Its page in this portal"
    assert shown["Poster"]["Since"] is None
    DutyEvidence.objects.create(project=project, duty="poster", met_on=date(2023, 5, 2), note="In the entrance hall")
    poster = {row["Duty"]: row for row in rows(made("closing", editor), "duties")}["Poster"]
    assert (poster["Shown by"], poster["Since"]) == ("In the entrance hall", date(2023, 5, 2))


def test_several_projects_have_a_chapter_each(editor, project):
    make_project(acronym="ALFA", slug="alfa")
    document = made("closing", editor)
    assert [title for level, title in titles(document) if level == 1] == ["ALFA", "INNO"]
    assert table(document, "duties-alfa").title == "ALFA: Duties of communication"
    assert document.subtitle == "ALFA, INNO"


def test_a_project_that_agrees_with_itself_can_be_closed(editor, project):
    make_measurement(make_target(project))
    assert problems("closing", editor) == []


def test_a_running_project_cant_be_closed(editor):
    make_participation(make_project(acronym="RIVER", end=date(2999, 1, 1)), "lead")
    assert problems("closing", editor) == ["RIVER: The project is not over yet, so it can't be closed."]


def test_parts_that_dont_make_up_their_whole_are_a_problem(editor, project):
    change(project, total_budget=1000, union_funding=800)
    project.participations.update(total_budget=600, union_funding=500)
    make_participation(project, total_budget=300, union_funding=300)
    [problem] = problems("closing", editor)
    assert problem.startswith("INNO: The budgets of the partners come to 900.00 EUR, the project's total budget is")


def test_an_unknown_part_contradicts_nothing_unless_the_others_exceed_the_whole(editor, project):
    change(project, total_budget=1000, union_funding=800)
    make_participation(project, total_budget=900, union_funding=800)
    assert problems("closing", editor) == []
    make_participation(project, total_budget=200, union_funding=0)
    assert "come to 1,100.00 EUR" in problems("closing", editor)[0]


def test_what_is_rounded_need_not_add_up(editor, project):
    change(project, union_funding=1000, total_budget=2000, union_funding_is_rounded=True)
    project.participations.update(union_funding=987)
    assert problems("closing", editor) == []


def test_no_lead_a_figure_without_approval_and_a_promise_without_figure_are_problems(editor, project):
    project.participations.all().delete()
    indicator = make_indicator(name_en="Plans")
    make_measurement(
        make_target(project, indicator=indicator), state="submitted", period=make_period(project, number=3)
    )
    assert problems("closing", editor) == [
        "INNO: It has no lead partner. Choose one among its participations.",
        "INNO: Plans, period 3: the figure is not approved (Submitted).",
        "INNO: Plans: promised and not reported. Report a figure, or say why in the target's note.",
    ]


def test_a_promise_whose_note_says_why_it_has_no_figure_is_an_open_point_and_no_problem(editor, project):
    make_target(project, note_en="The survey was dropped.")
    assert problems("closing", editor) == []
    assert len(rows(made("closing", editor), "open")) == 1


def test_a_report_that_differs_from_the_records_is_a_problem_until_it_is_explained(editor, project):
    target = make_target(project, indicator=make_indicator(name_en="Workshops", counts="workshops"))
    make_measurement(target, value=30)
    make_event(project=project)
    assert problems("closing", editor) == [
        "INNO: Workshops: reported 30, listed 1. Correct one of them, or write on the target why they differ."
    ]
    change(target, difference_note_en="The others were small.")
    assert problems("closing", editor) == []
    assert "Why they differ" not in headers(table(made("closing", editor), "differences"))
    change(target, difference_note_is_public=True)
    assert column(made("closing", editor), "differences", "Why they differ") == ["The others were small."]


def test_texts_that_contradict_the_record_are_a_problem(editor, project):
    Discrepancy.objects.create(
        kind="projects.project", record_id=project.pk, field="summary", language="en", project=project, key="k",
        fact="total_budget", verdict="contradicts", passage="2 million", recorded="1 million", start=0, end=9,
        checked_at=timezone.now(),
    )  # fmt: skip
    assert problems("closing", editor) == ["INNO: 1 passage of its texts contradicts the record."]
