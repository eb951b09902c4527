"""CSV and its kin: which character separates the cells."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from imports.headers import is_known
from imports.reading.tables import LONGEST_CELL, ListOfSheets, Refused, Row, Sheet, bounded

SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|"}
LOOKED_AT, HEADERS_WITHIN = 100, 15  # rows
csv.field_size_limit(10 * LONGEST_CELL)


def read_csv(text: str, encoding: str, separator="") -> ListOfSheets:
    separator = separator or separator_of(text)

    def rows() -> Iterator[Row]:
        return bounded(cells(text, separator))

    return ListOfSheets(f"CSV {SEPARATORS[separator]} {encoding}", [Sheet("", rows)])


def cells(text: str, separator: str) -> Iterator[list[str]]:
    lines = StringIO(text, newline="")
    if text[:4].lower() == "sep=":  # which Excel writes above the table
        lines.readline()
        yield []
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as problem:
        message = _("From some row on the cells can't be told apart. Is a quotation mark opened and never closed?")
        raise Refused(message) from problem


def separator_of(text: str) -> str:
    """The one that gives the most headers that are known; of several, by which rows have the same number of cells."""
    return max(SEPARATORS, key=lambda separator: (known_headers(text, separator), regularity(text, separator)))


def known_headers(text: str, separator: str) -> int:
    rows = islice(parted(text, separator), HEADERS_WITHIN)
    return max((sum(is_known(cell) for cell in row) for row in rows if len(row) > 1), default=0)


def regularity(text: str, separator: str) -> float:
    widths = Counter(len(row) for row in islice(parted(text, separator), LOOKED_AT) if any(row))
    width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1] * item[0]), default=(1, 0))
    return rows / max(1, widths.total()) * (width - 1) ** 0.5


def parted(text: str, separator: str) -> Iterator[list[str]]:
    """The rows as far as they can be told apart."""
    with suppress(Refused):
        yield from cells(text, separator)
