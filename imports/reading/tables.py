"""What every reader gives: sheets of numbered rows of cells, within bounds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

MOST_BYTES = 50_000_000
MOST_ROWS = 50_000
MOST_BLANK_ROWS = 1_100_000  # a spreadsheet has 1,048,576
MOST_COLUMNS = 300
LONGEST_CELL = 100_000
MOST_SHEETS = 100


class Money(NamedTuple):
    """An amount whose cell shows it with the sign of a currency."""

    amount: Decimal
    currency: str


Cell = str | int | float | bool | Decimal | date | Money | None
Row = tuple[int, list[Cell]]  # its number in the file, counted from 1, and its cells


class Refused(Exception):
    """The file as a whole can't be taken; its text is the sentence that says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """`rows` reads the table from its beginning, as often as it is called."""

    name: str
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class ListOfSheets:
    """A file as it was recognised: `format` says how, as “CSV ; utf-8”."""

    format: str
    sheets: list[Sheet]


def bounded(rows: Iterable[Iterable[Cell]]) -> Iterator[Row]:
    """
    The rows that hold something, numbered, without empty cells at their ends. Raises Refused where there are too many.
    """
    filled = 0
    for number, row in enumerate(rows, 1):
        cells = trimmed(row)
        filled += bool(cells)
        if filled > MOST_ROWS or number > MOST_BLANK_ROWS:
            raise too_many_rows()
        if cells:
            yield number, cells


def too_many_rows() -> Refused:
    message = _("The list has more than %(most)d rows. Divide it, as by programme or by year.")
    return Refused(message % {"most": MOST_ROWS})


def trimmed(row: Iterable[Cell]) -> list[Cell]:
    cells = [tidy(cell) for cell in row]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise Refused(
            _("The list has more than %(most)d columns: it is no list of operations.") % {"most": MOST_COLUMNS}
        )
    return cells


def tidy(cell: Cell) -> Cell:
    """A text without what doesn't show: spaces at its ends, control characters."""
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        message = _("A cell has more than %(most)d characters. Is a quotation mark opened and never closed?")
        raise Refused(message % {"most": LONGEST_CELL})
    return "".join(character for character in cell if character >= " " or character in "\n\t").strip()
