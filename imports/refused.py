"""The rows of a list that were refused, with the reasons, as a file in which they can be mended and sent in again."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from imports.models import Import, RowResult
from imports.reading import open_list
from reports.cells import cell
from reports.spreadsheets import in_characters


def refused_rows(one: Import) -> bytes:
    """CSV as spreadsheets open it: the columns of the list, then the row's number in it and why it was refused."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    reasons = {(row.sheet, row.number): reasons_of(row) for row in one.rows.filter(outcome="refused")}
    found = open_list(bytes(one.file.content), **one.reading)
    for sheet, table in zip(found.sheets, one.tables, strict=False):
        if not any(name == sheet.name for name, _number in reasons):
            continue
        headers = table["columns"]
        writer.writerow([*map(written, headers), _("Row in the list"), _("Why it was refused")])
        for number, cells in sheet.rows():
            if reason := reasons.get((sheet.name, number)):
                filled = [*cells, *[None] * (len(headers) - len(cells))]
                writer.writerow([*map(written, filled), number, written(reason)])
    return text.getvalue().encode("utf-8-sig")


def reasons_of(row: RowResult) -> str:
    """`Start: “soon” is no date. End: …`"""
    found = [(detail.get("column"), detail.get("message")) for detail in row.details]
    return " ".join(f"{column}: {message}" if column else message for column, message in found if message)


def written(value) -> str:
    """A cell's value in characters, which no spreadsheet takes for a formula."""
    format = "day" if hasattr(value, "isoformat") else "number"
    return in_characters(cell(value, format, portal=""), format)
