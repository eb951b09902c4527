"""Countries that partners are said to come from."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.findings import CheckedFact
from factcheck.reading.context import FOREIGN
from factcheck.reading.items import Item
from factcheck.reading.statement import Statement
from factcheck.reading.vocabulary import Vocabulary, fits

BEFORE = 6  # words that may stand between “partners” and the first of their countries


@dataclass(frozen=True)
class Named:
    """A country's name, from one place to the one behind it, and its code."""

    first: int
    behind: int
    code: str


def statements(items: list[Item], words: Vocabulary) -> Iterator[Statement]:
    chain: list[Named] = []
    for named in all_named(items, words):
        if not (chain and is_enumeration(items[chain[-1].behind : named.first])):
            chain = [named] if follows_partners(items, named.first, has_ending(items, named, words)) else []
        else:
            chain.append(named)
        if chain:
            first, last = items[named.first], items[named.behind - 1]
            softened = any(item.means("formerly", "negation", "target", "if") for item in items)
            yield Statement(CheckedFact.COUNTRY, first.start, last.end, named.code, softened=softened)


def all_named(items, words) -> Iterator[Named]:
    place = 0
    while place < len(items):
        named = named_at(items, place, words)
        if named:
            yield named
        place = named.behind if named else place + 1


def named_at(items, place, words) -> Named | None:
    item = items[place]
    if item.kind != "word" or not item.text[0].isupper():
        return None
    for entry in sorted(
        words.countries.beginning(words.countries.outer, item.word), key=lambda entry: -len(entry.rest)
    ):
        following = [each for each in items[place + 1 : place + 2 + 2 * len(entry.rest)] if each.text != "-"]
        following = following[: len(entry.rest)]
        if len(following) == len(entry.rest) and all(
            fits(each.word, rest) for each, rest in zip(following, entry.rest, strict=True)
        ):
            behind = items.index(following[-1], place) + 1 if following else place + 1
            return Named(place, behind, entry.concept)
    return None


def is_enumeration(between: list[Item]) -> bool:
    """Whether nothing but commas, “and”, articles and “from” stands between two countries."""
    signs = all(item.text in {",", "(", ")", "/"} or item.kind == "word" for item in between)
    spoken = [item for item in between if item.kind == "word"]
    return (
        signs
        and len(between) <= 4
        and all(len(item.word) <= 4 or item.means("and", "from") for item in spoken)
        and not any(item.means(*FOREIGN, "until", "negation") for item in between)
    )


def has_ending(items, named, words) -> bool:
    """Whether the name's own ending says “from”, as in Hungarian."""
    endings = words.notation.get("endings", {}).get("from_country", ())
    return items[named.behind - 1].word.endswith(tuple(endings)) if endings else False


def follows_partners(items, place, says_from) -> bool:
    """Whether partners stand shortly before, and nothing that could be in the country instead of them."""
    before = items[max(place - BEFORE, 0) : place]
    partners = [offset for offset, item in enumerate(before) if item.means("partner", "consortium")]
    if not partners:
        return False
    between = before[partners[-1] :]
    return (
        (says_from or any(item.means("from", "in_country") or item.text in {":", "("} for item in between))
        and not any(item.means(*FOREIGN, "associated", "partner_name") for item in between)
        and not any(item.kind == "date" for item in between)
    )
