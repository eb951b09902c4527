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
from reports.cells import clean_text
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
FONT = "Calibri"  # as the cells that name none
BOLD = Font(name=FONT, size=11, bold=True)


@dataclass(frozen=True)
class FileFormat:
    """A kind of file, and how a report is written into an open one; `creator` is named in it where it can be."""

    extension: str
    name: str
    content_type: str
    write: Callable[[Report, Iterable[list], BinaryIO, str], None]


def write_csv(report: Report, rows: Iterable[list], file: BinaryIO, creator: str):
    """UTF-8 with a BOM, semicolons and the reader's decimal mark, as spreadsheets in Europe open it."""
    write_rows(report.headers, report.formats, rows, file)


def write_rows(headers: list[str], formats: list[str], rows: Iterable[list], file: BinaryIO):
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([in_characters(value, format) for value, format in zip(row, formats, strict=True)])
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
    write_sheet(book.create_sheet(sheet_title(str(report.title))), report.headers, report.formats, rows)
    book.save(file)


def write_sheet(
    sheet,
    headers: list[str],
    formats: list[str],
    rows: Iterable[list],
    above: Iterable[list] = (),
    total: list | None = None,
):
    """
    Fill a sheet of a book that is only written. `above` are rows of cells before the header; `total` are the values of
    a row that no filter hides.
    """
    rows = iter(rows)
    first = list(islice(rows, ROWS_MEASURED))
    above = list(above)
    top = len(above) + 1
    arrange(sheet, headers, formats, [*first, *filter(None, [total])], top)
    for row in [*above, header_cells(sheet, headers)]:
        sheet.append(row)
    last = top + append_rows(sheet, formats, chain(first, rows))
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(headers))}{last}"
    if total:
        sheet.append(total_cells(sheet, total, formats))


def sheet_title(title: str, length=SHEET_TITLE_LENGTH) -> str:
    """What Excel takes for the title of a sheet; it counts an emoji as two characters."""
    title = REFUSED_IN_SHEET_TITLES.sub(" ", clean_text(title)).strip(" '")
    return title.encode("utf-16-le")[: length * 2].decode("utf-16-le", "ignore").strip(" '")


def arrange(sheet, headers, formats, rows, top: int):
    """What must be settled before the first row is written: panes, paper and widths. The header is the row `top`."""
    sheet.freeze_panes = f"B{top + 1}"
    sheet.print_title_rows = f"1:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    for position, (header, format) in enumerate(zip(headers, formats, strict=True)):
        texts = [in_characters(row[position], format) for row in rows]
        sheet.column_dimensions[get_column_letter(position + 1)].width = width(header, format, texts)


def width(header: str, format: str, texts: list[str]) -> int:
    """The width, in characters, that holds the header in about two lines and the texts' lines, within reason."""
    words = [len(word) + FILTER_BUTTON for word in [*header.split(), header[: len(header) // 2]]]
    separators = 3 if format in ("amount", "number") else 1
    lines = [len(line) + separators for text in texts for line in text.splitlines()]
    widest = WIDEST_FOR_TEXTS if format in LONG_TEXTS else WIDEST
    return min(max(NARROWEST, *words, *lines), widest)


def header_cells(sheet, headers):
    for header in headers:
        cell = WriteOnlyCell(sheet, header)
        cell.font = BOLD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        yield cell


def total_cells(sheet, total, formats):
    for value, format in zip(total, formats, strict=True):
        cell = filled(partial(blank_cell, sheet), value, format)
        if cell is not None:
            cell.font = BOLD
        yield cell


def append_rows(sheet, formats, rows) -> int:
    """Append the rows and return how many they were. A cell is written at once, so one for each format will do."""
    blank = cache(partial(blank_cell, sheet))
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 – counted after the loop
        sheet.append(filled(blank, *cell) for cell in zip(row, formats, strict=True))
    return count


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
