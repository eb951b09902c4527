"""One writer for each kind of file. A writer needs no more memory for ten thousand rows than for ten."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from io import TextIOWrapper
from itertools import chain, islice
from typing import BinaryIO

from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from editorial.formats import reader_locale
from reports.columns import Report

SHEET_TITLE_LENGTH = 31  # Excel's limit
REFUSED_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\]")
GENERAL = "General"
NUMBER_FORMATS = {
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "time": "hh:mm",
    "identifier": "0",
    "amount": "#,##0.00",
    "percent": "0.0%",
}
ROWS_MEASURED = 200
NARROWEST, WIDEST, WIDEST_FOR_TEXTS = 8, 45, 80  # in characters
LONG_TEXTS = ("long_text", "rich_text")
FILTER_BUTTON = 3  # in characters


@dataclass(frozen=True)
class FileFormat:
    """A kind of file, and how a report is written into an open one; `creator` is named in it where it can be."""

    extension: str
    name: str
    content_type: str
    write: Callable[[Report, Iterable[list], BinaryIO, str], None]


def write_csv(report: Report, rows: Iterable[list], file: BinaryIO, creator: str):
    """UTF-8 with a BOM, semicolons and the reader's decimal mark, as spreadsheets in Europe open it."""
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(report.headers)
    for row in rows:
        writer.writerow([in_characters(value, format) for value, format in zip(row, report.formats, strict=True)])
    text.detach()


def in_characters(value, format: str) -> str:
    """A cell's value written out: dates as ISO 8601 has them, numbers with the reader's decimal mark alone."""
    if value is None or isinstance(value, str):
        return value or ""
    if format == "moment":
        return value.isoformat(" ", "minutes")
    if format == "time":
        return value.isoformat("minutes")
    if format == "day":
        return value.isoformat()
    number = f"{value:.2f}" if format == "amount" else f"{value:.4f}".rstrip("0").rstrip(".")
    return number.replace(".", reader_locale().number_symbols["latn"]["decimal"])


def write_xlsx(report: Report, rows: Iterable[list], file: BinaryIO, creator: str):
    """One sheet with real dates and numbers below a header that stays in sight and can be filtered."""
    book = Workbook(write_only=True)
    book.properties.title = str(report.title)
    book.properties.creator = creator
    book.properties.language = get_language()
    sheet = book.create_sheet(sheet_title(str(report.title)))
    rows = iter(rows)
    first = list(islice(rows, ROWS_MEASURED))
    arrange(sheet, report, first)
    sheet.append(header_cells(sheet, report))
    last = append_rows(sheet, report, chain(first, rows))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(report.columns))}{last}"
    book.save(file)


def sheet_title(title: str) -> str:
    return REFUSED_IN_SHEET_TITLES.sub(" ", title)[:SHEET_TITLE_LENGTH].strip(" '")


def arrange(sheet, report, rows):
    """What must be settled before the first row is written: panes, paper and widths."""
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    for position, column in enumerate(report.columns):
        texts = [in_characters(row[position], column.format) for row in rows]
        sheet.column_dimensions[get_column_letter(position + 1)].width = width(column, texts)


def width(column, texts: list[str]) -> int:
    """The width, in characters, that holds the header in about two lines and the texts' lines, within reason."""
    header = str(column.header)
    words = [len(word) + FILTER_BUTTON for word in [*header.split(), header[: len(header) // 2]]]
    separators = 3 if column.format in ("amount", "number") else 1
    lines = [len(line) + separators for text in texts for line in text.splitlines()]
    widest = WIDEST_FOR_TEXTS if column.format in LONG_TEXTS else WIDEST
    return min(max(NARROWEST, *words, *lines), widest)


def header_cells(sheet, report):
    for header in report.headers:
        cell = WriteOnlyCell(sheet, header)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        yield cell


def append_rows(sheet, report, rows) -> int:
    """Append the rows and return the number of the last. A cell is written at once, so one for each format will do."""
    blank = cache(partial(blank_cell, sheet))
    last = 1
    for row in rows:
        sheet.append(filled(blank, *cell) for cell in zip(row, report.formats, strict=True))
        last += 1
    return last


def blank_cell(sheet, number_format):
    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    cell.alignment = Alignment(vertical="top", wrap_text=number_format == GENERAL)
    return cell


def filled(blank, value, format):
    """A cell with the value; None, which writes no cell at all, where there is no value."""
    if value is None:
        return None
    cell = blank(number_format(value, format))
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it looks like
    return cell


def number_format(value, format) -> str:
    if isinstance(value, str):
        return GENERAL
    if format == "number":
        return "#,##0" if value == int(value) else "#,##0.0###"
    return NUMBER_FORMATS.get(format, GENERAL)


XLSX = FileFormat("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx)
CSV = FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv)
FILE_FORMATS = [XLSX, CSV]
