"""
The filters of a list: each offers what is in use, with how many records it would leave beside the other filters. With
them the reader sends the order that the list is read in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import django_filters
from django import forms
from django.db.models import Count, Expression, F, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import reading_order
from editorial.sorting import Order, Sorting


@dataclass(frozen=True)
class Option:
    """A value to filter by; `number` is how many records there are of it, given the other filters."""

    value: str
    text: str
    number: int

    @property
    def label(self) -> str:
        return f"{self.text} ({self.number})"


@dataclass(frozen=True)
class Chip:
    """A filter that the reader has set, with the address of the list without it."""

    name: str
    label: str
    text: str
    address: str


class Facet(django_filters.CharFilter):
    """
    A filter by one value out of those that the list's records have.

    `path` leads to the value, as `topics__slug`, and `text` gives what the reader sees of it, as an SQL expression. Or
    `names` gives the text of a value, and `order` puts them in order. `within` limits a relation to several: only what
    meets it counts. A value that no record has finds nothing.
    """

    def __init__(
        self,
        path: str,
        *,
        label: str,
        text: Callable[[], Expression | F] | None = None,
        names: Callable[[str], str] = str,
        order: Iterable[str] = (),
        within: Callable[[], Q] | None = None,
    ):
        super().__init__(field_name=path, label=label, widget=forms.Select)
        self.text, self.names, self.order, self.within = text, names, list(order), within

    def filter(self, records: QuerySet, value: str) -> QuerySet:
        if not value:
            return records
        return records.filter(self.condition(records, value))

    def condition(self, records, value) -> Q:
        chosen = Q(**{self.field_name: value})
        if self.within is None:
            return chosen
        # Several of a record's relations may have the value, and it is one record nevertheless.
        return Q(pk__in=records.model._base_manager.filter(self.within(), chosen).values("pk"))

    def options(self, records: QuerySet, others: Q) -> list[Option]:
        """What the records have, with the number of those that meet the condition which the other filters make."""
        counted = self.counted(records.filter(self.within()) if self.within else records, others)
        found = [Option(str(value), str(text or value), number) for value, text, number in counted if value]
        places = {value: place for place, value in enumerate(self.order)}
        return sorted(found, key=lambda option: (places.get(option.value, len(places)), reading_order(option.text)))

    def counted(self, records, others):
        """Rows of value, text and number, in one query."""
        text = self.text() if self.text else Value("")
        rows = records.order_by().annotate(facet=F(self.field_name), facet_text=text).values("facet", "facet_text")
        rows = rows.annotate(number=Count("pk", distinct=True, filter=others or None))
        for row in rows:
            yield row["facet"], row["facet_text"] or (row["facet"] and self.names(row["facet"])), row["number"]


class RecordFilter(django_filters.FilterSet):
    """
    The filters of a list, and its order as `sort`. `texts` are the fields in which the free words are looked for, in
    every language.
    """

    texts: list[str] = []

    q = django_filters.CharFilter(label=_("Words"), method="containing")

    def containing(self, records, name, words):
        return records.containing(words, self.texts)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What the reader has set, `{"topic": "water"}`; what can't be understood is left out."""
        return {name: value for name, value in self.sent.items() if not isinstance(self.filters[name], Sorting)}

    @cached_property
    def sent(self) -> dict[str, str]:
        """The filters and the order, as far as they can be understood."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def order(self) -> Order:
        """The order in which the records stand."""
        return self.filters["sort"].order(self.sent.get("sort"))

    def in_order(self, records: QuerySet) -> QuerySet:
        """Records in the order of the list."""
        return self.filters["sort"].filter(records, self.sent.get("sort"))

    @property
    def is_active(self) -> bool:
        """Whether the reader has chosen anything."""
        return bool(self.chosen)

    def without(self, left_out: str) -> QuerySet:
        """What all of the filters but one leave."""
        records = self.queryset.all()
        for name, value in self.chosen.items():
            if name != left_out:
                records = self.filters[name].filter(records, value)
        return records

    def beside(self, name: str) -> Q:
        """The condition which the filters make beside one; none where no other is set."""
        is_alone = not self.chosen.keys() - {name}
        return Q() if is_alone else Q(pk__in=self.without(name).order_by().values("pk"))

    @cached_property
    def options(self) -> dict[str, list[Option]]:
        """The options of each filter that has any: one query a filter."""
        facets = {name: each for name, each in self.filters.items() if isinstance(each, Facet)}
        return {name: facet.options(self.queryset, self.beside(name)) for name, facet in facets.items()}

    def form_with_options(self) -> forms.Form:
        """The form, in which each filter offers what leaves something, and what the reader has set."""
        for name, options in self.options.items():
            offered = [each for each in options if each.number or each.value == self.chosen.get(name)]
            field = self.form.fields[name]
            field.widget.choices = [("", _("All")), *((each.value, each.label) for each in offered)]
        return self.form

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(name, self.filters[name].label, self.text_of(name, value), self.address_without(name))
            for name, value in self.chosen.items()
        ]

    def text_of(self, name, value) -> str:
        return next((each.text for each in self.options.get(name, ()) if each.value == value), value)

    def address_without(self, name) -> str:
        return self.address_of({other: value for other, value in self.sent.items() if other != name})

    def address_of(self, values) -> str:
        query = QueryDict(mutable=True)
        query.update(values)
        return f"?{query.urlencode()}"

    @property
    def address(self) -> str:
        """The query that leads to this very selection in this order: `?topic=water&sort=budget`."""
        return self.address_of(self.sent)

    @property
    def address_of_all(self) -> str:
        """The query without the filters, in the same order."""
        return self.address_of({name: value for name, value in self.sent.items() if name not in self.chosen})

    def loosened(self) -> list[tuple[Chip, int]]:
        """The filters that it is enough to take away to find something, with how much; one query a filter."""
        numbers = [(chip, self.without(chip.name).count()) for chip in self.chips]
        return [(chip, number) for chip, number in numbers if number]
