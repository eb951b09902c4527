"""XLSX, ODS and XLS. An archive is measured before anything in it is read."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import ZipFile

import openpyxl
import python_calamine
from django.utils.translation import gettext as _

from imports.currencies import currency_of
from imports.reading.merged import filled, merged_cells
from imports.reading.tables import MOST_COLUMNS, MOST_SHEETS, Cell, ListOfSheets, Money, Refused, Row, Sheet, bounded

LARGEST_UNPACKED = 400_000_000  # bytes
LARGEST_RATIO = 150  # of a part of an archive that is larger than SMALL
SMALL = 10_000_000
CHUNK = 1 << 20

CURRENCY_SHOWN = re.compile(r'\[\$([^\]-]+)[^\]]*\]|"\s*([^"]+?)\s*"|(£)')

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def check_archive(archive: ZipFile):
    """Raises Refused where the archive is a bomb: by what its parts really unpack to, not by what it says."""
    unpacked = 0
    for part in archive.infolist():
        if part.flag_bits & 0x1:
            raise Refused(_("The file is protected by a password. Save it without one."))
        size = measure(archive, part, LARGEST_UNPACKED - unpacked)
        unpacked += size
        if unpacked > LARGEST_UNPACKED or (size > SMALL and size > LARGEST_RATIO * max(1, part.compress_size)):
            raise Refused(_("The file unpacks to far more than a list needs. It isn't opened."))


def measure(archive, part, most: int) -> int:
    """How many bytes a part unpacks to, or somewhat more than `most`. XML that declares entities is refused."""
    size = 0
    with archive.open(part) as file:
        while size <= most and (chunk := file.read(CHUNK)):
            if not size and part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in chunk[:2000]:
                raise Refused(_("The file declares what no spreadsheet needs. It isn't opened."))
            size += len(chunk)
    return size


def damaged() -> Refused:
    return Refused(_("The spreadsheet is damaged and can't be read. Open it and save it once more as XLSX or CSV."))


def read_xlsx(content: bytes) -> ListOfSheets:
    """The sheets that are in sight, each read row by row."""
    try:
        with closing(openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
            names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    except Exception as problem:  # whatever a hostile file makes the library raise
        raise damaged() from problem
    return ListOfSheets("XLSX", [Sheet(name, lambda name=name: xlsx_rows(content, name)) for name in names])


def xlsx_rows(content: bytes, name: str) -> Iterator[Row]:
    try:
        with closing(openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
            sheet = book[name]
            sheet.reset_dimensions()  # which some programs write wrong
            merged = merged_cells(content, sheet._worksheet_path)
            yield from bounded(filled(([value_of(cell) for cell in row] for row in sheet.iter_rows()), merged))
    except Refused:
        raise
    except Exception as problem:
        raise damaged() from problem


def value_of(cell) -> Cell:
    """A number that is shown with another currency than the euro is told with it."""
    value = cell.value
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and (currency := shown_currency(cell.number_format))
    ):
        return Money(Decimal(str(value)), currency)
    return value


@cache
def shown_currency(number_format: str) -> str:
    """`[$£-809]#,##0.00` → `GBP`, `#,##0 "Kč"` → `CZK`; empty where no currency is shown, or only the euro."""
    for sign in CURRENCY_SHOWN.findall(number_format or ""):
        if (code := currency_of(next(filter(None, sign), ""))) not in ("", "EUR"):
            return code
    return ""


def read_xls(content: bytes) -> ListOfSheets:
    """The old Excel's files, whose sheets have 65,536 rows at most."""
    try:
        book = python_calamine.load_workbook(BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if "Visible" in str(sheet.visible)][:MOST_SHEETS]
    except python_calamine.PasswordError as problem:
        raise Refused(_("The file is protected by a password. Save it without one.")) from problem
    except Exception as problem:
        raise damaged() from problem
    return ListOfSheets("XLS", [Sheet(name, lambda name=name: xls_rows(book, name)) for name in names])


def xls_rows(book, name: str) -> Iterator[Row]:
    sheet = book.get_sheet_by_name(name)
    merged = {(first, column): last for (first, column), (last, _end) in sheet.merged_cell_ranges or [] if last > first}
    above = [[]] * (sheet.start[0] if sheet.start else 0)
    before = [None] * (sheet.start[1] if sheet.start else 0)
    yield from bounded(filled([*above, *([*before, *row] for row in sheet.iter_rows())], merged))


def read_ods(content: bytes) -> ListOfSheets:
    names = list(dict.fromkeys(name for name, _row, _spans in ods_rows(content)))
    if not names:
        raise Refused(_("The spreadsheet is empty."))
    return ListOfSheets("ODS", [Sheet(name, lambda name=name: bounded(ods_sheet(content, name))) for name in names])


def ods_sheet(content: bytes, wanted: str) -> Iterator[list[Cell]]:
    merged = {}

    def rows():
        of_sheet = ((row, spans) for name, row, spans in ods_rows(content) if name == wanted)
        for number, (row, spans) in enumerate(of_sheet):
            merged.update({(number, column): number + rows - 1 for column, rows in spans.items()})
            yield row

    return filled(rows(), merged)


def ods_rows(content: bytes) -> Iterator[tuple[str, list[Cell], dict[int, int]]]:
    """
    The rows of all sheets with the names of these, and how many rows a cell of a column spans, where these are several.
    Only what is repeated within bounds is repeated.
    """
    name = ""
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open("content.xml") as file:
            for event, element in iterparse(file, ("start", "end")):  # noqa: S314  (without DOCTYPE: see `measure`)
                if event == "start" and element.tag == f"{TABLE}table":
                    name = element.get(f"{TABLE}name", "")
                elif event == "end" and element.tag == f"{TABLE}table-row":
                    row, spans = ods_cells(element)
                    times = int(element.get(f"{TABLE}number-rows-repeated", 1))
                    for _again in range(times if any(cell not in (None, "") for cell in row) else min(times, 1000)):
                        yield name, row, spans
                    element.clear()
    except (ParseError, ValueError, KeyError) as problem:
        raise damaged() from problem


def ods_cells(row) -> tuple[list[Cell], dict[int, int]]:
    cells, spans = [], {}
    for cell in row:
        if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            if (spanned := int(cell.get(f"{TABLE}number-rows-spanned", 1))) > 1:
                spans[len(cells)] = spanned
            times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            cells += [ods_value(cell)] * min(times, MOST_COLUMNS + 1 - len(cells))
    return cells, spans


def ods_value(cell) -> Cell:
    match cell.get(f"{OFFICE}value-type"):
        case "float" | "currency" | "percentage":
            return float(cell.get(f"{OFFICE}value"))
        case "date":
            return datetime.fromisoformat(cell.get(f"{OFFICE}date-value")[:19])
        case "boolean":
            return cell.get(f"{OFFICE}boolean-value") == "true"
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))
