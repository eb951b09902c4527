"""A report as an archive of CSV files, one for each table, with its facts and what the files are."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from reports.cells import cell, safe_text
from reports.document import Document, Facts, Imprint, Paragraph, Table
from reports.spreadsheets import in_characters, write_rows
from reports.writing import words
from reports.writing.zips import pack


@dataclass(frozen=True)
class Sheet:
    """A table with the name of its file."""

    file: str
    table: Table


def write_csv_archive(document: Document, imprint: Imprint) -> bytes:
    """
    Always an archive, so that what reads it finds the same files: README.txt, facts.csv and a file for each table, in
    the portal's dialect. A draft's names say so.
    """
    mark = "draft-" if document.is_draft else ""
    sheets = [Sheet(f"{mark}{name}.csv", table) for name, table in named(document.tables)]
    files = {"README.txt": readme(document, imprint, sheets), f"{mark}facts.csv": facts_file(document, imprint)}
    return pack(files | {sheet.file: table_file(sheet.table, imprint) for sheet in sheets}, imprint.made_at)


def named(tables: list[Table]) -> Iterator[tuple[str, Table]]:
    """The tables with a name for each; a number makes a second one of the same name another one."""
    taken = {"facts"}
    for number, table in enumerate(tables, start=1):
        name = f"{table.name}-{number}" if table.name in taken else table.name
        taken.add(name)
        yield name, table


def table_file(table: Table, imprint) -> bytes:
    """The rows; what they sum up to stands among the facts, so that nobody adds it once more."""
    formats = [column.format for column in table.columns]
    rows = ([cell(value, *how) for value, *how in with_formats(row, formats, imprint)] for row in table.rows)
    return rows_file([words.header(column) for column in table.columns], formats, rows)


def with_formats(row, formats, imprint):
    return [(value, format, imprint.address) for value, format in zip(row, formats, strict=True)]


def facts_file(document, imprint) -> bytes:
    headers = [_("Part of the report"), _("Fact"), _("Value")]
    rows = ([safe_text(str(part)), safe_text(str(label)), value] for part, label, value in facts_of(document, imprint))
    return rows_file(headers, ["text"] * 3, rows)


def facts_of(document, imprint) -> Iterator[list[str]]:
    for section in document.sections:
        for part in section.parts:
            if isinstance(part, Facts):
                for fact in part.facts:
                    label = words.in_euro(fact.label, fact.format)
                    yield [section.title, label, characters(fact.value, fact.format, imprint)]
            elif isinstance(part, Table) and part.total:
                yield from totals_of(part, imprint)


def totals_of(table: Table, imprint) -> Iterator[list[str]]:
    """A row for each column that is summed up. The first column of the total names it."""
    first, *columns = zip(table.columns, table.total, strict=True)
    for column, value in columns:
        if value is not None:
            yield [table.title, f"{first[1]}: {words.header(column)}", characters(value, column.format, imprint)]


def characters(value, format, imprint) -> str:
    return in_characters(cell(value, format, imprint.address), format)


def rows_file(headers, formats, rows) -> bytes:
    file = BytesIO()
    write_rows([safe_text(header) for header in headers], formats, rows, file)
    return file.getvalue()


def readme(document: Document, imprint: Imprint, sheets: list[Sheet]) -> bytes:
    """What the archive holds, in words, with the report's texts; lines end as every editor shows them."""
    blocks = [
        [document.title, document.subtitle],
        [words.draft_mark(), words.draft_reason(), *document.problems] if document.is_draft else [],
        [dialect()],
        [f"{sheet.file}: {'. '.join(filter(None, [sheet.table.title, sheet.table.note]))}" for sheet in sheets],
        *([section.title, *texts] for section in document.sections if (texts := texts_of(section))),
        [words.imprint_title(), *map(line_of(imprint), words.imprint_facts(imprint).facts)],
    ]
    text = "\n\n".join("\n".join(str(line) for line in block if line) for block in blocks if block)
    return f"{text}\n".replace("\n", "\r\n").encode("utf-8-sig")


def dialect() -> str:
    return _(
        "The files are in UTF-8, their values parted by semicolons; days are written year-month-day, rates as shares "
        "of one. An empty value is not known or not published."
    )


def texts_of(section) -> list[str]:
    return [text for part in section.parts if isinstance(part, Paragraph) for text in words.paragraphs(part)]


def line_of(imprint):
    return lambda fact: f"{fact.label}: {words.fact_in_words(fact, imprint.address)}"
