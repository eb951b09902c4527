"""The rows of a table as values by field, with what can't be read of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from imports.cells import READERS, text
from imports.currencies import currency_in_header
from imports.fields import kind_of
from imports.reading import Row
from imports.values import Marks, Unknown, Unreadable, amount, day, is_empty, share
from search.words import folded

SHOWN = 120  # characters of a cell
TOTALS = {
    "total", "totals", "summe", "gesamt", "gesamtsumme", "suma", "razem", "celkem", "spolu", "skupaj", "ukupno",
    "totale", "totalgeneral", "ogolem", "kopa", "isviso", "kokku", "yhteensa", "ialt", "osszesen", "общо", "συνολο",
}  # fmt: skip


@dataclass
class Line:
    """
    A row. `values` has the fields that it says something of; `mistakes` are why it is refused, `notes` what else is to
    be told: `{"column": "End", "field": "end", "old": "2019", "message": "A year alone is no date."}`
    """

    sheet: str
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    mistakes: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    skipped: str = ""

    def refuse(self, message: str, name: str = "", said=None):
        self.mistakes.append(self.told(message, name, said))

    def note(self, message: str, name: str = "", said=None):
        self.notes.append(self.told(message, name, said))

    def told(self, message, name, said):
        told = {"column": self.headers.get(name, ""), "field": name, "message": str(message)}
        return told if said is None else told | {"old": Truncator(str(said)).chars(SHOWN)}


class Columns:
    """
    The columns of a table: which field stands where, and what the values of each show of the others. `is_exact`: cells
    beyond the headers are a mistake, as in a CSV file, and no notes beside the table, as in a spreadsheet.
    """

    def __init__(self, mapping: list[str], headers: list[str], rows: list[Row], language: str, currency: str, is_exact):
        self.width = len(headers) if is_exact else None
        self.places = {name: place for place, name in enumerate(mapping) if name}
        self.headers = {name: " ".join(headers[place].split()) for name, place in self.places.items()}
        self.currencies = {name: currency_in_header(headers[place]) or currency for name, place in self.places.items()}
        self.language = language
        self.marks = {name: Marks() for name in self.places}
        self.table = Marks()
        for name, place in self.places.items():
            self.look_at(name, (cells[place] for _number, cells in rows if place < len(cells)))

    def look_at(self, name: str, values):
        kind = kind_of(name)
        for value in values:
            if kind == "amount":
                self.marks[name].see_number(value)
                self.table.see_number(value)
            elif kind == "share" and isinstance(value, str):
                self.marks[name].see_number(value.replace("%", ""))
            elif kind == "day":
                self.marks[name].see_day(value)
                self.table.see_day(value)

    def line(self, sheet: str, number: int, cells: list) -> Line:
        line = Line(sheet, number, headers=self.headers)
        for name, place in self.places.items():
            value = cells[place] if place < len(cells) else None
            if not is_empty(value):
                self.read(line, name, value)
        if self.width and any(not is_empty(cell) for cell in cells[self.width :]):
            line.refuse(_("The row has more cells than the table has columns. Are there separators within a text?"))
        return line

    def read(self, line: Line, name: str, value):
        try:
            found = self.value(line, name, value)
        except Unknown as problem:
            line.note(problem, name, value)
        except Unreadable as problem:
            line.refuse(problem, name, value)
        else:
            if found not in (None, ""):
                line.values[name] = found

    def value(self, line: Line, name: str, value):
        marks = self.marks[name]
        match kind_of(name):
            case "amount":
                found, currency = amount(value, marks, self.table)
                line.currencies[name] = currency or self.currencies[name]
                return found
            case "share":
                return share(value, marks, self.table)
            case "day":
                return day(value, marks, self.table, self.language)
            case _ as kind:
                return READERS[kind](name, text(value))


def is_total(line: Line, cells: list) -> bool:
    """Whether a row adds up the others rather than being one of the list: it says so, or has amounts alone."""
    first = next((cell for cell in cells if not is_empty(cell)), "")
    only_amounts = line.values and all(kind_of(name) in ("amount", "share") for name in line.values)
    return bool(only_amounts) or (isinstance(first, str) and folded(first) in TOTALS)


def lines_of(columns: Columns, sheet: str, rows: list[Row]) -> Iterator[Line]:
    for number, cells in rows:
        line = columns.line(sheet, number, cells)
        if is_total(line, cells):
            line.skipped = _("This row adds up others.")
        elif sum(not is_empty(cell) for cell in cells) == 1 and len(columns.places) > 1:
            line.skipped = _("This row has a single cell: it is taken for a heading or a note.")
        yield line
