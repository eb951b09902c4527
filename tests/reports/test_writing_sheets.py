"""A report as Excel, CSV and JSON."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, time
from hashlib import sha256

import pytest
from openpyxl import load_workbook

from reports.document import Fact, Facts, Heading, Section, Table, document_of
from reports.writing.formats import DOCUMENT_FORMATS
from reports.writing.xlsx import sheet_names
from tests.reports.documents import MADE_AT, document, draft, imprint, partners


def written(name, report, **changed):
    return DOCUMENT_FORMATS[name].write(report, imprint(report, **changed))


def book_of(report, **changed):
    return load_workbook(io.BytesIO(written("xlsx", report, **changed)))


def files_of(report):
    with zipfile.ZipFile(io.BytesIO(written("csv", report))) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def lines(text):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def values(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def midnight(day):
    """A day as openpyxl reads one."""
    return datetime.combine(day, time())


def test_the_book_has_a_sheet_for_each_table_behind_one_that_says_what_it_is():
    assert book_of(document()).sheetnames == ["About", "Partners", "Ugly  values   a b c", "Nothing here", "By period"]


def test_the_first_sheet_tells_texts_facts_and_imprint():
    report = document()
    rows = values(book_of(report)["About"])
    assert rows[:2] == [["Progress report"], ["Progress report · 1"]]
    assert ["Sheet “By period”", "By period"] in rows
    assert ["Second paragraph,\nin two lines."] in rows
    assert ["Start", midnight(date(2024, 1, 1))] in rows
    assert ["Meets at", time(14, 5)] in rows
    assert ["End"] in rows  # is not known
    assert ["Budget of the agency in this project, with its own contribution (EUR)", 1637941] in rows
    assert ["Report number", "2026-0007"] in rows
    assert ["Made by", "Maja Example"] in rows
    assert ["Checksum of the content (SHA-256)", report.content_hash] in rows


def test_cells_are_typed_below_a_header_that_stays_and_can_be_filtered():
    sheet = book_of(document())["Partners"]
    assert [cell.value for cell in sheet[1]] == ["Partner", "Country", "Budget (EUR)", "Rate", "Joined"]
    assert [cell.value for cell in sheet[2]][1:] == ["Slovenia", 1234.5, 0.85, midnight(date(2024, 5, 1))]
    assert [cell.number_format for cell in sheet[2]][2:] == ["#,##0.00", "0.0%", "yyyy-mm-dd"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E41")


def test_sums_stand_in_bold_below_what_is_filtered():
    sheet = book_of(document())["Partners"]
    total = sheet[42]
    assert [cell.value for cell in total] == ["Total", None, sum(1234.5 + row for row in range(40)), None, None]
    assert total[0].font.bold
    assert total[2].font.bold
    assert sheet["A44"].value == "Amounts as approved."


def test_a_draft_says_so_on_every_sheet():
    book = book_of(draft())
    mark = "Draft: this report does not reconcile yet"
    about, *tables = book.worksheets
    assert [mark] in values(about)
    assert ["The figure of period 2 is not approved."] in values(about)
    assert all(sheet["A1"].value == mark and sheet.sheet_properties.tabColor for sheet in tables)
    assert (tables[0].freeze_panes, tables[0].auto_filter.ref) == ("B3", "A2:E42")


def test_the_book_says_whose_it_is():
    about = book_of(document("sl")).properties
    assert (about.title, about.creator, about.language) == (document("sl").title, "Razvojna agencija Example", "sl")
    assert about.modified == about.created == MADE_AT.replace(tzinfo=None)


EVIL = ["=1+1", "+1", "-1", "@x", "\t=1", "\r\n=1", " =1", "＝1", "=HYPERLINK(\"https://example.org\")"]  # fmt: skip


@pytest.fixture
def evil():
    """A report in which each text wants to be a formula."""

    def table(text):
        return Table("evil", text, [Heading(text), Heading(text)], [[text, text]], [text, text], text)

    parts = [part for text in EVIL for part in (Facts("a", [Fact(text, text)]), table(text))]
    sections = [Section(EVIL[0], parts)]
    return document(title=EVIL[0], subtitle=EVIL[1], sections=sections, is_draft=True, problems=EVIL)


def test_no_text_anywhere_in_the_book_is_a_formula(evil):
    book = book_of(evil, maker=EVIL[0], agency=EVIL[1], portal=EVIL[2])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 90
    assert {cell.data_type for cell in cells} == {"s", "d"}  # texts, and the moment it was made
    assert not [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "＝"))]


def test_no_text_anywhere_in_a_csv_file_is_a_formula(evil):
    tables = [lines(text) for name, text in files_of(evil).items() if name.endswith(".csv")]
    fields = [field for rows in tables for row in rows for field in row]
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "＝"))]


def test_a_negative_number_is_no_formula():
    table = Table("a", "A", [Heading("Name"), Heading("Left", "amount")], [["x", -5]], ["Total", -5])
    files = files_of(document(sections=[Section("A", [Facts("b", [Fact("Left", -5, "amount")]), table])]))
    assert lines(files["a.csv"])[1] == ["x", "-5.00"]
    assert [row[2] for row in lines(files["facts.csv"])[1:]] == ["-5.00", "-5.00"]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["A", "a", "A"], ["A", "a (2)", "A (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["History", "[]", ""], ["History (1)", "2", "3"]),
    ],
)
def test_no_two_sheets_have_the_same_name(titles, names):
    assert sheet_names(titles) == names


def test_the_archive_has_a_file_for_each_table_in_the_dialect_of_the_portal():
    files = files_of(document("sl"))
    assert list(files) == ["README.txt", "facts.csv", "partners.csv", "hostile.csv", "empty.csv", "wide.csv"]
    header, first, *others = lines(files["partners.csv"])
    assert header == ["Partner", "Country", "Budget (EUR)", "Rate", "Joined"]
    assert first[1:] == ["Slovenija", "1234,50", "0,85", "2024-05-01"]
    assert len(others) == 39
    assert lines(files["empty.csv"]) == [["Name"]]


def test_facts_and_sums_stand_in_a_file_of_their_own():
    rows = lines(files_of(document())["facts.csv"])
    assert rows[0] == ["Part of the report", "Fact", "Value"]
    assert ["Progress report", "Start", "2024-01-01"] in rows
    assert ["Progress report", "End", ""] in rows
    assert ["Partners", "Total: Budget (EUR)", "50160.00"] in rows


def test_the_archive_says_what_it_is():
    report = document()
    text = files_of(report)["README.txt"]
    assert text.startswith("Progress report\r\nProgress report · 1\r\n\r\n")
    assert "partners.csv: Partners. Amounts as approved." in text
    assert report.content_hash in text
    assert "Draft" not in text


def test_a_draft_says_so_in_the_archive_and_in_the_names_of_its_files():
    files = files_of(draft())
    assert all(name.startswith("draft-") for name in files if name.endswith(".csv"))
    assert "Draft: this report does not reconcile yet\r\n" in files["README.txt"]
    assert "The figure of period 2 is not approved." in files["README.txt"]


def test_two_tables_of_the_same_name_are_two_files():
    files = files_of(document(sections=[Section("A", [partners(1), partners(2)])]))
    assert [name for name in files if name.startswith("partners")] == ["partners.csv", "partners-2.csv"]


def test_json_is_the_content_with_its_imprint_and_can_be_read_again():
    report = document("el")
    told = json.loads(written("json", report))
    assert document_of(told["content"]).content_hash == report.content_hash == told["imprint"]["content_hash"]
    assert told["imprint"]["made_at"] == "2026-03-01T09:30:15+00:00"
    assert "Έκθεση" in written("json", report).decode()


def test_others_can_check_the_hash_of_the_json_file():
    told = json.loads(written("json", document()))
    text = json.dumps(told["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == told["imprint"]["content_hash"]


def test_days_in_a_book_are_days():
    assert isinstance(partners(1).rows[0][4], date)
    assert book_of(document())["Partners"]["E2"].is_date


def test_a_sheets_name_holds_what_excel_takes():
    assert sheet_names(["A\x0bB=C", "😀" * 40]) == ["AB=C", "😀" * 15]
