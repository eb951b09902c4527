"""The portfolio, a partner's contribution, indicators, communication and translation coverage."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from editorial.translating.progress import observe
from news.models import MediaMention
from projects.models import Topic
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_project,
    make_target,
)
from tests.reports.kinds.reading import column, facts, headers, made, problems, rows, table, texts, total

pytestmark = pytest.mark.django_db


def test_a_portfolio_sums_up_what_is_known_and_says_of_how_many(editor):
    make_project(total_budget=1000, union_funding=850, union_funding_is_rounded=True)
    make_project(total_budget=500)
    make_project()
    document = made("portfolio", editor)
    told = facts(document)
    assert (told["Total budget (EUR)"], told["Projects whose total budget is known"]) == (Decimal(1500), 2)
    assert (told["Union funding (EUR)"], told["Projects whose Union funding is known"]) == (Decimal(850), 1)
    assert total(document, "budgets")["Total budget (EUR)"] == Decimal(1500)
    note = table(document, "budgets").note
    assert "Total budget (EUR): the total is of those that are known, 2 of 3." in note
    assert "Union funding (EUR): 1 amount is rounded." in note


def test_a_portfolio_of_unknown_amounts_has_no_sum(editor):
    make_project()
    make_project()
    document = made("portfolio", editor)
    assert facts(document)["Total budget (EUR)"] is None
    assert total(document, "budgets")["Total budget (EUR)"] is None
    summed = {"Number of projects": 2, "Total budget (EUR)": None, "Union funding (EUR)": None}
    assert total(document, "programmes") == {"Programme": "Total"} | summed


def test_a_portfolio_has_the_agencys_own_part_of_the_projects_it_takes_part_in(editor):
    agency = make_partner(is_agency=True)
    for share in (100, None):
        make_participation(make_project(total_budget=1000), "lead", partner=agency, total_budget=share)
    make_project(total_budget=1000)
    document = made("portfolio", editor)
    own = "The agency's part of the total budget (EUR)"
    assert total(document, "budgets")[own] == Decimal(100)
    assert f"{own}: the total is of those that are known, 1 of 2." in table(document, "budgets").note


def test_a_project_of_two_topics_stands_with_both_and_they_arent_added_up(editor):
    project = make_project(total_budget=1000)
    project.topics.add(*(Topic.objects.create(slug=name, name_en=name) for name in ("growth", "energy")))
    document = made("portfolio", editor)
    assert column(document, "topics", "Topic") == ["energy", "growth"]
    assert total(document, "topics") is None
    assert "no total" in table(document, "topics").note


def test_organisations_of_a_portfolio_are_counted_once_by_country(editor):
    partner, gone = make_partner(country="SI"), make_partner(country="HR")
    for _ in range(2):
        project = make_project()
        make_participation(project, "lead", partner=partner)
        make_participation(project, partner=make_partner(country="AT"))
        make_participation(project, partner=gone, left=date(2023, 5, 1))
    document = made("portfolio", editor)
    assert facts(document)["Number of organisations that take part"] == 3
    assert table(document, "countries").rows == [["Austria", 2, 2], ["Slovenia", 2, 1]]


def test_a_portfolio_counts_how_promises_stand(editor):
    project = make_project(acronym="INNO", end=date(2024, 1, 1))
    for value in (4, 3, 9, None):
        make_measurement(make_target(project, value=value), value=4, period=make_period(project))
    make_target(project, value=1)
    [row] = rows(made("portfolio", editor), "promises")
    assert [row[name] for name in ("Promises", "Exceeded", "Reached", "Missed", "Not yet reported")] == [4, 1, 1, 1, 1]


def test_indicators_are_added_up_over_projects_as_far_as_they_are_known(editor):
    indicator = make_indicator(code="RCO84", name_en="Pilot actions")
    for value, reached in ((10, 4), (None, 5), (7, None)):
        target = make_target(make_project(), indicator=indicator, value=value)
        if reached:
            make_measurement(target, value=reached)
    document = made("indicators", editor)
    [row] = rows(document, "sums")
    assert (row["Number of projects"], row["Projects with a target"], row["Projects with a figure"]) == (3, 2, 2)
    assert (row["Sum of the targets"], row["Sum of what was reached"]) == (17, 9)
    assert len(rows(document, "by-project")) == 3


def test_percentages_are_never_added_up(editor):
    indicator = make_indicator(measure="percentage", calculation="last")
    for _ in range(2):
        make_measurement(make_target(make_project(), indicator=indicator, value=50), value=40)
    document = made("indicators", editor)
    [row] = rows(document, "sums")
    assert (row["Sum of the targets"], row["Sum of what was reached"]) == (None, None)
    assert row["Projects with a figure"] == 2
    assert column(document, "by-project", "Actual") == [40, 40]


def test_of_projects_without_targets_the_report_on_indicators_says_so(editor):
    make_project()
    assert texts(made("indicators", editor)) == ["None of the projects has targets."]
    assert problems("indicators", editor) == []


def test_a_contribution_is_of_all_projects_that_visitors_see(editor):
    partner = make_partner(name="RRA Posavje", slug="rra")
    make_participation(make_project(acronym="INNO"), "lead", partner=partner, total_budget=200, union_funding=170)
    make_participation(make_project(acronym="RIVER"), partner=partner)
    make_participation(make_project(acronym="SECRET", state="draft"), partner=partner, total_budget=10)
    document = made("contribution", editor, slug="rra")
    assert sorted(column(document, "projects", "Project")) == ["INNO", "RIVER"]
    assert total(document, "shares")["Total budget (EUR)"] == Decimal(200)
    assert "1 of 2" in table(document, "shares").note
    assert document.subtitle == "RRA Posavje"
    assert "SECRET" not in str(document.content)


def test_a_contribution_tells_the_partners_own_share_of_figures(editor):
    partner, project = make_partner(slug="rra"), make_project()
    part, other = make_participation(project, "lead", partner=partner), make_participation(project)
    target, period = make_target(project), make_period(project)
    make_measurement(target, period=period, participation=part, value=46)
    make_measurement(target, period=period, participation=other, value=38)
    [row] = rows(made("contribution", editor, slug="rra"), "figures")
    assert (row["Its share"], row["The whole project"]) == (46, 84)


def test_an_organisation_without_projects_is_told_so(editor):
    make_partner(slug="rra")
    assert texts(made("contribution", editor, slug="rra")) == ["The organisation takes part in no public project."]


def test_communication_counts_what_took_place_and_the_participants_that_are_known(editor):
    project = make_project()
    make_event(project=project, participants=40)
    make_event(project=project)
    make_event(project=project, participants=99, status="cancelled")
    make_event(project=project, participants=99, start_date=date(2999, 1, 1))
    document = made("communication", editor)
    [row] = rows(document, "projects")
    assert (row["Events held"], row["Number of participants"]) == (2, 40)
    assert table(document, "projects").note == ""
    assert len(rows(document, "events")) == 4
    assert [name.endswith("(Cancelled)") for name in column(document, "events", "Event")] == [False, False, True, False]


def test_what_part_of_the_participants_is_known_is_said_below_their_sum(editor):
    make_event(project=make_project(), participants=40)
    make_event(project=make_project())
    document = made("communication", editor)
    assert total(document, "projects")["Number of participants"] == 40
    assert "Number of participants: the total is of those that are known, 1 of 2." in table(document, "projects").note


def test_an_article_about_two_projects_is_one_in_its_year(editor):
    make_article(make_project(), make_project(), published_at="2024-07-05T10:00:00Z")
    document = made("communication", editor)
    assert column(document, "projects", "Articles") == [1, 1]
    assert total(document, "projects")["Articles"] is None
    assert table(document, "years").rows == [[2024, 0, None, 0, 0, 1]]


def test_media_are_counted_by_kind_and_language(editor):
    project = make_project()
    for kind, language in (("press", "sl"), ("press", "sl"), ("tv", "bg")):
        MediaMention.objects.create(
            project=project, outlet="Daily", title="News", kind=kind, language=language, published_on=date(2024, 2, 1)
        )
    document = made("communication", editor)
    assert table(document, "media-kinds").rows == [["Press", "Slovenian", 2], ["Television", "Bulgarian", 1]]


def test_coverage_tells_apart_what_is_complete_partly_there_missing_and_outdated(editor):
    project = make_project(title_en="Industry", title_sl="Industrija", summary_en="In short", summary_sl="Na kratko")
    complete, partly, missing = (make_event(project=project, title_en="A", description_en="<p>B</p>") for _ in range(3))
    complete.title_sl, complete.description_sl, partly.title_sl = "A", "<p>B</p>", "A"
    for event in (complete, partly):
        event.save()
    observe([project, complete, partly, missing])
    project.title_en = "New industry"
    project.save()
    observe([project])
    [row] = [row for row in rows(made("coverage", editor), "languages") if row["Language"] == "Slovenian"]
    assert [row[name] for name in ("Records", "Complete", "Partly", "Outdated", "Missing")] == [4, 1, 1, 1, 1]
    assert row["Texts up to date"] == Decimal("0.5")


def test_coverage_is_told_by_project_and_kind_without_drafts(editor):
    project = make_project(acronym="INNO", title_en="Industry")
    hidden = make_event(project=project, title_en="Hidden", state="draft")
    observe([project, hidden])
    document = made("coverage", editor)
    assert {row["Kind"] for row in rows(document, "records")} == {"Projects"}
    assert {row["Project"] for row in rows(document, "records")} == {"INNO"}


def test_where_nothing_is_to_be_translated_it_says_so(editor):
    make_project()
    assert texts(made("coverage", editor)) == ["There is nothing to translate."]


def test_headers_are_the_readers(editor):
    make_project(total_budget=5)
    with translation.override("sl"):
        assert headers(table(made("portfolio", editor), "projects"))[0] == "Akronim"
