"""A kept report to be read on a page, in the words that its files have: all values as texts of its own language."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override

from reports.document import Document, Facts, Paragraph, Table
from reports.writing import words

PORTAL = settings.PORTAL_ADDRESS


class Part(NamedTuple):
    """What stands in a section: `kind` is "texts", "facts" or "table"; what isn't of that kind is empty."""

    kind: str
    title: str = ""
    texts: list[str] = []
    facts: list[tuple[str, str]] = []
    headings: list[tuple[str, bool]] = []  # with whether numbers stand below
    rows: list[list[tuple[str, bool]]] = []
    total: list[tuple[str, bool]] = []
    notes: list[str] = []


class Read(NamedTuple):
    title: str
    level: int
    parts: list[Part]


def read(document: Document) -> list[Read]:
    """The sections of a report as texts."""
    with override(document.language):
        return [
            Read(section.title, section.level, [read_part(part) for part in section.parts])
            for section in document.sections
        ]


def read_part(part) -> Part:
    if isinstance(part, Paragraph):
        return Part("texts", texts=words.paragraphs(part))
    if isinstance(part, Facts):
        return Part("facts", facts=[(fact.label, words.fact_in_words(fact, PORTAL)) for fact in part.facts])
    are_numbers = [column.format in words.NUMBERS for column in part.columns]
    return Part(
        "table",
        part.title,
        headings=list(zip(map(words.header, part.columns), are_numbers, strict=True)),
        rows=[list(zip(row, are_numbers, strict=True)) for row in words.rows_in_words(part, PORTAL)],
        total=list(zip(words.total_in_words(part, PORTAL), are_numbers, strict=False)),
        notes=words.notes(part),
    )


def named_rows(table: Table) -> list[dict[str, str]]:
    """A table's rows, the sum as well: each value by its column's header, nothing where nothing is known."""
    headers = [words.header(column) for column in table.columns]
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [dict(zip(headers, words.row_in_words(table, row, "", PORTAL), strict=True)) for row in rows]
