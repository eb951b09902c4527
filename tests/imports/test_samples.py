"""Lists as they were published, brought in as a person would."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from imports.models import Import
from imports.planning import try_out
from imports.receiving import receive
from imports.writing import confirm, undo, write
from partners.models import Partner
from projects.models import AmountElsewhere, Participation, Programme, Project
from tests.factories import make_programme

SAMPLES = Path(__file__).parent / "samples"
AUSTRIA, HOLSTEIN, WALES, BLACK_SEA = "2014AT16RFOP001", "2014DE16RFOP014", "2014UK16RFOP006", "2021TC16NXTN002"
EXPECTED = [  # file, programme, created, skipped
    ("AT_ERDF_2014-2020_utf8_comma.csv", AUSTRIA, 49, 0),
    ("AT_ERDF_2014-2020.xlsx", AUSTRIA, 49, 0),
    ("DE_Schleswig-Holstein_2014-2020.csv", HOLSTEIN, 31, 0),
    ("UK_Wales_2014-2020.csv", WALES, 145, 0),
    ("keep_api_project_33607.json", None, 5, 0),
    ("organization_sample_10.csv", None, 9, 1),
]
pytestmark = pytest.mark.django_db


def told(name, programme=None, *options):
    out = StringIO()
    options = [*options, *([f"--programme={programme}"] if programme else [])]
    call_command("import_data", str(SAMPLES / name), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def brought_in(content: bytes, programme=None, **options) -> Import:
    one = receive(content, "list", programme=programme, **options)
    try_out(one)
    confirm(one)
    write(one)
    assert one.progress == Import.Progress.DONE, one.fault
    return one


def everything():
    """All that the lists wrote, in an order of its own."""
    projects = Project.objects.order_by("title_de").values_list(
        "title_de", "summary_de", "start", "end", "total_budget"
    )
    parts = Participation.objects.order_by("project__title_de", "partner__name")
    return list(projects), list(parts.values_list("project__title_de", "partner__name", "role", "total_budget"))


@pytest.mark.parametrize(("name", "programme", "created", "skipped"), EXPECTED)
def test_a_dry_run_tells_what_would_become_of_each_row(name, programme, created, skipped):
    counts = told(name, programme, "--dry-run")

    expected = {"created": created, "changed": 0, "unchanged": 0, "skipped": skipped, "refused": 0, "rows": []}
    assert counts == expected
    assert not Project.objects.exists()
    assert not Partner.objects.exists()
    assert not Import.objects.exists()


@pytest.mark.parametrize(("name", "programme", "created", "skipped"), EXPECTED)
def test_the_second_time_nothing_changes(name, programme, created, skipped):
    told(name, programme)

    counts = told(name, programme)

    assert (counts["unchanged"], counts["created"], counts["changed"]) == (created, 0, 0)


def test_a_list_as_csv_and_as_xlsx_is_the_same():
    first = brought_in((SAMPLES / "AT_ERDF_2014-2020_utf8_comma.csv").read_bytes(), AUSTRIA)
    from_csv = everything()
    undo(first)
    brought_in((SAMPLES / "AT_ERDF_2014-2020.xlsx").read_bytes(), AUSTRIA)

    assert everything() == from_csv
    assert len(from_csv[0]) == 43
    assert len(from_csv[1]) == 49


def test_rows_of_one_operation_become_its_partners_with_their_shares():
    told("AT_ERDF_2014-2020_utf8_comma.csv", AUSTRIA)

    project = Project.objects.get(title_de="BIOCARB-K, Biobasierte Carbonwerkstoffe und Keramiken")
    shares = {share.partner.name: str(share.total_budget) for share in project.participations.all()}
    assert shares == {
        "JKU Linz Zentrum für Oberflächen- und Nanoanalytik (JKU ZONA)": "322030.00",
        "Kompetenzzentrum Holz GmbH": "3735010.00",
    }
    assert (str(project.total_budget), project.lead, project.state) == ("4057040.00", None, "draft")


def test_amounts_in_pounds_are_never_taken_for_euro():
    told("UK_Wales_2014-2020.csv", WALES)

    project = Project.objects.get(title_en="FLEXIS East")
    assert (project.total_budget, project.union_funding, project.approved_on) == (None, None, None)
    amounts = AmountElsewhere.objects.filter(project=project)
    assert {each.what: each.in_words for each in amounts} == {
        "union_funding": "5,621,112.00 GBP",
        "total_budget": "9,827,770.00 GBP",
    }


def test_a_programme_that_the_portal_lacks_is_made_from_its_code():
    told("DE_Schleswig-Holstein_2014-2020.csv", HOLSTEIN)

    programme = Programme.objects.get()
    assert (programme.name_en, programme.period.code, programme.fund.code) == (
        "Schleswig-Holstein - ERDF",
        "2014-2020",
        "ERDF",
    )


def test_the_programme_of_keep_eu_is_known_by_its_name():
    told("keep_api_project_33607.json")

    project = Project.objects.get(keep_id=33607)
    assert (project.programme.cci, project.operation_code, project.lead.partner.pic) == (
        BLACK_SEA,
        "BSB00963",
        "888147715",
    )
    assert project.participations.count() == 5


def test_an_import_is_undone_but_for_what_was_changed_since():
    one = brought_in((SAMPLES / "UK_Wales_2014-2020.csv").read_bytes(), WALES)
    kept = Project.objects.get(title_en="FLEXIS East")
    kept.title_en = "FLEXIS East, edited"
    kept.save()

    done = undo(one)

    assert done.left[0][0] == "FLEXIS East"
    assert list(Project.objects.all()) == [kept]
    assert Participation.objects.count() == 0
    assert Partner.objects.count() == 0


def test_a_list_without_a_programme_is_refused_as_a_whole(capsys):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_data", str(SAMPLES / "AT_ERDF_2014-2020.xlsx"), "--json", stdout=out)

    assert ended.value.code == 1
    told = json.loads(out.getvalue())
    assert "CCI" in told["refused_file"]
    assert (told["created"], told["refused"], told["rows"]) == (0, 0, [])


@pytest.mark.parametrize("name", ["nowhere.csv", ""])
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(tmp_path, name):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_data", str(tmp_path / name), "--json", stdout=out)
    assert ended.value.code == 1
    assert str(tmp_path) in json.loads(out.getvalue())["refused_file"]


def test_a_changed_list_changes_what_it_says_and_nothing_else():
    book, file = Workbook(), BytesIO()
    for row in [
        ["Operation code", "Operation name", "Beneficiary", "Start date", "End date", "Total eligible cost"],
        ["A1", "A bridge", "Town", "01.02.2020", "31.12.2022", 1000],
    ]:
        book.active.append(row)
    book.save(file)
    brought_in(file.getvalue(), AUSTRIA)
    book.active["E2"], book.active["F2"] = "31.12.2023", None
    file = BytesIO()
    book.save(file)

    one = brought_in(file.getvalue(), AUSTRIA)

    row = one.rows.get()
    assert row.outcome == "changed"
    assert [change["field"] for change in row.details] == ["end"]
    project = Project.objects.get()
    assert (str(project.end), str(project.total_budget)) == ("2023-12-31", "1000.00")
    undo(one)
    project.refresh_from_db()
    assert str(project.end) == "2022-12-31"


def keep_workbook():
    """An export of keep.eu's search, as its two sheets are laid out; the figures are made up."""
    book, file = Workbook(), BytesIO()
    projects, partners = book.active, book.create_sheet("Search results, partners")
    projects.title = "Search results, projects"
    for row in [
        ["Period", "Programme", "Project ID (2021-2027 only)", "Project acronym", "Project name in English",
         "Description in English", "Project start", "Project end", "Project's total budget / expenditure",
         "Project's EU funding", "Union co-financing rate", "Website"],
        ["2014 - 2020", "2014 - 2020 Interreg Europe", "N.a.", "ORCHARD", "Old fruit", "Trees.", "2019-08-01",
         "2023-01-31", "EUR 1 637 941.00", "EUR 1 330 000.00", "81.20%", "N.a."],
    ]:  # fmt: skip
        projects.append(row)
    for row in [
        ["Programme", "Project ID (2021-2027 only)", "Project acronym", "Organisation in English",
         "Organisation in language 2", "Lead partner (Yes/No)", "Country code", "NUTS2 code (or equivalent)", "Town",
         "Participant Identification Code", "Type of Organisation",
         "Partner's programme co-financing (EUR) (2021-2027 only)", "ERDF contribution (2014-2020 only)",
         "Partner's total eligible budget / expenditure"],
        ["2014 - 2020 Interreg Europe", "N.a.", "ORCHARD", "Development Agency", "Razvojna agencija", "Yes", "SI",
         "SI03", "Krško", "N.a.", "Sectoral agency", "N.a.", "100000.00", "120000.00"],
        ["2014 - 2020 Interreg Europe", "N.a.", "ORCHARD", "Greek Partner", "Ελληνικός εταίρος", "No", "EL", "EL30",
         "Athens", "999905974", "N.a.", "N.a.", "0", "N.a."],
    ]:  # fmt: skip
        partners.append(row)
    book.save(file)
    return file.getvalue()


def test_both_sheets_of_keep_eu_become_a_project_and_its_partners():
    make_programme(cci="2014TC16RFIR001", name_en="Interreg Europe", period="2014-2020")
    one = brought_in(keep_workbook())
    assert (one.created, one.refused) == (3, 0)
    project = Project.objects.get()
    assert (project.acronym, project.total_budget, project.union_funding) == ("ORCHARD", 1637941, 1330000)
    lead, other = project.participations.order_by("order")
    assert (lead.role, lead.partner.name, lead.partner.english_name) == (
        "lead",
        "Razvojna agencija",
        "Development Agency",
    )
    assert (lead.total_budget, lead.union_funding) == (120000, 100000)
    # Zero was published, nothing was not.
    assert (other.partner.country, other.partner.pic, other.union_funding, other.total_budget) == (
        "GR",
        "999905974",
        0,
        None,
    )
    assert brought_in(keep_workbook()).unchanged == 3
