"""The orders in which a list can be read."""

from collections.abc import Callable
from dataclasses import dataclass

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Order:
    """
    `name` is what the list's address says, `label` what its reader reads; `by` gives the expressions that records are
    sorted by, the first one first. It is a function, as texts are sorted in the reader's language.
    """

    name: str
    label: str
    by: Callable[[], list]


class Sorting(django_filters.CharFilter):
    """
    The order that the reader chooses. The first one is the list's own: it needs no word in the address, and stands for
    whatever isn't offered. Records that are alike in it always stand in the same order.
    """

    def __init__(self, *orders: Order):
        self.orders = orders
        choices = [("", orders[0].label), *((order.name, order.label) for order in orders[1:])]
        super().__init__(label=_("Sort by"), widget=forms.Select(choices=choices))

    def order(self, name: str) -> Order:
        return next((order for order in self.orders if order.name == name), self.orders[0])

    def filter(self, records: QuerySet, name: str) -> QuerySet:
        return records.order_by(*self.order(name).by(), "pk")


def first(field: str):
    """The lowest value first, what is unknown last."""
    return F(field).asc(nulls_last=True)


def last(field: str):
    """The highest value first, what is unknown last."""
    return F(field).desc(nulls_last=True)
