"""
Small rows that come along with a record in its own query, as JSON: the phases, topics and websites of a project.

Where a page shows a record with a handful of each kind, one query brings all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Func, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from editorial.translations import columns, translated_fields


class Gathered(Func):
    """The rows of a subquery as one list, in no order; on PostgreSQL NULL where there are none."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


@dataclass(frozen=True)
class Rows:
    """
    Which `fields` of a relation's records come along, and by what they are sorted; `only` leaves those that are wanted.

    A field may be one of what they refer to: `partner__name`.
    """

    relation: str
    fields: tuple[str, ...]
    order: tuple[str, ...] = ("pk",)
    only: Callable[[QuerySet], QuerySet] = QuerySet.all

    def gathered(self, model) -> Subquery:
        relation = model._meta.get_field(self.relation)
        records = relation.related_model._default_manager.filter(**{relation.remote_field.name: OuterRef("pk")})
        # As Django's own queryset: that of translated models changes the order of columns.
        plain = QuerySet(records.model, query=self.only(records).order_by().query)
        rows = plain.values_list(Gathered(JSONArray(*columns_of(records.model, self.fields))))
        return Subquery(rows, output_field=JSONField())

    def read(self, rows: list[list] | None, whole: Model) -> list[Model]:
        """What came along with a record."""
        relation = whole._meta.get_field(self.relation)
        names = columns_of(relation.related_model, self.fields)
        records = [record_of(relation.related_model, dict(zip(names, row, strict=True))) for row in rows or []]
        if relation.one_to_many:
            for record in records:
                setattr(record, relation.remote_field.name, whole)
        return sorted(records, key=attrgetter(*self.order))


def columns_of(model, fields) -> list[str]:
    """What is read of each row: of a text all languages in use, and the key of what is referred to."""
    found = ["pk"]
    for path in fields:
        way, _, name = path.rpartition("__")
        owner = model._meta.get_field(way).related_model if way else model
        names = ["pk", *columns(name)] if name in translated_fields(owner) else ["pk", name]
        found += [f"{way}__{each}" if way else each for each in names]
    return list(dict.fromkeys(found))


def record_of(model, values: dict) -> Model:
    """A record of which some fields were read, with what it refers to."""
    own, referred = {}, {}
    for path, value in values.items():
        way, _, name = path.rpartition("__")
        (referred.setdefault(way, {}) if way else own)[name] = value
    fields = {model._meta.pk if name == "pk" else model._meta.get_field(name): value for name, value in own.items()}
    read = {field.attname: field.to_python(value) for field, value in fields.items()}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in read]
    record = model.from_db(None, names, [read[name] for name in names])
    for way, of_it in referred.items():
        setattr(record, way, record_of(model._meta.get_field(way).related_model, of_it))
    return record
