"""
The filters of a list: each offers what is in use, with how many records it would leave beside the other filters. With
them the reader sends the order that the list is read in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from heapq import nsmallest
from operator import and_

import django_filters
from django import forms
from django.db.models import Expression, F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import reading_order
from editorial.held import Held
from editorial.list_index import ListIndex, Ranking
from editorial.sorting import Order, Sorting

MOST_OFFERED = 100  # options of a filter; nobody chooses out of thousands
MOST_INDEXES = 20

indexes = Held(MOST_INDEXES)  # by the class of filters


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
    meets it counts. A value that no record has finds nothing. The MOST_OFFERED that most records have are offered.
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

    def pairs(self, records: QuerySet) -> Iterable[tuple]:
        """The records' keys, each with a value that it has, in one query."""
        return self.valued(records).values_list("pk", "facet").iterator()

    def valued(self, records: QuerySet) -> QuerySet:
        counting = records.filter(self.within()) if self.within else records
        return counting.order_by().annotate(facet=F(self.field_name))

    def value_as_indexed(self, value: str, values: Iterable[str]) -> str:
        """Under which of the values of the list's index the records stand that have a value."""
        return value

    def texts(self, records: QuerySet, examples: dict[str, int]) -> list[tuple[str, str]]:
        """Values with their texts, in order; `examples` has a record's key for each. A query where SQL gives them."""
        found = {}
        if self.text:
            rows = self.valued(records.filter(pk__in=examples.values())).annotate(facet_text=self.text())
            found = {str(value): text for value, text in rows.values_list("facet", "facet_text")}
        texts = [(value, str(found.get(value) or self.names(value))) for value in examples]
        places = {value: place for place, value in enumerate(self.order)}
        return sorted(texts, key=lambda pair: (places.get(pair[0], len(places)), reading_order(pair[1])))


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

    @cached_property
    def public(self) -> QuerySet:
        """All that visitors see of the list."""
        return self._meta.model.objects.published()

    @cached_property
    def facets(self) -> dict[str, Facet]:
        return {name: each for name, each in self.filters.items() if isinstance(each, Facet)}

    @cached_property
    def index(self) -> ListIndex:
        return indexes.get(type(self), self.make_index)

    def make_index(self) -> ListIndex:
        pks = self.public.order_by().values_list("pk", flat=True)
        return ListIndex(pks, {name: facet.pairs(self.public) for name, facet in self.facets.items()})

    @cached_property
    def found(self) -> dict[str, int]:
        """What each of the filters that are set finds by itself, as a set of the index."""
        return {name: self.found_by(name, value) for name, value in self.chosen.items()}

    def found_by(self, name, value) -> int:
        if name in self.facets:
            return self.index.having(name, self.facets[name].value_as_indexed(value, self.index.values[name]))
        pks = self.filters[name].filter(self.public, value).order_by().values_list("pk", flat=True)
        return self.index.parts.get((name, value), lambda: self.index.among(pks))

    def without(self, left_out: str | None) -> int:
        """What all of the filters but one leave, as a set of the index."""
        found = (each for name, each in self.found.items() if name != left_out)
        return reduce(and_, found, self.index.everything)

    @cached_property
    def number(self) -> int:
        """How many records the filters leave."""
        return self.without(None).bit_count()

    def page(self, start: int, number: int) -> list[int]:
        """The keys of so many records of what the filters leave, in order, behind the first `start`."""
        name = self.order.name
        ranking = self.index.parts.get(("order", name, get_language()), lambda: self.ranking(name))
        return ranking.page(self.without(None), start, number)

    def ranking(self, order: str) -> Ranking:
        return Ranking(self.index, self.filters["sort"].filter(self.public, order).values_list("pk", flat=True))

    @cached_property
    def options(self) -> dict[str, list[Option]]:
        """The options of each filter that has any."""
        offered = self.index.parts.get(("offered", get_language()), self.offered)
        return {name: list(self.options_of(name, texts)) for name, texts in offered.items()}

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Of each filter, the values that most records have, with their texts."""
        most = {
            name: nsmallest(MOST_OFFERED, filter(None, values), key=lambda value: (-len(values[value]), value))
            for name, values in self.index.values.items()
        }
        return {name: self.with_texts(name, values) for name, values in most.items()}

    def with_texts(self, name, values) -> list[tuple[str, str]]:
        examples = {value: self.index.pks[self.index.values[name][value][0]] for value in values}
        return self.facets[name].texts(self.public, examples)

    def options_of(self, name, texts) -> Iterable[Option]:
        others, values = self.without(name), self.index.values[name]
        if (chosen := self.chosen.get(name)) in values and chosen not in dict(texts):
            texts = [*texts, *self.with_texts(name, [chosen])]
        for value, text in texts:
            is_all = others == self.index.everything
            number = len(values[value]) if is_all else (self.index.having(name, value) & others).bit_count()
            yield Option(value, text, number)

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
        """The filters that it is enough to take away to find something, with how much."""
        numbers = [(chip, self.without(chip.name).bit_count()) for chip in self.chips]
        return [(chip, number) for chip, number in numbers if number]


class Selection:
    """What the filters leave of the records, as a list that a paginator can take pages of, a query each."""

    def __init__(self, filters: RecordFilter, records: QuerySet):
        self.filters, self.records = filters, records

    def __len__(self):
        return self.filters.number

    def __getitem__(self, part: slice) -> list:
        pks = self.filters.page(part.start, part.stop - part.start)
        found = {record.pk: record for record in self.records.filter(pk__in=pks).order_by()}
        return [found[pk] for pk in pks if pk in found]
