"""
What a cell says, as a value: strictly, as a wrong figure is worse than none.

A mark that could be of decimals or thousands, and a date that could be day or month first, are decided by the other
values of the column, then by those of the table (`Marks`); what stays open is refused.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from imports.currencies import split_currency
from imports.months import month_named
from imports.reading.tables import Money

NOTHING = {
    "",
    "n.a.",
    "n.a",
    "n/a",
    "na",
    "n. a.",
    "-",
    "–",
    "—",
    "--",
    "k.a.",
    "k. a.",
    "null",
    "none",
    "nan",
    "?",
    "…",
}
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
PLAIN = re.compile(r"\d+")
FIRST_SERIAL, LAST_SERIAL = 25_569, 73_050  # of 1970 and 2099, in days as spreadsheets count them
SERIAL_ZERO = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1980, 2099
UNSET = date(1970, 1, 1)  # what exporters write for a date that nobody gave
MIDNIGHTS_EARLY = (21, 22, 23)  # the hours of UTC at which a day begins in the Union
ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]00:?00)?.*)?"
)
NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?(?:[T ,]+\d{1,2}:\d\d.*)?")
WORDED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|º|er|\.)?[\s.\-/]*(?:de |d['’])?([^\W\d_]+)\.?[\s.\-/,]*(?:de )?(\d{4}|\d{2})\b.*"
)
LATEST_SHORT_YEAR = 70


class Unreadable(Exception):
    """The cell says nothing that its column can hold; its text says why."""


class Unknown(Exception):
    """The cell says less than the column needs, as a year alone. The value stays unknown; its text says why."""


@dataclass
class Marks:
    """What the values of a column, or of several, show: which mark their decimals have, whether days come first."""

    decimals: set[str] = field(default_factory=set)
    thousands: set[str] = field(default_factory=set)
    open: int = 0  # numbers that could be either
    orders: set[str] = field(default_factory=set)

    def see_number(self, value):
        if isinstance(value, str):
            digits, decimal, thousands = shape(bare(split_currency(value)[0])[0])
            self.decimals |= decimal
            self.thousands |= thousands
            self.open += bool(digits and not decimal and not thousands and set(digits) & set(".,"))

    def see_day(self, value):
        found = NUMERIC.fullmatch(value.strip()) if isinstance(value, str) else None
        if found and found[2] != ".":
            self.orders |= {"day"} if int(found[1]) > 12 else {"month"} if int(found[3]) > 12 else set()


def is_empty(value) -> bool:
    return value is None or (isinstance(value, str) and SPACES.sub(" ", value).strip().lower() in NOTHING)


def bare(text: str) -> tuple[str, bool]:
    """A number's text without spaces and sign, and whether it is negative."""
    text = SPACES.sub("", text).replace("\u2212", "-")
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1], True
    return text.strip("-+"), text.startswith("-") or text.endswith("-")


def shape(text: str) -> tuple[str, set[str], set[str]]:
    """A number's text, the mark that can only be its decimals', the marks that can only be its thousands'."""
    marks = [sign for sign in text if sign in ".,"]
    if not marks or not re.fullmatch(r"[\d.,]+", text):
        return text, set(), set()
    last = marks[-1]
    if len(set(marks)) == 2:
        return text, {last}, {marks[0]}
    if len(marks) > 1:
        return text, set(), {last}
    before, _mark, after = text.partition(last)
    if len(after) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        return text, {last}, set()
    return text, set(), set()


def number(value, column: Marks, table: Marks) -> Decimal:
    """A number, not rounded. Raises Unreadable."""
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, (bool, date)):
        raise Unreadable(_("This is no number."))
    if not isinstance(value, str):
        return finite(Decimal(str(value)))
    text, is_negative = bare(value)
    whole = in_plain(text, column, table)
    return finite(Decimal(whole)) * (-1 if is_negative else 1)


def finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise Unreadable(_("This is no number."))
    return value


def in_plain(text: str, column: Marks, table: Marks) -> str:
    """A number's text with a point before its decimals and nothing else in it."""
    if PLAIN.fullmatch(text):
        return text
    if not re.fullmatch(r"\d[\d.,]*", text):
        raise Unreadable(_("This is no number."))
    _text, decimal, thousands = shape(text)
    if not decimal and not thousands:
        mark = next(sign for sign in text if sign in ".,")
        decimal, thousands = ({mark}, set()) if is_decimal(mark, column, table) else (set(), {mark})
    mark = next(iter(decimal), "")
    whole, _mark, rest = text.rpartition(mark) if mark else (text, "", "")
    if thousands and not re.fullmatch(r"\d{1,3}([.,]\d{3})+", whole):
        raise Unreadable(_("The marks in this number are at the wrong places."))
    return re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else "")


