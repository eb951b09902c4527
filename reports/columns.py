"""What a report is made of: columns as data, and the records that fill its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules
from typing import Any, Literal

from django.db.models import Model, QuerySet

from editorial.showing import Found, Text
from reports import tables
from reports.cells import cell

RECORDS_AT_ONCE = 500  # held in memory, with what belongs to them

Format = Literal[
    "text", "long_text", "rich_text", "country", "address", "day", "moment", "time",
    "identifier",  # a number without separators, such as a year
    "number",
    "amount",  # in EUR
    "percent",  # a share of one
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """
    A column's header, how its value is taken from a record, and what kind of value it is.

    A value may also be a list, or a text where a date isn't fully known; None where nothing is known. What is for
    staff stands in no file that visitors get.
    """

    header: str
    value: Callable[[Any], Any]
    format: Format = "text"
    for_staff: bool = False


@dataclass(frozen=True)
class Report:
    """
    A table for readers: which record stands in each row, and in which columns.

    `name` is part of file names and actions and stays as it is; `title` is the sheet's, `label` the words of the menu,
    in which `{format}` stands for the kind of file. The list of `selected` offers it, by default that of the rows' own
    `model`, in the `order` of such numbers. `rows` gives the records that belong to the selected ones, with
    all that the columns ask for; `public_rows` does it for visitors, where drafts belong to them too. `look_up` adds to
    some of these records what no query gives.
    """

    name: str
    title: str
    label: str
    model: type[Model]
    rows: Callable[[QuerySet], QuerySet]
    columns: list[Column]
    public_rows: Callable[[QuerySet], QuerySet] | None = None
    look_up: Callable[[list], None] = list
    selected: type[Model] | None = None
    order: int = 100

    def for_visitors(self) -> "Report":
        """The report on published records, as everyone may read it."""
        columns = [column for column in self.columns if not column.for_staff]
        return replace(self, rows=self.public_rows or self.rows, columns=columns)

    @property
    def offered_by(self) -> type[Model]:
        """The model whose list offers it."""
        return self.selected or self.model

    @property
    def headers(self) -> list[str]:
        return [str(column.header) for column in self.columns]

    @property
    def formats(self) -> list[Format]:
        return [column.format for column in self.columns]

    def cells(self, selection: QuerySet, user, portal: str) -> Iterator[list]:
        """
        The report's rows as far as they are in the user's reach. `portal` is the portal's address, with its scheme and
        host.
        """
        return self.told(self.rows(selection).in_reach_of(user), user, portal)

    def told(self, rows: QuerySet, user, portal: str) -> Iterator[list]:
        """The cells of rows that `rows` gave, a few at a time, with such facts in them as the user may see, or
        visitors, where that is None."""
        records = rows.iterator(chunk_size=RECORDS_AT_ONCE)
        while batch := list(islice(records, RECORDS_AT_ONCE)):
            self.look_up(batch)
            for values in with_facts([(record, self.values(record)) for record in batch], self.formats, user):
                yield [cell(value, format, portal) for value, format in zip(values, self.formats, strict=True)]

    def values(self, record) -> list:
        return [column.value(record) for column in self.columns]


def with_facts(rows: list[tuple[Model, list]], formats: list[Format], user) -> list[list]:
    """
    The rows' values with the facts that texts name in words, as far as the user may see them, by a query or two for
    all of them together.
    """
    named = {
        (row, place): Text(value, record, is_rich=format == "rich_text")
        for row, (record, values) in enumerate(rows)
        for place, (value, format) in enumerate(zip(values, formats, strict=True))
        if format in ("long_text", "rich_text") and "[[" in (value or "")
    }
    found = Found(None, list(named.values()), user)
    return [
        [found.told(named[row, place]) if (row, place) in named else value for place, value in enumerate(values)]
        for row, (_record, values) in enumerate(rows)
    ]


def all_reports() -> list[Report]:
    """Every Report of a module in `reports/tables/`, in their order."""
    modules = [import_module(f"{tables.__name__}.{module.name}") for module in iter_modules(tables.__path__)]
    found = {each.name: each for module in modules for each in vars(module).values() if isinstance(each, Report)}
    return sorted(found.values(), key=lambda report: (report.order, report.name))
