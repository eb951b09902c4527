from datetime import date, datetime, time
from decimal import Decimal
from typing import get_args

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext

from editorial.states import State
from projects.models import Document, Project, ProjectWebsite, Topic
from reports.columns import Format
from reports.tables.articles import ARTICLES
from reports.tables.events import EVENTS
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.practices import PRACTICES
from reports.tables.projects import PROJECTS
from reports.tables.targets import TARGETS
from tests.factories import (
    make_article,
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_practice,
    make_project,
    make_target,
)
from tests.reports.sheets import PORTAL, book_of, cell_of, field_of, lines_of

pytestmark = pytest.mark.django_db
REPORTS = [PROJECTS, PARTICIPATIONS, TARGETS, PARTNERS, ARTICLES, EVENTS, PRACTICES]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_headers_are_each_there_once_and_translated(report):
    english = report.headers
    assert len(set(english)) == len(english)
    with translation.override("sl"):
        assert report.headers == [gettext(header) for header in english]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_column_has_a_format_that_the_writers_know(report):
    assert set(report.formats) <= set(get_args(Format))


def test_a_project_is_told_with_dates_and_amounts():
    make_project(
        acronym="INNO", start=date(2019, 8, 1), total_budget=Decimal("1637941.00"), union_funding=Decimal("1391000.00")
    )
    assert cell_of(PROJECTS, "Start").value == datetime(2019, 8, 1)  # noqa: DTZ001 – as Excel keeps a day
    assert cell_of(PROJECTS, "Total budget (EUR)").value == 1637941
    assert cell_of(PROJECTS, "Union co-financing rate").value == pytest.approx(0.8492, abs=0.0001)
    assert field_of(PROJECTS, "Total budget (EUR)") == "1637941.00"
    assert field_of(PROJECTS, "Start") == "2019-08-01"


def test_a_projects_partners_are_counted_and_its_lead_named():
    project = make_project()
    make_participation(project, "lead", partner=make_partner(name="RRA Posavje"))
    make_participation(project, partner=make_partner(country="LV"))
    make_participation(project, "associated", partner=make_partner(country="BG"))
    assert cell_of(PROJECTS, "Lead partner").value == "RRA Posavje"
    assert cell_of(PROJECTS, "Number of partners").value == 2
    assert cell_of(PROJECTS, "Number of countries").value == 2


def test_a_projects_topics_and_addresses_are_listed():
    project = make_project(slug="inno")
    project.topics.set([Topic.objects.create(slug=name, name_en=name) for name in ("growth", "sme")])
    for address in ("https://inno.example.eu/", "https://keep.example.eu/1"):
        ProjectWebsite.objects.create(project=project, address=address)
    assert cell_of(PROJECTS, "Topics").value == "growth; sme"
    assert cell_of(PROJECTS, "Websites").value == "https://inno.example.eu/; https://keep.example.eu/1"
    assert cell_of(PROJECTS, "Address of the page").value == f"{PORTAL}en/projects/inno/"


def test_amounts_that_nobody_published_are_empty_and_never_zero():
    make_participation(make_project())
    unknown = ["Total budget (EUR)", "Union funding (EUR)", "Union co-financing rate", "Union funding is rounded"]
    for report, selection in [(PROJECTS, None), (PARTICIPATIONS, Project.objects.all())]:
        assert [cell_of(report, header, selection).value for header in unknown] == [None] * 4
        assert [field_of(report, header, selection) for header in unknown] == [""] * 4


def test_a_published_zero_is_a_zero():
    make_project(total_budget=Decimal(100), union_funding=Decimal(0))
    assert cell_of(PROJECTS, "Union funding (EUR)").value == 0
    assert field_of(PROJECTS, "Union co-financing rate") == "0"


