"""The same list as each kind of spreadsheet, with true dates and numbers, and cells merged over rows."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import openpyxl
import pytest

from imports.planning import try_out
from imports.receiving import receive
from imports.writing import confirm, write
from projects.models import Project

pytestmark = pytest.mark.django_db
HEADERS = [
    "Operation code", "Operation name", "Beneficiary name", "Start date", "End date",
    "Total eligible expenditure (EUR)", "Union contribution (EUR)", "Country",
]  # fmt: skip
ROWS = [
    ["A70001", "Low-carbon harbour", "Example Port", date(2017, 3, 1), date(2019, 9, 30), 200000, 100000.5, "Finland"],
    [None, None, "Example College", None, None, 50000.25, 25000, "Sweden"],
    ["A70002", "Clever forest", "Example University", date(2018, 9, 15), date(2020, 12, 31), 80000, 40000, "Finland"],
]
MERGED = (0, 1, 3, 4)  # columns, each over the first two rows
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADERS, *ROWS):
        book.active.append(row)
    for column in MERGED:
        book.active.merge_cells(start_row=2, end_row=3, start_column=column + 1, end_column=column + 1)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods() -> bytes:
    """As LibreOffice writes it: values beside what is shown, covered cells, empty rows and columns up to the end."""
    rows = "".join(f"<table:table-row>{''.join(ods_cells(row))}</table:table-row>" for row in (HEADERS, *ROWS))
    rows += '<table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row>'
    sheet = f'<table:table table:name="Operations">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {NAMESPACES}>{body}</office:document-content>")
    return file.getvalue()


def ods_cells(row):
    for column, value in enumerate(row):
        spans = ' table:number-rows-spanned="2"' if row is ROWS[0] and column in MERGED else ""
        if value is None:
            yield "<table:covered-table-cell/>"
        elif isinstance(value, date):
            kind = f'office:value-type="date" office:date-value="{value}"'
            yield f"<table:table-cell{spans} {kind}><text:p>{value:%d.%m.%y}</text:p></table:table-cell>"
        elif isinstance(value, str):
            kind = 'office:value-type="string"'
            yield f"<table:table-cell{spans} {kind}><text:p>{escape(value)}</text:p></table:table-cell>"
        else:
            kind = f'office:value-type="float" office:value="{value}"'
            yield f"<table:table-cell {kind}><text:p>{value:,.0f} €</text:p></table:table-cell>"
    yield '<table:table-cell table:number-columns-repeated="16376"/>'


def as_xls() -> bytes:
    """The very list, as the old Excel keeps it."""
    return (Path(__file__).parent / "lists" / "merged.xls").read_bytes()


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", as_xlsx), ("a.ods", as_ods), ("a.xls", as_xls)])
def test_each_kind_of_spreadsheet_gives_the_same_projects(name, content):
    one = receive(content(), name, programme="2014FI16M2OP001")
    try_out(one)
    confirm(one)
    write(one)

    assert one.format == name[2:].upper()
    assert one.counts == {"created": 3, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    harbour, forest = Project.objects.order_by("operation_code")
    assert (harbour.operation_code, harbour.title_en) == ("A70001", "Low-carbon harbour")
    assert (harbour.start, harbour.end) == (date(2017, 3, 1), date(2019, 9, 30))
    assert harbour.total_budget == Decimal("250000.25")
    partners = harbour.participations.order_by("-total_budget").values_list("partner__name", "partner__country")
    assert list(partners) == [("Example Port", "FI"), ("Example College", "SE")]
    assert (forest.operation_code, forest.end, forest.union_funding) == ("A70002", date(2020, 12, 31), 40000)


def test_a_merged_cell_says_nothing_of_the_rows_below_it():
    one = receive(as_ods(), "a.ods", programme="2014FI16M2OP001")
    try_out(one)
    confirm(one)
    write(one)
    assert Project.objects.get(operation_code="A70002").participations.get().partner.name == "Example University"
