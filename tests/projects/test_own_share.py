"""What of the projects' money is the agency's own: beside each total, and added up once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from editorial.states import State
from interreg_portal.key_figures import key_figures
from projects.models import Participation, Project, Topic
from projects.totals import KnownSum
from reports.tables.projects import PROJECTS
from tests.factories import make_participation, make_partner, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_partner(name="RRA Posavje", is_agency=True)


@pytest.fixture
def project(agency):
    project = make_project(slug="inno", total_budget=Decimal("1637941"), union_funding=Decimal("1392249.85"))
    make_participation(project, "lead", partner=agency, total_budget=Decimal("181000"))
    make_participation(project, total_budget=Decimal("1456941"))
    return project


def own_shares(client, address) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [part.get_text(" ", strip=True) for part in page.select(".own-share")]


def test_a_projects_page_names_the_agencys_part_of_both_totals(client, project):
    assert own_shares(client, project.get_absolute_url()) == [
        "of it for this agency: 181,000 EUR", "of it for this agency: not published",
    ]  # fmt: skip


def test_a_project_without_the_agency_says_nothing_of_it(client, agency):
    project = make_project(total_budget=5)
    make_participation(project, total_budget=5)
    make_participation(project, "associated", partner=agency, total_budget=1)
    assert own_shares(client, project.get_absolute_url()) == []


def test_who_has_left_has_no_part_any_more(client, project):
    Participation.objects.filter(role="lead").update(left=timezone.localdate() - timedelta(days=1))
    assert own_shares(client, project.get_absolute_url()) == []


def test_a_card_names_it_beside_the_total(client, project):
    card = BeautifulSoup(client.get("/en/projects/").content, "html.parser").select_one(".card--project")
    words = " ".join(card.get_text(" ", strip=True).split())
    assert "Total budget: 1,637,941 EUR · of it for this agency: 181,000 EUR" in words


def test_the_home_page_adds_up_totals_and_own_parts(client, agency, project):
    other = make_project(total_budget=Decimal("100.50"))
    make_participation(other, partner=agency)
    make_participation(make_project(total_budget=1, state=State.DRAFT), partner=agency, total_budget=1)
    assert "1,638,042 EUR" in client.get("/en/").content.decode()
    assert own_shares(client, "/en/") == [
        "of it for this agency: 181,000 EUR (published for 1 of its 2 projects)",
        "of it for this agency: not published",
    ]


def test_a_share_is_added_once_however_many_topics_and_partners_its_project_has(project):
    for number in range(3):
        project.topics.add(Topic.objects.create(slug=f"topic-{number}", name_en="Topic"))
        make_participation(project, total_budget=1)
    figures = key_figures()
    assert figures["own"].total_budget == KnownSum(Decimal(181000), known=1, all=1)
    assert figures["all"].total_budget == KnownSum(Decimal(1637941), known=1, all=1)


def test_two_units_of_the_agency_are_one_participation(agency, project):
    second = Participation(project=project, partner=agency, unit_en="Second unit", total_budget=Decimal("50000"))
    with pytest.raises(ValidationError, match="takes part in the project already"):
        second.full_clean()


def test_an_unknown_amount_is_never_added_as_zero(agency):
    make_participation(make_project(), partner=agency)
    assert key_figures()["own"].total_budget == KnownSum(None, known=0, all=1)
    assert key_figures()["all"].union_funding == KnownSum(None, known=0, all=1)


def test_the_report_has_it_in_columns_of_its_own(editor, project):
    make_project(acronym="OTHER")
    rows = [dict(zip(PROJECTS.headers, row, strict=True)) for row in PROJECTS.cells(Project.objects.all(), editor, "")]
    own = {row["Acronym"]: [value for header, value in row.items() if header.startswith("The agency")] for row in rows}
    assert own == {project.acronym: ["Yes", Decimal(181000), None], "OTHER": ["No", None, None]}
