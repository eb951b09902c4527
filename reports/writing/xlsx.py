"""A report as an Excel book: a sheet that says what it is, with its texts and facts, then a sheet for each table."""

from collections.abc import Iterator
from datetime import UTC
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.writer.excel import ExcelWriter

from reports.cells import cell, clean_text, safe_text
from reports.document import Document, Fact, Facts, Imprint, Paragraph, Section, Table
from reports.spreadsheets import BOLD, FONT, SHEET_TITLE_LENGTH, blank_cell, filled, sheet_title, write_sheet
from reports.writing import words
from reports.writing.zips import pack_again

BLUE, WARNING, WARNING_GROUND = "003399", "8A3B00", "FFF3E3"
TITLE = Font(name=FONT, size=18, bold=True, color=BLUE)
HEADING = Font(name=FONT, size=13, bold=True, color=BLUE)
MARK = Font(name=FONT, size=11, bold=True, color=WARNING)
LABELS, VALUES = 34, 100  # widths, in characters
KEPT_BY_EXCEL = "history"  # for a sheet of its own


def write_xlsx(document: Document, imprint: Imprint) -> bytes:
    book = Workbook(write_only=True)
    describe(book, document, imprint)
    names = sheet_names([words.sheet_of_contents(), *(table.title for table in document.tables)])
    write_contents(book.create_sheet(names[0]), document, imprint, names[1:])
    for name, table in zip(names[1:], document.tables, strict=True):
        write_table(book.create_sheet(name), table, document, imprint)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # Workbook.save would put the time of now into it
    return pack_again(file.getvalue(), imprint.made_at)


def describe(book, document, imprint):
    """What the file says of itself to those who look for it."""
    book.properties.title = clean_text(str(document.title))
    book.properties.creator = book.properties.lastModifiedBy = clean_text(imprint.agency)
    book.properties.subject = clean_text(str(document.subtitle))
    book.properties.identifier = imprint.number
    book.properties.language = document.language
    book.properties.created = book.properties.modified = imprint.made_at.astimezone(UTC).replace(tzinfo=None)


def sheet_names(titles: list[str]) -> list[str]:
    """A name for each sheet, no two of them alike, whichever way they are written."""
    names, taken = [], {KEPT_BY_EXCEL}
    for number, title in enumerate(titles, start=1):
        name = sheet_title(str(title)) or str(number)
        if name.lower() in taken:
            ending = f" ({number})"
            name = sheet_title(name, SHEET_TITLE_LENGTH - len(ending)) + ending
        names.append(name)
        taken.add(name.lower())
    return names


def write_contents(sheet, document, imprint, names: list[str]):
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LABELS, VALUES
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for row in contents(partial(text_cell, sheet), sheet, document, imprint, names):
        sheet.append(row)


def contents(text, sheet, document, imprint, names) -> Iterator[list]:
    yield [text(document.title, TITLE)]
    if document.subtitle:
        yield [text(document.subtitle)]
    yield from problem_rows(text, document)
    for table, name in zip(document.tables, names, strict=True):
        yield [text(_("Sheet “{name}”").format(name=name), BOLD), text(table.title, wrapped=True)]
    yield [None, text(_("An empty cell stands for what is not known or not published."))]
    for section in document.sections:
        yield from section_rows(text, sheet, section, imprint)
    yield []
    yield [text(words.imprint_title(), HEADING)]
    yield from fact_rows(text, sheet, words.imprint_facts(imprint).facts, imprint)


def problem_rows(text, document) -> Iterator[list]:
    if document.is_draft:
        yield [text(words.draft_mark(), MARK)]
        yield [text(words.draft_reason(), MARK)]
        yield from ([None, text(problem, wrapped=True)] for problem in document.problems)
    yield []


def section_rows(text, sheet, section: Section, imprint) -> Iterator[list]:
    """A section's texts and facts; nothing of one that has only tables."""
    told = [part for part in section.parts if not isinstance(part, Table)]
    if told:
        yield []
        yield [text(section.title, HEADING)]
    for part in told:
        if isinstance(part, Paragraph):
            yield from ([None, text(paragraph, wrapped=True)] for paragraph in words.paragraphs(part))
        elif isinstance(part, Facts):
            yield from fact_rows(text, sheet, part.facts, imprint)


def fact_rows(text, sheet, facts: list[Fact], imprint) -> Iterator[list]:
    for fact in facts:
        value = filled(partial(blank_cell, sheet), cell(fact.value, fact.format, imprint.address), fact.format)
        if value is not None:
            value.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        yield [text(words.in_euro(fact.label, fact.format), BOLD, wrapped=True), value]


def text_cell(sheet, text, font=None, wrapped=False):
    shown = WriteOnlyCell(sheet, safe_text(str(text)))
    shown.data_type = "s"
    shown.alignment = Alignment(wrap_text=wrapped, vertical="top")
    if font:
        shown.font = font
    return shown


def write_table(sheet, table: Table, document, imprint):
    headers = [safe_text(words.header(column)) for column in table.columns]
    formats = [column.format for column in table.columns]
    rows = (cells(row, formats, imprint) for row in table.rows)
    total = cells(table.total, formats, imprint) if table.total else None
    write_sheet(sheet, headers, formats, rows, draft_rows(sheet, document), total)
    if table.note:
        sheet.append([])
        sheet.append([text_cell(sheet, table.note)])


def cells(row: list, formats, imprint) -> list:
    return [cell(value, format, imprint.address) for value, format in zip(row, formats, strict=True)]


def draft_rows(sheet, document) -> list[list]:
    """The line above a draft's header; its tab has the same colour."""
    if not document.is_draft:
        return []
    sheet.sheet_properties.tabColor = WARNING
    mark = text_cell(sheet, words.draft_mark(), MARK)
    mark.fill = PatternFill("solid", WARNING_GROUND)
    return [[mark]]
