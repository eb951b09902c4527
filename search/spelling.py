"""Words of the documents that differ from a mistyped one by a single typing error."""

from django.db.models import Q

from search.models import SearchTerm
from search.words import folded

SHORTEST = 6  # letters of a word that may be mistyped; in shorter ones too much is a single letter apart
MOST = 5  # similar words that are looked for instead of one


def similar_to(word: str) -> list[str]:
    """
    Terms that are one wrong, missing, needless or swapped letter away, those that begin alike first.

    A single error leaves the first two letters of a word as they are or the last two, so that these lead to the terms.
    """
    word = folded(word)
    if len(word) < SHORTEST or not word.isalpha():
        return []
    ends = Q(head=word[:2]) | Q(tail=word[-2:])
    near = SearchTerm.objects.filter(ends, length__range=(len(word) - 1, len(word) + 1))
    found = [term for term in near.values_list("term", flat=True) if one_error_apart(word, term)]
    return sorted(found, key=lambda term: (-common_beginning(word, term), term))[:MOST]


def common_beginning(one: str, other: str) -> int:
    return next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)


def one_error_apart(one: str, other: str) -> bool:
    """Whether one wrong, missing, needless or swapped letter makes the difference between two words."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    is_swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    return one != other and (one[start + 1 :] == other[start + 1 :] or is_swapped)
