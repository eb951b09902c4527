"""Sentences as rows of words of the field and figures: what the rules of the other modules look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from factcheck.reading.vocabulary import LONGEST, Vocabulary, fits, folded

# Every repetition is bounded and nothing can be matched in two ways, so reading takes time in proportion to the text.
TOKEN = re.compile(
    r"""(?P<iso>(?<!\d)(?:19|20)\d\d(?:-|\.[ ]?|/)\d{1,2}(?:-|\.[ ]?|/)\d{1,2}(?!\d))
    |(?P<day>(?<!\d)\d{1,2}(?:\.[ ]?|/|-)\d{1,2}(?:\.[ ]?|/|-)(?:19|20)\d\d(?!\d))
    |(?P<month>(?<!\d)\d{1,2}(?:[ ]?/[ ]?|\.)(?:19|20)\d\d(?![\d.,]))
    |(?P<number>(?<!\d)\d{1,3}(?:([ .,'’])\d{3})(?:\5\d{3}){0,4}(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)
    |(?P<word>[^\W\d_]+)
    |(?P<sign>[^\w\s])
    |(?P<line>\n\s*)""",
    re.VERBOSE,
)
BREAKS = set(",;()|…")


@dataclass
class Item:
    """
    A word, sign or figure of the plain text, from `start` to `end`. `kind` is word, sign, line, number, date, amount or
    percent. `value` is what a figure says, `clause` counts the parts of the sentence, between commas and the like.
    """

    kind: str
    text: str
    start: int
    end: int
    word: str = ""  # folded
    concepts: frozenset[str] = frozenset()
    value: Any = None
    clause: int = 0

    def means(self, *concepts: str) -> bool:
        return not self.concepts.isdisjoint(concepts)


@dataclass(frozen=True)
class Day:
    """A date as far as it is said: `month` and `day` may be None."""

    year: int
    month: int | None = None
    day: int | None = None

    def covers(self, other: date) -> bool:
        return other.year == self.year and self.month in (None, other.month) and self.day in (None, other.day)

    @property
    def is_possible(self) -> bool:
        month, day = (1 if part is None else part for part in (self.month, self.day))
        try:
            date(self.year, month, day)
        except ValueError:
            return False
        return 1950 <= self.year <= 2100


@dataclass(frozen=True)
class Figure:
    """A number with the size of its last digit that counts: 1.64 million is precise to 10,000."""

    value: Decimal
    unit: Decimal = Decimal(1)

    def times(self, factor: Decimal) -> "Figure":
        return Figure(self.value * factor, self.unit * factor)


def tokens(text: str, words: Vocabulary) -> Iterator[Item]:
    for found in TOKEN.finditer(text):
        kind = found.lastgroup
        item = Item(kind, found[0], *found.span())
        if kind == "word":
            item.word = folded(found[0][:LONGEST])
            if (number := words.numbers.get(item.word)) and number != 1:
                item.value = Figure(number)
        elif kind == "number":
            item.value = figure(found[0], words.decimal_sign)
        elif kind in ("iso", "day", "month"):
            item = numeric_date(item, found[0])
        yield item


def numeric_date(item: Item, text: str) -> Item:
    parts = [int(part) for part in re.split(r"\D+", text) if part]
    day = Day(*parts) if item.kind == "iso" else Day(*reversed(parts))
    if not day.is_possible:
        return replace(item, kind="sign")
    return replace(item, kind="date", value=day)


def figure(text: str, decimal_sign: str) -> Figure:
    """
    A number as it is written anywhere in Europe: `1.467.941,00`, `1 467 941.00`, `1'467'941`. One sign with three
    digits behind it is the language's decimal sign or groups thousands.
    """
    signs = re.findall(r"\D", text)
    last = signs[-1] if signs else ""
    digits = re.split(r"\D", text)
    is_group = len(digits[-1]) == 3 and (last != decimal_sign or signs.count(last) > 1) and len(digits[0]) <= 3
    if not signs or is_group:
        whole = "".join(digits)[:18]
        zeros = len(whole) - len(whole.rstrip("0")) if len(whole) > 4 else 0
        return Figure(Decimal(whole), Decimal(10) ** (zeros if zeros >= 3 else 0))
    whole, fraction = "".join(digits[:-1])[:18], digits[-1][:9]
    if not fraction.strip("0") and len(whole) > 3:
        return figure(whole, "")
    return Figure(Decimal(f"{whole}.{fraction}"), Decimal(10) ** -len(fraction))


def mark(items: list[Item], words: Vocabulary):
    """Give each word its concepts, those of several words to all of them."""
    parts = [item for item in items if item.text != "-"]
    for place, item in enumerate(parts):
        if item.kind != "word":
            continue
        for entry in words.entries(item.word):
            following = parts[place + 1 : place + 1 + len(entry.rest)]
            if len(following) == len(entry.rest) and all(map(item_fits, following, entry.rest)):
                for each in (item, *following):
                    each.concepts |= {entry.concept}


def item_fits(item: Item, pattern: str) -> bool:
    return item.kind == "word" and fits(item.word, pattern)


@dataclass
class Sentence:
    """Its items, and whether it begins a paragraph."""

    items: list[Item] = field(default_factory=list)
    opens_paragraph: bool = False

    def number_clauses(self):
        clause = 0
        for place, item in enumerate(self.items):
            clause += item.text in BREAKS or (item.text == "–" and not self.is_within_range(place))
            item.clause = clause

    def is_within_range(self, place: int) -> bool:
        """Whether a dash stands between two figures, as in `2019–2023`."""
        beside = self.items[max(place - 2, 0) : place + 2]
        return sum(item.kind in ("date", "number") for item in beside) > 1
