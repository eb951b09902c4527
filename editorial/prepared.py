"""
Queries that pages ask again and again, put into SQL once.

Of a wide query, Django takes far longer to work out the SQL than the database takes to answer it. In one language and
on one day that SQL is the same, but for what the page is asked for and for the moment.
"""

from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections
from django.db.models import DateTimeField, Expression, QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import get_language

from editorial.translations import active_languages

# What stands for a value while the SQL is worked out: nothing that could be meant.
MOMENT = datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC)
NUMBER, TEXT = -7_020_304_050_607_080_900, "\ufffeplace\ufffe"

is_preparing: ContextVar[bool] = ContextVar("is_preparing", default=False)


class ThisMoment(Expression):
    """The moment at which a query is asked."""

    output_field = DateTimeField()

    def as_sql(self, compiler, connection):
        moment = MOMENT if is_preparing.get() else timezone.now()
        return "%s", [connection.ops.adapt_datetimefield_value(moment)]

    def get_group_by_cols(self):
        return []


@dataclass(frozen=True)
class Prepared:
    """A queryset in SQL: which of its parameters is the moment, and which the value that stands at a place."""

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple
    moments: list[int]
    places: dict[int, int]

    def ask(self, values) -> list:
        compiler = copy(self.compiler)
        compiler.connection = connections[self.queryset.db]
        params, moment = list(self.params), compiler.connection.ops.adapt_datetimefield_value(timezone.now())
        for index in self.moments:
            params[index] = moment
        for index, place in self.places.items():
            params[index] = values[place]
        compiler.as_sql = lambda: (self.sql, tuple(params))
        asked = self.queryset.all()
        asked.query.get_compiler = lambda *args, **kwargs: compiler
        return list(asked)


_prepared: dict[tuple, Prepared] = {}


def ask(name, build: Callable[..., QuerySet], *values: int | str) -> list:
    """
    The records of the queryset that `build` makes of the values; `name` is the queryset's own.

    Beside the values, nothing may make a difference to it but the language and the day.
    """
    today = timezone.localdate()
    key = name, get_language(), *active_languages(), today
    if key not in _prepared:
        for past in [each for each in _prepared if each[-1] != today]:
            _prepared.pop(past, None)
        _prepared[key] = prepare(build, [type(value) for value in values])
    return _prepared[key].ask(values)


def prepare(build, kinds: list[type]) -> Prepared:
    stand_ins = [NUMBER - place if kind is int else f"{TEXT}{place}" for place, kind in enumerate(kinds)]
    token = is_preparing.set(True)
    try:
        queryset = build(*stand_ins)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
    finally:
        is_preparing.reset(token)
    moment = compiler.connection.ops.adapt_datetimefield_value(MOMENT)
    moments = [index for index, param in enumerate(params) if param == moment]
    places = {index: stand_ins.index(param) for index, param in enumerate(params) if param in stand_ins}
    # Making records of the rows takes a quarter of the memory: what the SQL was made of isn't needed any more.
    queryset.query = Query(queryset.model)
    reader = SQLCompiler(queryset.query, compiler.connection, queryset.db)
    reader.select = [(as_column(each), None, None) for each, _sql, _alias in compiler.select]
    for name in ("klass_info", "annotation_col_map", "col_count", "has_extra_select"):
        setattr(reader, name, getattr(compiler, name))
    return Prepared(queryset, reader, sql, params, moments, places)


def as_column(selected):
    """What was selected, for telling its type."""
    return selected if isinstance(selected, Col) else Value(None, selected.output_field)
