"""
Pages of a list that cost the same however deep they lie: the next one begins behind the last record of this one, and
not after so many. Records that are added or taken away in the meantime neither repeat nor hide others.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from opendata.api.problems import Refused


@dataclass(frozen=True)
class Key:
    """One of the values that a list is sorted by. `name` is what its records have it under."""

    name: str
    by: OrderBy

    @property
    def order(self) -> OrderBy:
        by = self.by
        return OrderBy(F(self.name), by.descending, nulls_first=by.nulls_first, nulls_last=by.nulls_last)

    def behind(self, value) -> Q:
        """What is unknown stands last, so nothing stands behind it."""
        if value is None:
            return Q(pk__in=[])
        behind = Q(**{f"{self.name}__{'lt' if self.by.descending else 'gt'}": value})
        return behind | Q(**{f"{self.name}__isnull": True}) if self.by.nulls_last else behind

    def beside(self, value) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


class Keyset:
    """
    A list's order, given by what `order_by` takes, up to the primary key, which tells all records apart. A value that
    can be unknown must be sorted last: `F("start").desc(nulls_last=True)`.
    """

    def __init__(self, order: list):
        parts = [order_by(each) for each in [*order, "pk"]]
        end = next(place for place, part in enumerate(parts) if part.expression == F("pk"))
        self.keys = [Key(f"order_{place}", part) for place, part in enumerate(parts[:end])]
        self.keys.append(Key("pk", parts[end]))

    def in_order(self, records: QuerySet) -> QuerySet:
        named = {key.name: key.by.expression for key in self.keys if key.name != "pk"}
        return records.annotate(**named).order_by(*(key.order for key in self.keys))

    def behind(self, values: list) -> Q:
        """Behind (a, b, key): a is behind; or a is the same, and b is behind; or both are, and the key is."""
        condition = Q(pk__in=[])
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            condition = key.behind(value) | key.beside(value) & condition
        return condition

    def page(self, records: QuerySet, values: list | None, size: int) -> tuple[list, list | None]:
        """The records of a page behind those values, and the values behind which the next page begins, if any."""
        records = self.in_order(records)
        if values is not None:
            records = records.filter(self.behind(values))
        found = list(records[: size + 1])
        return found[:size], self.values_of(found[size - 1]) if len(found) > size else None

    def values_of(self, record) -> list:
        return [as_json(getattr(record, key.name)) for key in self.keys]


def order_by(part) -> OrderBy:
    """`"-start"` or an expression, as an OrderBy."""
    if isinstance(part, str):
        return F(part.lstrip("-")).desc() if part.startswith("-") else F(part).asc()
    return part if isinstance(part, OrderBy) else part.asc()


def as_json(value: Any):
    """A day, moment or decimal as a text that the database's field reads again without loss."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def signer_of(of: str) -> signing.Signer:
    """Without a time, so that the same page has the same address of the next one, and thereby the same ETag."""
    return signing.Signer(salt=f"api-cursor:{of}")


def write_cursor(values: list, of: str) -> str:
    """Signed for one list, `of`, so that it fits no other and nobody can make one."""
    return signer_of(of).sign_object(values)


def read_cursor(cursor: str, of: str, detail: str) -> list:
    """The values in a cursor; raises Refused where it is not one of this list's."""
    try:
        return signer_of(of).unsign_object(cursor)
    except signing.BadSignature as error:
        raise Refused("invalid-cursor", detail) from error
