"""Reports written and read back, as their reader gets them."""

import csv
from io import BytesIO, StringIO

from django.utils.translation import gettext
from openpyxl import load_workbook

from accounts.models import User
from reports.spreadsheets import CSV, XLSX

PORTAL = "https://projects.example.eu/"
READER = User(is_superuser=True)  # whose reach has no end


def written(report, file_format, selection=None) -> BytesIO:
    """The file of a report, by default of all records of its own model."""
    selection = report.model.objects.all() if selection is None else selection
    file = BytesIO()
    file_format.write(report, report.cells(selection, READER, PORTAL), file, "RRA Posavje")
    file.seek(0)
    return file


def book_of(report, selection=None):
    return load_workbook(written(report, XLSX, selection))


def lines_of(report, selection=None) -> list[list[str]]:
    text = written(report, CSV, selection).read().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def cell_of(report, header, selection=None):
    """The Excel cell that the first record has under a header, named in English."""
    sheet = book_of(report, selection).active
    return next(cell for cell in sheet[2] if sheet.cell(1, cell.column).value == gettext(header))


def field_of(report, header, selection=None) -> str:
    """What a CSV file has of the first record under a header."""
    headers, record, *_ = lines_of(report, selection)
    return record[headers.index(header)]