@pytest.mark.parametrize(("is_rounded", "word"), [(True, "Yes"), (False, "No")])
def test_a_rounded_amount_is_marked(is_rounded, word):
    project = make_project(union_funding=Decimal(1390000), total_budget=2000000, union_funding_is_rounded=is_rounded)
    make_participation(project, union_funding=1000, total_budget=2000, union_funding_is_rounded=is_rounded)
    assert cell_of(PROJECTS, "Union funding is rounded").value == word
    assert cell_of(PARTICIPATIONS, "Union funding is rounded", Project.objects.all()).value == word


def test_texts_are_the_readers_and_fall_back_where_they_arent_written():
    make_project(title_en="Industry", title_sl="Industrija")
    make_partner(country="BG")
    make_article(title_en="Only in English")
    with translation.override("sl"):
        assert cell_of(PROJECTS, "Title").value == "Industrija"
        assert cell_of(PARTNERS, "Country").value == "Bolgarija"
        assert cell_of(ARTICLES, "Title").value == "Only in English"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "\r="])
@pytest.mark.parametrize("report", [PROJECTS, EVENTS], ids=lambda report: report.name)
def test_no_title_becomes_a_formula(report, start):
    make_project(title_en=f"{start}HYPERLINK(A1)")
    make_event(title_en=f"{start}HYPERLINK(A1)")
    cell = cell_of(report, "Title")
    assert (cell.data_type, cell.value) == ("s", f"'{start[-1]}HYPERLINK(A1)")
    assert field_of(report, "Title") == f"'{start[-1]}HYPERLINK(A1)"


def test_a_title_survives_semicolons_quotes_and_line_breaks():
    title = 'Industry; "4.0"\nand after'
    make_project(title_en=title)
    assert field_of(PROJECTS, "Title") == title
    assert cell_of(PROJECTS, "Title").value == title
    assert len(lines_of(PROJECTS)) == 2


def test_participations_are_those_of_the_selected_projects_in_their_order():
    project, other = make_project(acronym="INNO"), make_project()
    lead = make_participation(project, "lead", total_budget=200, union_funding=170)
    partner = make_participation(project, left=date(2021, 5, 1), unit_en="Faculty of Law")
    make_participation(other)
    headers, *rows = lines_of(PARTICIPATIONS, Project.objects.filter(pk=project.pk))
    assert [row[headers.index("Organisation")] for row in rows] == [lead.partner.name, partner.partner.name]
    assert [row[headers.index("Role")] for row in rows] == ["Lead partner", "Partner"]
    assert [row[headers.index("Union co-financing rate")] for row in rows] == ["0.85", ""]
    assert [row[headers.index("Left on")] for row in rows] == ["", "2021-05-01"]


def test_a_target_is_told_with_what_was_reached():
    target = make_target(make_project(), value=30, baseline=0, baseline_year=2019)
    make_measurement(target, value=Decimal("12.5"))
    make_measurement(target, value=100, state="draft")
    projects = Project.objects.all()
    assert cell_of(TARGETS, "Actual", projects).value == 12.5
    assert cell_of(TARGETS, "Baseline", projects).value == 0
    assert cell_of(TARGETS, "Share reached", projects).value == pytest.approx(0.4167, abs=0.0001)
    assert field_of(TARGETS, "State of reporting", projects) == "Reported"
    assert field_of(TARGETS, "Year of the baseline", projects) == "2019"


def test_what_isnt_reported_yet_is_said_in_words_and_is_no_zero():
    make_measurement(make_target(make_project()), state="submitted")
    projects = Project.objects.all()
    assert field_of(TARGETS, "State of reporting", projects) == "Not yet reported"
    assert cell_of(TARGETS, "Actual", projects).value is None
    assert cell_of(TARGETS, "Share reached", projects).value is None


