"""
The rows of a table as lines of JSON, the same from every database, and back.

The models are those of the migrations that a database is at, not of the code: so what an older portal wrote goes into
the tables of that portal, which then become those of today as they do in any upgrade.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import islice
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model, QuerySet

BATCH = 500  # rows
# Who is logged in; and the index of words, which `reindex` makes anew.
LEFT_OUT = {"django_session", "search_searchdocument", "search_searchterm"}


def applied() -> list[tuple[str, str]]:
    """The migrations that the database is at, `[("projects", "0001_initial"), …]`."""
    return sorted(MigrationRecorder(connection).applied_migrations())


@cache
def known() -> MigrationLoader:
    """The migrations of this portal."""
    return MigrationLoader(None)


@cache
def models_at(migrations: tuple[tuple[str, str], ...]) -> list[type[Model]]:
    """The models of a database at these migrations whose rows a backup has, in the order of their tables' names."""
    models = known().project_state(last_of(migrations)).apps.get_models(include_auto_created=True)
    return sorted(
        (model for model in models if model._meta.db_table not in LEFT_OUT), key=lambda model: model._meta.db_table
    )


def last_of(migrations: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that no other one of the same app follows, as far as the portal knows them."""
    nodes = known().graph.node_map
    here = {each for each in migrations if each in nodes}
    followed = {parent.key for each in here for parent in nodes[each].parents if parent.key[0] == each[0]}
    return sorted(here - followed)


def fields_of(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """The rows of a table, each a list in the order of `fields_of`."""
    names = [field.attname for field in fields_of(model)]
    for row in QuerySet(model).order_by("pk").values_list(*names).iterator(BATCH):
        yield json.dumps([written(value) for value in row], ensure_ascii=False, sort_keys=True).encode() + b"\n"


def written(value) -> object:
    """A value as JSON has it; its field knows what it was."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return b64encode(value).decode()
    return value


def empty(models: Iterable[type[Model]]):
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {quoted(model._meta.db_table)}")  # noqa: S608


def fill(model: type[Model], columns: list[str], lines: Iterable[bytes]) -> int:
    """
    Put the rows of a table into it, given the names of their columns, and return how many there were. Relations are
    held against each other when the transaction ends.
    """
    fields = {field.column: field for field in fields_of(model)}
    order = [fields[column] for column in columns]
    names = ", ".join(quoted(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    number, lines = 0, iter(lines)
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            cursor.executemany(insert, [prepared(order, json.loads(line)) for line in batch])
            number += len(batch)
    return number


def prepared(fields: list[Field], row: list) -> list:
    """A row as the database takes it. Text that the portal cleans on its way in was clean when it was saved."""
    pairs = zip(fields, row, strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]


def number_on(models: Iterable[type[Model]]):
    """New rows get numbers above those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
