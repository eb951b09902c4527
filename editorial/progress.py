"""How the portal does: what was published month by month, and how much of it is written in each language."""

from datetime import date
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language

from editorial.formats import month_and_year, short_month
from editorial.generations import kept
from editorial.translations import active_languages, column, translated_fields
from editorial.waiting import publishable_models

MONTHS = 12
COUNTED_FOR = 600  # seconds: what is written in each language is counted anew


class Month(NamedTuple):
    """A month with how many records were published in it; `share` of the most that a month of the year had, of one."""

    first: date
    number: int
    share: float

    @property
    def name(self) -> str:
        return month_and_year(self.first)

    @property
    def short_name(self) -> str:
        return short_month(self.first)


class Kind(NamedTuple):
    """How many records of a kind were published this month, and in the last twelve."""

    name: str
    now: int
    year: int


class Published(NamedTuple):
    months: list[Month]
    kinds: list[Kind]

    @property
    def now(self) -> int:
        return self.months[-1].number

    @property
    def year(self) -> int:
        return sum(month.number for month in self.months)


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    counted = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    return [date(months // 12, months % 12 + 1, 1) for months in reversed(counted)]


def published() -> Published:
    """What visitors see, by when it was published; kept until some of it is saved."""
    return kept(f"published-{get_language()}", count_published)


def count_published() -> Published:
    """One query a kind."""
    firsts = last_months(timezone.localdate())
    counts = {model: by_month(model, firsts[0]) for model in publishable_models()}
    totals = [sum(count.get(first, 0) for count in counts.values()) for first in firsts]
    highest = max(totals) or 1
    months = [Month(first, total, total / highest) for first, total in zip(firsts, totals, strict=True)]
    kinds = [
        Kind(str(capfirst(model._meta.verbose_name_plural)), count.get(firsts[-1], 0), sum(count.values()))
        for model, count in counts.items()
        if count
    ]
    return Published(months, sorted(kinds, key=lambda each: (-each.now, -each.year, each.name)))


def by_month(model, first: date) -> dict[date, int]:
    records = model.objects.published().filter(published_at__date__gte=first).order_by()
    months = records.annotate(month=TruncMonth("published_at")).values_list("month").annotate(Count("pk"))
    return {timezone.localtime(month).date(): number for month, number in months}


class Coverage(NamedTuple):
    """Of all texts that visitors see, in whatever language, how many are written in this one."""

    language: str
    written: int
    all: int

    @property
    def share(self) -> float:
        return self.written / self.all


def coverage() -> list[Coverage]:
    """Of each language in use, the portal's first one first; empty while nothing is public. Ten minutes old at most."""
    languages = active_languages()
    counts = cache.get_or_set(f"coverage-{'-'.join(languages)}", texts_written, COUNTED_FOR)
    return [Coverage(code, counts[code], counts["all"]) for code in languages] if counts["all"] else []


def texts_written() -> dict[str, int]:
    """The texts of all public records counted: `{"all": 120, "en": 120, "sl": 97}`; one query a kind."""
    counts = dict.fromkeys(["all", *active_languages()], 0)
    for model in publishable_models():
        texts = translated_fields(model)
        sums = {f"{code}_{text}": number_of(Q(**written(text, code))) for text in texts for code in active_languages()}
        sums |= {f"all_{text}": number_of(in_some_language(text)) for text in texts}
        for name, number in model.objects.published().order_by().aggregate(**sums).items():
            counts[name.partition("_")[0]] += number
    return counts


def number_of(condition: Q) -> Count:
    return Count("pk", filter=condition)


def written(text: str, language: str) -> dict:
    return {f"{column(text, language)}__gt": ""}


def in_some_language(text: str) -> Q:
    condition = Q()
    for code in active_languages():
        condition |= Q(**written(text, code))
    return condition
