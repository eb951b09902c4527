"""What comes in, goes out and comes in again is the same."""

from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override

from imports.planning import try_out
from imports.receiving import receive
from imports.writing import confirm, write
from opendata.operations import OPERATIONS
from opendata.writing import TABLES
from partners.models import Partner
from projects.models import AmountElsewhere, Participation, Project, SpecificObjective
from reports.spreadsheets import write_xlsx
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.projects import PROJECTS
from tests.factories import make_participation, make_partner, make_programme, make_project

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example.org"
LIST = """Operation code;Operation name;Operation summary;Name of beneficiary;Start date;End date;Total eligible cost;\
EU funds;Country
A1;A bridge over the river;It is long.;Town of Example;01.02.2020;31.12.2022;1.912.345,96;1.500.000,00;Austria
A2;A road;;Village of Example;15.03.2020;;250.000,00;;Slovenia
A3;=1+1;-;Town of Example;;;0,00;0,00;Austria
"""


@pytest.fixture
def known():
    """Projects and partners as an agency has them, with what a list often lacks."""
    programme = make_programme(cci="2014TC16RFIR001", period="2014-2020")
    objective = SpecificObjective.objects.create(code="RSO1.1", name_en="Research")
    full = make_project(
        programme=programme, operation_code="PGI01", keep_id=4711, title_sl="Most", total_budget="1637941.10",
        union_funding="1330000.00", national_cofinancing="100000.05", specific_objective=objective, call="1",
        approved_on="2022-11-30",
    )  # fmt: skip
    make_participation(full, "lead", partner=make_partner(name="Občina Žužemberk", english_name="Municipality"))
    make_participation(full, total_budget="200.50", partner=make_partner(name="Δήμος", country="GR", pic="999999999"))
    make_project(programme=programme, title_en="Only a name", end=None)


def brought_in(content: bytes, programme=None, name="list"):
    one = receive(content, name, programme=programme)
    try_out(one)
    confirm(one)
    write(one)
    assert one.progress == "done", one.fault
    return one


def exported(report) -> bytes:
    file = BytesIO()
    user = get_user_model()(is_superuser=True, is_active=True, is_staff=True)
    write_xlsx(report, report.cells(report.offered_by.objects.all(), user, PORTAL), file, "Portal")
    return file.getvalue()


def opened(extension: str) -> bytes:
    file = BytesIO()
    next(each for each in TABLES if each.extension == extension).write(OPERATIONS, PORTAL, file)
    return file.getvalue()


def everything() -> list:
    """All values of all records that a list may write."""
    times = ("updated_at", "created_at")
    return [
        {name: value for name, value in row.items() if name not in times}
        for model in (Project, Partner, Participation, AmountElsewhere)
        for row in model.objects.order_by("pk").values()
    ]


@pytest.mark.parametrize("report", [PROJECTS, PARTICIPATIONS, PARTNERS], ids=lambda report: report.name)
@pytest.mark.parametrize("language", ["en", "sl"])
def test_the_portals_own_tables_change_nothing_when_they_come_back(known, report, language):
    before = everything()
    with override(language):
        content = exported(report)

    one = brought_in(content)

    assert (one.created, one.changed, one.refused) == (0, 0, 0), list(one.rows.values_list("details", flat=True))
    assert one.unchanged == report.model.objects.count()
    assert everything() == before


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_the_open_list_of_operations_changes_nothing_when_it_comes_back(known, extension):
    before = everything()

    one = brought_in(opened(extension), name=f"operations.{extension}")

    assert (one.created, one.changed, one.refused) == (0, 0, 0), list(one.rows.values_list("details", flat=True))
    assert one.unchanged == 2
    assert everything() == before


def test_an_import_exported_and_imported_again_is_stable():
    brought_in(LIST.encode(), "2014AT16RFOP001")
    before = everything()

    one = brought_in(exported(PROJECTS))

    assert (one.created, one.changed, one.unchanged, one.refused) == (0, 0, 3, 0)
    assert everything() == before
    assert (brought_in(LIST.encode(), "2014AT16RFOP001").unchanged, everything()) == (3, before)


def test_the_open_list_of_one_portal_makes_the_same_projects_in_another(known):
    content = opened("csv")
    before = list(Project.objects.order_by("pk").values_list("title_en", "title_sl", "start", "end", "total_budget"))
    Participation.objects.all().delete()
    Project.objects.all().delete()
    Partner.objects.all().delete()

    brought_in(content)

    names = ("title_en", "title_sl", "start", "end", "total_budget")
    assert list(Project.objects.order_by("pk").values_list(*names)) == before
    assert [project.lead and project.lead.partner.name for project in Project.objects.order_by("pk")] == [
        "Občina Žužemberk",
        None,
    ]
