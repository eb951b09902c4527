"""How a dataset is written: CSV and JSON for programs, Excel for people; a few rows at a time in each."""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from opendata.dataset import PLAIN, Dataset
from opendata.licence import licence, publisher
from reports.cells import safe_text
from reports.spreadsheets import XLSX as XLSX_OF_REPORTS
from reports.spreadsheets import sheet_title, write_sheet

LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class DataFormat:
    """
    A kind of file. `authority` is its code in the EU's table of file types. `write` puts a dataset into an open file;
    it gets the portal's address, with its scheme and host, too.
    """

    extension: str
    name: str
    media_type: str
    authority: str
    write: Callable[[Dataset, str, BinaryIO], None]

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    def file_name(self, dataset: Dataset) -> str:
        return f"{dataset.name}.{self.extension}"


def as_text(value):
    """A value in a cell as text, safe from being taken for a formula; numbers and dates stay what they are."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(safe_text, value))
    return safe_text(value) if isinstance(value, str) else value


def in_csv(value, format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal) and format == "number":
        value = value.normalize() + 0
        return f"{value:f}"
    return str(as_text(value))


def write_csv(dataset: Dataset, portal: str, file: BinaryIO):
    """RFC 4180 in UTF-8: commas, decimal points, ISO dates."""
    text = TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in dataset.columns)
    formats = [column.format for column in dataset.columns]
    for row in dataset.rows(portal):
        writer.writerow(in_csv(value, format) for value, format in zip(row, formats, strict=True))
    text.detach()


def write_json(dataset: Dataset, portal: str, file: BinaryIO):
    """An object that says what it is, with one object a record: by the names of the other files, null if unknown."""
    names = [column.name for column in dataset.columns]
    head = {"dataset": dataset.name, "licence": licence(), "publisher": publisher()}
    write_members(file, head, "records", (dict(zip(names, row, strict=True)) for row in dataset.rows(portal)))


def write_members(file: BinaryIO, head: dict, name: str, members: Iterable[dict]):
    """A JSON object with the head's members and, last, a list of further ones, written one by one."""
    opening = json.dumps(head, ensure_ascii=False, default=as_json)
    file.write(f'{opening[:-1]}, "{name}": ['.encode())
    for number, member in enumerate(members):
        separator = ",\n" if number else "\n"
        file.write((separator + json.dumps(member, ensure_ascii=False, default=as_json)).encode())
    file.write(b"\n]}\n")


def as_json(value):
    """Amounts and figures as numbers, exact to their fifteen figures; days as ISO 8601 has them."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if value == value.to_integral_value() else float(value)


def write_xlsx(dataset: Dataset, portal: str, file: BinaryIO):
    """The rows below the same names as in CSV, then a sheet that explains each column and whose data these are."""
    with override(PLAIN):
        book = Workbook(write_only=True)
        book.properties.title = str(dataset.title)
        book.properties.creator = publisher()
        columns = dataset.columns
        names, formats = [column.name for column in columns], [column.format for column in columns]
        write_sheet(book.create_sheet(sheet_title(dataset.name)), names, formats, map(cells, dataset.rows(portal)))
        headers = [_("Column"), _("Title"), _("Explanation")]
        write_sheet(book.create_sheet(sheet_title(_("Columns"))), headers, ["text"] * 3, explanations(dataset))
        book.save(file)


def cells(row: list) -> list:
    return [as_text(value) for value in row]


def explanations(dataset: Dataset):
    for column in dataset.columns:
        title = f"{column.field.title} ({column.language})" if column.language else str(column.field.title)
        yield [column.name, title, str(column.field.explanation)]
    yield ["", _("Source"), publisher()]
    yield ["", _("Licence"), f"{licence()['name']}, {licence()['address']}"]


CSV = DataFormat("csv", "CSV", "text/csv", "CSV", write_csv)
XLSX = DataFormat("xlsx", "Excel", XLSX_OF_REPORTS.content_type, "XLSX", write_xlsx)
JSON = DataFormat("json", "JSON", "application/json", "JSON", write_json)
TABLES = [CSV, XLSX, JSON]
