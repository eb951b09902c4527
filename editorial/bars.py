"""Counts to be drawn as bars that share a scale."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from editorial.scale import Scale
from editorial.translations import language_of


@dataclass(frozen=True)
class Count:
    """
    How many there are of something; `address` leads to them, `lang` is the label's where it isn't the reader's, and
    `colour` the number of a topic's colour.
    """

    label: str
    number: int
    address: str = ""
    lang: str = ""
    colour: int | None = None


@dataclass(frozen=True)
class Bar:
    count: Count
    width: float  # per cent of the longest bar


def bars(counts: Iterable[Count]) -> list[Bar]:
    """A bar for each count, the highest one as long as there is room; nothing has no length."""
    counts = list(counts)
    scale = Scale(0, max((count.number for count in counts), default=0) or 1)
    return [Bar(count, scale.at(count.number)) for count in counts]


def foreign_language(record, field: str) -> str:
    """The language that a text fell back to, as `Count.lang` wants it; empty where it is in the reader's own."""
    language = language_of(record, field)
    return "" if language == get_language() else language
