from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from io import BytesIO
from operator import itemgetter
from weakref import WeakSet

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from projects.models import Project
from reports.columns import Column, Report
from reports.spreadsheets import CSV, FILE_FORMATS, ROWS_MEASURED, XLSX, sheet_title

VALUES = {
    "text": "Območna agencija",
    "day": date(2019, 8, 1),
    "moment": datetime(2024, 7, 1, 14, 5),  # noqa: DTZ001 – files know no time zone
    "time": time(9, 30),
    "amount": Decimal("1637941.00"),
    "percent": Decimal("0.25"),
    "number": Decimal("12.5000"),
    "identifier": 2019,
}
ROW = list(VALUES.values())
COLUMNS = [Column(format, itemgetter(format), format) for format in VALUES]


def report(columns=COLUMNS, title="Projects"):
    return Report("projects", title, "{format}", Project, Project.objects.all, columns)


def write(file_format, report, rows) -> BytesIO:
    file = BytesIO()
    file_format.write(report, rows, file, "RRA Posavje")
    file.seek(0)
    return file


def sheet(rows, **parts):
    return load_workbook(write(XLSX, report(**parts), rows)).active


def text(rows, columns=COLUMNS) -> str:
    return write(CSV, report(columns), rows).read().decode("utf-8")


def test_excel_gets_real_dates_and_numbers():
    values = {format: cell.value for format, cell in zip(VALUES, sheet([ROW])[2], strict=True)}
    assert values == VALUES | {"day": datetime(2019, 8, 1)}  # noqa: DTZ001 – Excel has no days without a time


def test_excel_shows_each_kind_of_value_in_its_own_way():
    shown = {format: cell.number_format for format, cell in zip(VALUES, sheet([ROW])[2], strict=True)}
    assert shown == {
        "text": "General",
        "day": "yyyy-mm-dd",
        "moment": "yyyy-mm-dd hh:mm",
        "time": "hh:mm",
        "amount": "#,##0.00",
        "percent": "0.0%",
        "number": "#,##0.0###",
        "identifier": "0",
    }


def test_a_whole_number_has_no_decimals_below_one_that_has():
    made = sheet([[Decimal("30.0000")], [Decimal("0.5")], [7]], columns=[Column("Actual", None, "number")])
    assert [cell.number_format for cell in made["A"][1:]] == ["#,##0", "#,##0.0###", "#,##0"]


def test_what_isnt_known_is_an_empty_cell_in_both():
    nothing = [None] * len(COLUMNS)
    assert [cell.value for cell in sheet([nothing, ROW])[2]] == nothing
    assert text([nothing]).splitlines()[1] == ";" * (len(COLUMNS) - 1)


def test_the_header_is_bold_and_stays_in_sight():
    made = sheet([ROW, ROW])
    assert all(cell.font.bold for cell in made[1])
    assert made.freeze_panes == "B2"
    assert made.auto_filter.ref == "A1:H3"
    assert made.print_title_rows == "$1:$1"


def test_a_report_without_rows_still_has_its_header():
    assert sheet([]).auto_filter.ref == "A1:H1"
    assert text([]) == "\ufeff" + ";".join(VALUES) + "\r\n"


def test_columns_are_as_wide_as_their_texts_within_reason():
    columns = [Column("Short", None), Column("Long", None), Column("Story", None, "long_text")]
    made = sheet([["x" * 20, "x" * 300, "x" * 300]], columns=columns)
    assert [made.column_dimensions[letter].width for letter in "ABC"] == [21, 45, 80]
    assert made["C2"].alignment.wrap_text


@pytest.mark.parametrize("formula", ["=1+1", "#N/A", "1637941", "2019-08-01"])
def test_text_is_text_whatever_it_looks_like(formula):
    cell = sheet([[formula]], columns=[Column("Title", None)])["A2"]
    assert (cell.data_type, cell.value) == ("s", formula)


def test_the_book_says_what_it_is_and_in_which_language():
    with translation.override("sl"):
        properties = load_workbook(write(XLSX, report(title="Projekti"), [])).properties
    assert (properties.title, properties.creator, properties.language) == ("Projekti", "RRA Posavje", "sl")


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Projects", "Projects"), ("Rezultati: cilji/kazalniki?", "Rezultati  cilji kazalniki"), ("x" * 40, "x" * 31)],
)
def test_the_sheets_name_is_one_that_excel_takes(title, shown):
    assert sheet_title(title) == shown


def test_csv_begins_with_a_bom_and_ends_its_lines_as_spreadsheets_do():
    written = write(CSV, report(), [ROW]).read()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == written.count(b"\n") == 2


def test_csv_has_iso_dates_and_plain_numbers():
    assert text([ROW]).splitlines()[1] == (
        "Območna agencija;2019-08-01;2024-07-01 14:05;09:30;1637941.00;0.25;12.5;2019"
    )


@pytest.mark.parametrize("language", ["sl", "lv", "bg"])
def test_csv_has_the_readers_decimal_mark(language):
    with translation.override(language):
        assert ";1637941,00;0,25;12,5;2019" in text([ROW])


def test_a_negative_number_in_csv_is_still_a_number():
    with translation.override("sl"):
        assert text([[Decimal("-5.5")]], [Column("Baseline", None, "number")]).splitlines()[1] == "-5,5"


def test_a_text_in_a_column_of_dates_is_written_as_it_is():
    days = [Column("First day", None, "day")]
    assert sheet([["October 2021"]], columns=days)["A2"].value == "October 2021"
    assert text([["October 2021"]], days).splitlines()[1] == "October 2021"


def test_headers_are_in_the_language_of_the_one_who_asks():
    translated = partial(report, [Column(_("Yes"), None)], _("No"))
    with translation.override("sl"):
        made = load_workbook(write(XLSX, translated(), [])).active
        line = write(CSV, translated(), []).read().decode("utf-8-sig")
    assert (made["A1"].value, made.title, line.strip()) == ("Da", "Ne", "Da")


class Row(list):
    __hash__ = object.__hash__


@pytest.mark.parametrize("file_format", FILE_FORMATS, ids=lambda file_format: file_format.extension)
def test_a_long_report_is_never_held_in_memory_whole(file_format):
    held, counts = WeakSet(), []

    def rows():
        for number in range(2000):
            row = Row([f"Project {number}"])
            held.add(row)
            counts.append(len(held))
            yield row

    write(file_format, report([Column("Acronym", None)]), rows())
    assert len(counts) == 2000
    assert max(counts) < ROWS_MEASURED + 10