def is_decimal(mark: str, column: Marks, table: Marks) -> bool:
    """Whether a mark before three figures is that of decimals, by the other values. Raises Unreadable else."""
    for marks in (column, table):
        as_decimal, as_thousands = mark in marks.decimals, mark in marks.thousands
        if as_decimal != as_thousands:
            return as_decimal
        if as_decimal:
            break
        if marks.decimals:  # the other mark is
            return False
    if not column.decimals and not column.thousands and column.open >= 3:
        return False  # amounts that all have three decimals would be strange
    raise Unreadable(_("Whether the mark in this number is of decimals or of thousands can't be told."))


def amount(value, column: Marks, table: Marks) -> tuple[Decimal, str]:
    """An amount to the cent and the code of its currency, empty where none is said. Raises Unreadable."""
    currency = ""
    if isinstance(value, Money):
        value, currency = value.amount, value.currency
    elif isinstance(value, str):
        value, currency = split_currency(value)
    found = number(value, column, table)
    if found < 0:
        raise Unreadable(_("An amount can't be negative."))
    if found >= Decimal("1e10"):
        raise Unreadable(_("This amount has more than ten figures before its decimals."))
    return found.quantize(Decimal("0.01")), currency


def share(value, column: Marks, table: Marks) -> Decimal:
    """A share of one: `18,13 %`, 0.1813 and 18.13 are the same. Raises Unreadable."""
    is_percent = isinstance(value, str) and "%" in value
    found = number(value.replace("%", "") if is_percent else value, column, table)
    found = found / 100 if is_percent or found > 1 else found
    if not 0 <= found <= 1:
        raise Unreadable(_("A rate is between 0 and 100 %."))
    return found


def day(value, column: Marks, table: Marks, language: str) -> date:
    """A date. Raises Unknown where only a year or a month is said, Unreadable where it is no date at all."""
    if isinstance(value, bool):
        raise Unreadable(_("This is no date."))
    found = from_text(value, column, table, language) if isinstance(value, str) else from_cell(value)
    if found == UNSET:
        raise Unknown(_("1 January 1970 stands for a date that nobody gave."))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(_("%(year)d can't be the year.") % {"year": found.year})
    return found


def from_cell(value) -> date:
    """The day of a spreadsheet's cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        figure = int(value)
    except (TypeError, ValueError, OverflowError) as problem:
        raise Unreadable(_("This is no date.")) from problem
    if FIRST_YEAR <= figure <= LAST_YEAR and figure == value:
        raise Unknown(_("A year alone is no date."))
    if not FIRST_SERIAL <= figure <= LAST_SERIAL:
        raise Unreadable(_("This is no date."))
    return SERIAL_ZERO + timedelta(days=figure)


def from_text(text: str, column: Marks, table: Marks, language: str) -> date:
    text = SPACES.sub(" ", text).strip()
    if re.fullmatch(r"\d{4}|\d{5}(\.\d+)?", text):
        return from_cell(float(text))
    if re.fullmatch(r"(19|20)\d{6}", text):
        return made(text[:4], text[4:6], text[6:])
    if found := ISO.fullmatch(text):
        return from_iso(found)
    if found := NUMERIC.fullmatch(text):
        return in_order(found, column, table)
    if (found := WORDED.fullmatch(text)) and (month := month_named(found[2], language)):
        return made(found[3], month, found[1])
    if re.fullmatch(r"\D{0,15}\d{4}", text) or re.fullmatch(r"\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}", text):
        raise Unknown(_("A month or a year alone is no date."))
    raise Unreadable(_("This is no date."))


def from_iso(found: re.Match) -> date:
    """The day; where a day of the Union begins in UTC it is told as the evening before."""
    result = made(*found.group(1, 2, 3))
    is_midnight = found[7] and int(found[4]) in MIDNIGHTS_EARLY and not int(found[5]) and not int(found[6] or 0)
    return result + timedelta(days=1) if is_midnight else result


def in_order(found: re.Match, column: Marks, table: Marks) -> date:
    """Day and month in the order of the column; between points the day is always first."""
    first, second, year = found[1], found[3], found[4]
    orders = column.orders or table.orders
    if found[2] != "." and len(orders) == 2 and int(first) <= 12 and int(second) <= 12 and first != second:
        raise Unreadable(_("Whether this date begins with the day or the month can't be told."))
    is_month_first = int(second) > 12 or (found[2] != "." and orders == {"month"})
    return made(year, *((first, second) if is_month_first else (second, first)))


def made(year, month, day) -> date:
    year = int(year)
    if year < 100:
        year += 2000 if year < LATEST_SHORT_YEAR else 1900
    try:
        return date(year, int(month), int(day))
    except ValueError as problem:
        raise Unreadable(_("There is no such day.")) from problem
