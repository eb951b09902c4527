"""
A report as content: sections of sentences, facts and tables, in one language, before it is a file of any kind.

The content alone makes up the hash: the same facts give the same hash, whenever and by whomever they are put together.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from reports.columns import Format


@dataclass(frozen=True)
class Heading:
    """A column's header and what kind of value stands below it."""

    title: str
    format: Format = "text"


@dataclass(frozen=True)
class Paragraph:
    """A text without markup; an empty line in it parts two paragraphs."""

    text: str


@dataclass(frozen=True)
class Fact:
    """One thing that is known, such as the end of a project; None where nobody knows it."""

    label: str
    value: Any
    format: Format = "text"


@dataclass(frozen=True)
class Facts:
    """Facts in their order. `name` tells machines which they are."""

    name: str
    facts: list[Fact]


@dataclass(frozen=True)
class Table:
    """
    Rows of values, each of the format of its column. The first column names the row. `total` is a row that sums up the
    others, `note` a sentence below. `name` tells machines which table it is and stays as it is in every language.
    """

    name: str
    title: str
    columns: list[Heading]
    rows: list[list]
    total: list | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a report below a heading, of level 1 or 2."""

    title: str
    parts: list[Paragraph | Facts | Table]
    level: int = 1


@dataclass(frozen=True)
class Document:
    """`is_draft` says that it doesn't reconcile, which every page and sheet of it must show."""

    kind: str
    title: str
    subtitle: str
    language: str
    sections: list[Section]
    is_draft: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        return [part for section in self.sections for part in section.parts if isinstance(part, Table)]

    @property
    def content(self) -> dict:
        """What JSON can hold, and `document_of` reads again: amounts and days as their formats write them."""
        return json.loads(json.dumps(told(self), default=as_text, ensure_ascii=False))

    @property
    def content_hash(self) -> str:
        return hash_of(self.content)


def hash_of(content: dict) -> str:
    """SHA-256 of a document's content, in hexadecimal, whatever order its names stand in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Imprint:
    """
    What a file says of itself: the number that the report is kept under, such as `2026-0007`, or none; when and by whom
    it was made; the portal's name, address and version; and the hash of the content that it was made from.
    """

    number: str
    made_at: datetime
    maker: str
    portal: str
    agency: str
    version: str
    address: str
    content_hash: str


def told(document: Document) -> dict:
    told = asdict(document)
    for section, parts in zip(document.sections, told["sections"], strict=True):
        parts["parts"] = [
            {"type": type(part).__name__} | values for part, values in zip(section.parts, parts["parts"], strict=True)
        ]
    return told


def as_text(value) -> str:
    """What JSON has no form for: a decimal as it is, a day or a moment as ISO 8601 has it, a lazy text evaluated."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


PARTS = {part.__name__: part for part in (Paragraph, Facts, Table)}
READERS = {
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
    "number": Decimal,
    "amount": Decimal,
    "percent": Decimal,
}


def read_value(value, format: Format):
    """A value as it was before it became JSON. A text where a date isn't fully known stays one."""
    reader = READERS.get(format)
    if reader is None or value is None or (format in ("day", "moment", "time") and not looks_like_iso(value)):
        return value
    return reader(value) if isinstance(value, str) else value


def looks_like_iso(value: str) -> bool:
    return value[:1].isdigit() and any(mark in value for mark in "-:") and not value.isdigit()


def read_row(row: list | None, columns: list[Heading]) -> list | None:
    if row is None:
        return None
    return [read_value(value, column.format) for value, column in zip(row, columns, strict=True)]


def read_part(told: dict):
    kind = PARTS[told["type"]]
    values = {name: value for name, value in told.items() if name != "type"}
    if kind is Facts:
        facts = [Fact(**fact | {"value": read_value(fact["value"], fact["format"])}) for fact in values["facts"]]
        return Facts(values["name"], facts)
    if kind is Table:
        columns = [Heading(**column) for column in values["columns"]]
        rows = [read_row(row, columns) for row in values["rows"]]
        return Table(**values | {"columns": columns, "rows": rows, "total": read_row(values["total"], columns)})
    return kind(**values)


def document_of(content: dict) -> Document:
    """The document whose `content` this is."""
    sections = [
        Section(**section | {"parts": [read_part(part) for part in section["parts"]]})
        for section in content["sections"]
    ]
    return Document(**content | {"sections": sections})
