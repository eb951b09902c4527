"""
An index of a list: which of its records have which value, and in which orders they stand.

A set of records is a whole number in which each record has a bit, so that filters, their numbers and any page of what
they leave are worked out in memory, within a millisecond or two for 100,000 records.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress

from editorial.held import Held

MOST_PARTS = 200  # of an index: orders and options by language, words that were looked for
MOST_SETS = 400  # by value
MOST_RANKED = 32  # of each order
CHUNK = 512  # bytes
AS_FLAGS = bytes.maketrans(b"01", b"\0\1")


class ListIndex:
    """
    Of the records with these primary keys, and the pairs of key and value that each facet gives, by its name. A
    record's place is where it stands by its key; `parts` holds what is worked out when it is first asked for.
    """

    def __init__(self, pks: Iterable[int], facets: dict[str, Iterable[tuple]]):
        self.pks = array("q", sorted(pks))
        self.places = {pk: place for place, pk in enumerate(self.pks)}
        self.everything = (1 << len(self.pks)) - 1
        self.values = {name: self.by_value(pairs) for name, pairs in facets.items()}
        self.parts = Held(MOST_PARTS)
        self.having = lru_cache(MOST_SETS)(self.having)

    def by_value(self, pairs) -> dict[str, array]:
        """The places of the records that have a value, each once."""
        found = {}
        for pk, value in pairs:
            if value is not None and pk in self.places:
                found.setdefault(str(value), []).append(self.places[pk])
        return {value: array("I", dict.fromkeys(places)) for value, places in found.items()}

    def having(self, name: str, value: str) -> int:
        """The records that have a value of a facet."""
        return as_set(self.values[name].get(value, ()), len(self.pks))

    def among(self, pks: Iterable[int]) -> int:
        """The records with these keys."""
        return as_set((self.places[pk] for pk in pks if pk in self.places), len(self.pks))


class Ranking:
    """The records of an index in an order: which place has which rank."""

    def __init__(self, index: ListIndex, pks: Iterable[int]):
        self.index = index
        in_order = dict.fromkeys(index.places[pk] for pk in pks if pk in index.places)
        gone_meanwhile = (place for place in range(len(index.pks)) if place not in in_order)
        self.order = array("I", [*in_order, *gone_meanwhile])
        self.ranks = array("I", bytes(self.order.itemsize * len(self.order)))
        for rank, place in enumerate(self.order):
            self.ranks[place] = rank
        self.ranked = lru_cache(MOST_RANKED)(self.ranked)

    def ranked(self, found: int) -> int:
        """A set of places as one of ranks."""
        size = len(self.order)
        return (
            found if found == self.index.everything else as_set(map(self.ranks.__getitem__, members(found, size)), size)
        )

    def page(self, found: int, start: int, number: int) -> list[int]:
        """The keys of so many records of a set, behind the first `start` of them in this order."""
        return [self.index.pks[self.order[rank]] for rank in some_members(self.ranked(found), start, number)]


def as_set(places: Iterable[int], size: int) -> int:
    flags = bytearray(b"0") * size
    for place in places:
        flags[place] = 49  # the figure 1
    return int(flags[::-1] or b"0", 2)


def members(found: int, size: int) -> Iterator[int]:
    return compress(range(size), f"{found:b}".encode().translate(AS_FLAGS)[::-1])


def some_members(found: int, start: int, number: int) -> list[int]:
    """So many members of a set, behind its first `start`. What lies before them is only counted."""
    taken, content = [], found.to_bytes((found.bit_length() + 7) // 8, "little")
    for at in range(0, len(content), CHUNK):
        chunk = int.from_bytes(content[at : at + CHUNK], "little")
        here = chunk.bit_count()
        if start < here:
            taken += [8 * at + place for place in members(chunk, 8 * CHUNK)][start : start + number - len(taken)]
            if len(taken) == number:
                break
        start = max(start - here, 0)
    return taken
