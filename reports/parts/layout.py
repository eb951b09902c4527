"""How reports are laid out: tables from columns, with sums that say what they hold, and a chapter for each record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.formats import listing
from projects.totals import KnownSum
from reports.columns import Column, Format
from reports.document import Heading, Paragraph, Section, Table

AS_THEY_ARE = (bool, int, float, date, time)  # a moment is a date too
CENT, MILLIONTH = Decimal("0.01"), Decimal("0.000001")


@dataclass(frozen=True)
class Summed(Column):
    """
    A column whose values are added up below it, as far as they are known; a value may be a KnownSum itself.
    `is_rounded` says which of the others are rounded.
    """

    is_rounded: Callable[[Any], bool] = lambda record: False

    def sum(self, records) -> KnownSum:
        return sum(map(self.known, records), KnownSum(None, 0, 0))

    def known(self, record) -> KnownSum:
        value = self.value(record)
        if isinstance(value, KnownSum):
            return value
        return KnownSum.of([value], int(value is not None and self.is_rounded(record)))


@dataclass(frozen=True)
class Extra(Column):
    """A column that stands only where one of the records has something in it."""

    def is_used(self, records) -> bool:
        return any(self.value(record) not in (None, "", []) for record in records)


def table_of(name: str, title: str, columns: list[Column], records: Iterable, note="", otherwise=""):
    """A Table with a row for each record; where there is none, `otherwise` as a Paragraph, or None."""
    records = list(records)
    if not records:
        return Paragraph(str(otherwise)) if otherwise else None
    columns = [column for column in columns if not isinstance(column, Extra) or column.is_used(records)]
    sums = {place: column.sum(records) for place, column in enumerate(columns) if isinstance(column, Summed)}
    return Table(
        name,
        str(title),
        [Heading(str(column.header), column.format) for column in columns],
        [[settled(column.value(record), column.format) for column in columns] for record in records],
        total_row(sums, columns) if sums and len(records) > 1 else None,
        " ".join([*notes_on(sums, columns, len(records) > 1), *([str(note)] if note else [])]),
    )


def settled(value, format: Format):
    """A value as a file can keep it: several in a row as one text, a lazy text as it reads now, an empty as None."""
    value = value.total if isinstance(value, KnownSum) else value
    if isinstance(value, Decimal):
        return exact(value, format)
    if value is None or isinstance(value, AS_THEY_ARE):
        return value
    text = "; ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return text.strip() or None


def exact(value: Decimal, format: Format) -> Decimal:
    """The same figure with the same decimals, whichever database it comes from: cents, or as many as it needs."""
    if format == "amount":
        return value.quantize(CENT)
    if format == "percent":
        return value.quantize(MILLIONTH)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def total_row(sums: dict[int, KnownSum], columns: list[Column]) -> list:
    sums = [sums.get(place) for place in range(1, len(columns))]
    return [_("Total"), *(settled(found, column.format) for found, column in zip(sums, columns[1:], strict=True))]


def notes_on(sums: dict[int, KnownSum], columns, has_total: bool) -> Iterable[str]:
    """What must be said of the sums: how many of the parts are known, and how many of these are rounded."""
    if unknown := [str(columns[place].header) for place, found in sums.items() if found.all and not found.known]:
        yield _("Not known: %(columns)s.") % {"columns": listing(unknown)}
    for place, found in sums.items():
        said = {"column": columns[place].header, "known": found.known, "all": found.all, "rounded": found.rounded}
        if has_total and found.known and not found.is_complete:
            yield _("%(column)s: the total is of those that are known, %(known)d of %(all)d.") % said
        if found.rounded:
            yield rounded(found.rounded) % said


def rounded(number: int) -> str:
    return ngettext(
        "%(column)s: %(rounded)d amount is rounded.", "%(column)s: %(rounded)d amounts are rounded.", number
    )


def section(title: str, *parts, level: int = 1) -> Section | None:
    """A section of those of the parts that there are; None without any."""
    found = [part for part in parts if part]
    return Section(str(title), found, level) if found else None


def chapters(records: list[Model], tell: Callable[[Any], list[Section | None]], name=str) -> list[Section]:
    """
    What is told of each record. Where there are several, each has a chapter of its own, and its tables bear its name.
    """
    if len(records) == 1:
        return [each for each in tell(records[0]) if each]
    found = []
    for record in records:
        sections = [of_record(each, record.slug, name(record)) for each in tell(record) if each]
        found += [Section(name(record), [], 1), *sections]
    return found


def of_record(told: Section, slug: str, name: str) -> Section:
    """A section below the heading of its record."""
    parts = [replace(part, name=f"{part.name}-{slug}") if hasattr(part, "name") else part for part in told.parts]
    parts = [replace(part, title=f"{name}: {part.title}") if isinstance(part, Table) else part for part in parts]
    return replace(told, parts=parts, level=2)
