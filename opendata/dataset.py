"""A dataset: published records as rows, a few at a time, so that ten thousand need no more memory than ten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import override

from opendata.fields import Column, Field, as_published
from reports.columns import RECORDS_AT_ONCE, with_facts

PLAIN = "en"  # the language of what isn't a text: codes, numbers, dates


@dataclass(frozen=True, eq=False)
class Dataset:
    """
    What stands at `/data/{name}.csv` and its like.

    `records` gives the published records, `prepared` adds what the fields ask for. `keywords` are the field's terms,
    `themes` codes of the EU's table of data themes, `legislation` the ELI addresses of what asks for the data.
    """

    name: str
    title: str
    description: str
    records: Callable[[], QuerySet]
    fields: list[Field] = field(default_factory=list)
    prepared: Callable[[QuerySet], QuerySet] = QuerySet.all
    keywords: list[str] = field(default_factory=list)
    themes: tuple[str, ...] = ("REGI",)
    legislation: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column]:
        """One for each field, and one for each language in use where it is a text."""
        return [column for each in self.fields for column in each.columns]

    def rows(self, portal: str) -> Iterator[list]:
        """The values of all columns, record by record. `portal` is the portal's address, with its scheme and host."""
        columns = self.columns
        records = self.prepared(self.records()).iterator(chunk_size=RECORDS_AT_ONCE)
        while batch := list(islice(records, RECORDS_AT_ONCE)):
            told = {language: told_in(language, columns, batch) for language in {each.language for each in columns}}
            for row in range(len(batch)):
                values = {language: iter(rows[row]) for language, rows in told.items()}
                yield [as_published(next(values[each.language]), each.format, portal) for each in columns]
            let_go(batch)


def told_in(language: str, columns: list[Column], records: list) -> list[list]:
    """The values of one language's columns, the facts that texts name told in that language to any visitor."""
    ours = [column for column in columns if column.language == language]
    with override(language or PLAIN):
        rows = [(record, [column.value(record) for column in ours]) for record in records]
        return with_facts(rows, [column.format for column in ours], user=None)


def let_go(records: list):
    """Free what records and their parts hold of one another at once; the garbage collector would come to it later."""
    for record in records:
        vars(record).clear()