def test_the_evidence_of_approved_values_is_listed_once():
    project = make_project(slug="inno")
    target = make_target(project)
    file = ContentFile(b"one;two", name="list.csv")
    document = Document.objects.create(project=project, title_en="List", language="en", file=file)
    make_measurement(target, evidence_document=document, evidence_address="https://example.org/proof")
    make_measurement(target, evidence_address="https://example.org/proof")
    make_measurement(target, evidence_address="https://example.org/draft", state="draft")
    evidence = field_of(TARGETS, "Evidence", Project.objects.all())
    assert evidence == f"{PORTAL}en/projects/inno/documents/{document.pk}/list.csv; https://example.org/proof"


def test_an_organisation_is_told_with_its_projects():
    partner = make_partner(name="RRA Posavje")
    make_participation(make_project(acronym="ZETA"), "lead", partner=partner)
    make_participation(make_project(acronym="ALFA"), partner=partner)
    assert cell_of(PARTNERS, "Number of projects").value == 2
    assert cell_of(PARTNERS, "Projects").value == "ALFA; ZETA"
    assert cell_of(PARTNERS, "Leads the projects").value == "ZETA"


def test_an_article_is_told_with_its_languages_and_length():
    make_article(
        make_project(acronym="INNO"), title_lv="Raksts", body_en="<p>Five <b>short</b> words</p><p>of news</p>"
    )
    assert cell_of(ARTICLES, "Languages").value == "English; Latvian"
    assert cell_of(ARTICLES, "Number of words").value == 5
    assert cell_of(ARTICLES, "Projects").value == "INNO"


def test_an_event_of_which_the_month_alone_is_known_has_it_in_words():
    make_event(start_date=date(2021, 10, 1), only_month_known=True)
    assert cell_of(EVENTS, "First day").value == "October 2021"
    assert cell_of(EVENTS, "Last day").value is None
    with translation.override("sl"):
        assert cell_of(EVENTS, "First day").value == "oktober 2021"


def test_an_event_with_a_time_has_it_with_its_time_zone():
    make_event(start_time=time(9, 30), time_zone="Europe/Riga", country="LV", outcome_en="<p>Two &amp; more</p>")
    assert cell_of(EVENTS, "Begins at").value == time(9, 30)
    assert cell_of(EVENTS, "Time zone").value == "Europe/Riga"
    assert cell_of(EVENTS, "Country").value == "Latvia"
    assert cell_of(EVENTS, "What came of it").value == "Two & more"


def test_a_good_practice_is_told_in_plain_text():
    make_practice(make_project(acronym="INNO"), evidence_en="<ul><li>Less waste</li><li>More jobs</li></ul>")
    assert cell_of(PRACTICES, "Project").value == "INNO"
    assert cell_of(PRACTICES, "Evidence of success").value == "Less waste\nMore jobs"


def test_the_last_change_is_told_by_the_portals_clock():
    project = make_project(state=State.DRAFT)
    Project.objects.update(updated_at=datetime.fromisoformat("2024-07-01T12:00:00Z"))
    assert cell_of(PROJECTS, "Last changed").value == datetime(2024, 7, 1, 14, 0)  # noqa: DTZ001 – Excel knows no zones
    assert field_of(PROJECTS, "Last changed") == "2024-07-01 14:00"
    assert field_of(PROJECTS, "Publishing state") == "Draft"
    assert project.is_public is False


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_sheet_is_named_after_the_report(report):
    selection = Project.objects.none() if report in (PARTICIPATIONS, TARGETS) else None
    assert book_of(report, selection).active.title == str(report.title)


def test_facts_of_a_draft_stand_in_the_files_of_those_who_may_see_it(editor, django_user_model):
    project = make_project(state=State.DRAFT, total_budget=Decimal("5.00"))
    make_practice(project, summary_en="It cost [[total_budget]].")
    place = PRACTICES.headers.index("Summary")
    stranger = django_user_model.objects.create_user("stranger", "stranger@example.org")
    for user, words in [(editor, "It cost 5.00 EUR."), (stranger, "It cost not published.")]:
        (row,) = PRACTICES.cells(PRACTICES.model.objects.all(), user, PORTAL)
        assert row[place] == words
