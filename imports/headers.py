"""What the headers of a list say: which of its rows they are, and what each column means."""

import re
import tomllib
from collections import Counter
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from imports.currencies import without_currency
from imports.publishers import fixed_fields
from search.words import folded

FILE = Path(__file__).parent / "vocabulary.toml"
HYPHENATED = re.compile(r"(?<=[^\W\d_A-Z])[\u00ad\u2010\u2011-]\s*(?=[^\W\d_A-Z])")
APART = re.compile(r"[^\w%]+|_")
PARTS = re.compile(r"\s*[/\n|]\s*")
LONGEST = 300  # characters of a header
SHORTEST_MISTYPED = 7  # letters of a word in which a typing error is overlooked

# Concepts that a header has, those that it has not, and what it then means; the first that fits. An empty field is a
# column that isn't taken.
RULES = [
    ("update", "", ""),
    ("rate", "", "rate"),
    ("percent union", "", "rate"),
    ("percent support", "", "rate"),
    ("paid", "", ""),
    ("several", "", ""),
    ("currency", "", "currency"),
    ("registration", "", "registration_number"),
    ("country", "cost support name place", "country"),
    ("category", "summary start end cost", ""),
    ("beneficiary code", "operation contract", "registration_number"),
    ("beneficiary type", "", "organisation_type"),
    ("beneficiary address", "", "address"),
    ("beneficiary place", "eligible", ""),
    ("acronym", "beneficiary", "acronym"),
    ("start", "end beneficiary code cost", "start"),
    ("end", "beneficiary code cost", "end"),
    ("approval date", "", "approved_on"),
    ("date", "eligible", ""),
    ("website", "", "website"),
    ("summary", "programme priority objective", "summary"),
    ("objective", "cost support", "specific_objective"),
    ("priority", "cost support eligible", ""),
    ("national support", "union total", "national_cofinancing"),
    ("national cost", "total eligible union", "national_cofinancing"),
    ("eligible cost", "", "total_budget"),
    ("eligible total", "", "total_budget"),
    ("union cost", "total", "union_funding"),
    ("union support", "programme beneficiary", "union_funding"),
    ("union cost", "", "union_funding"),
    ("total cost", "", "total_budget"),
    ("total operation", "name code", "total_budget"),
    ("support cost", "programme beneficiary", "union_funding"),
    ("contract code", "beneficiary", "operation_code"),
    ("operation code", "name beneficiary programme", "operation_code"),
    ("programme code", "operation", ""),
    ("lead beneficiary", "place", "lead_name"),
    ("beneficiary name", "place date", "partner_name"),
    ("beneficiary", "place cost date", "partner_name"),
    ("country place", "cost support name", "country"),
    ("place", "", ""),
    ("fund", "cost support", ""),
    ("operation cost", "", "total_budget"),
    ("operation name", "", "title"),
    ("programme", "operation cost support", "programme_name"),
    ("operation", "date place cost support type", "title"),
    ("support", "", "union_funding"),
    ("eligible", "", "total_budget"),
    ("cost", "", "total_budget"),
    ("name", "", "title"),
    ("contract", "date", "operation_code"),
]


class Meaning(NamedTuple):
    """What a column means, and how surely: the smaller, the surer. `languages` are those that its words are of."""

    field: str
    rank: int
    languages: tuple[str, ...] = ()


class Vocabulary(NamedTuple):
    """Which concepts, with their languages, are named by beginnings of words, whole words, parts of words, phrases."""

    beginnings: dict[str, list[tuple[str, str]]]
    whole: dict[str, list[tuple[str, str]]]
    within: dict[str, list[tuple[str, str]]]
    phrases: dict[str, list[tuple[str, str]]]


@cache
def vocabulary() -> Vocabulary:
    with open(FILE, "rb") as file:
        read = tomllib.load(file)
    found = Vocabulary({}, {}, {}, {})
    for concept, languages in read.items():
        for language, words in languages.items():
            for word in words:
                kind = found.whole if word[0] == "=" else found.within if word[0] == "*" else found.beginnings
                kind = found.phrases if " " in word else kind
                kind.setdefault(words_of(word), []).append((concept, language))
    return found


def words_of(header: str) -> str:
    """`Unions-Kofinan-zierungs-satz` → `unionskofinanzierungssatz`; words with one space between them."""
    joined = HYPHENATED.sub("", header)
    return " ".join(filter(None, (folded(word) or ("%" if word == "%" else "") for word in APART.split(joined))))


def found_in(header: str) -> dict[str, set[str]]:
    """The concepts that a header names, with the languages of the words that name them."""
    text, known = words_of(header), vocabulary()
    named = []
    for token in text.split():
        named += known.whole.get(token, [])
        for length in range(1, len(token) + 1):
            named += known.beginnings.get(token[:length], [])
        named += [each for word, meant in known.within.items() if word in token for each in meant]
    named += [each for phrase, meant in known.phrases.items() if f" {phrase}" in f" {text}" for each in meant]
    found = {}
    for concept, language in named:
        found.setdefault(concept, set()).add(language)
    if "%" in header:
        found["percent"] = set()
    return found


def ruled(header: str) -> Meaning | None:
    """What a header means by its words; None where it says nothing that is known."""
    found = found_in(header)
    for rank, (needed, forbidden, field) in enumerate(RULES):
        if set(needed.split()) <= set(found) and not set(forbidden.split()) & set(found):
            return Meaning(field, rank, tuple(language for languages in found.values() for language in languages))
    return None


def mistyped(header: str) -> str:
    """A header with its long words as the vocabulary has them, where a letter is wrong."""
    known = [word for kind in vocabulary() for word in kind if len(word) >= SHORTEST_MISTYPED]
    tokens = words_of(header).split()
    return " ".join(
        next(iter(get_close_matches(token, known, 1, 0.8)), token) if len(token) >= SHORTEST_MISTYPED else token
        for token in tokens
    )


def meaning_of(header: str) -> Meaning | None:
    """What a header means: as a whole, else by one of its languages, else with a letter put right."""
    header = without_currency(header)
    for said in [header, *PARTS.split(header), mistyped(header)]:
        if meaning := ruled(said):
            return meaning
    return None


def is_guess(header: str) -> bool:
    """Whether a header is understood only with a letter put right."""
    said = without_currency(header)
    return bool(said) and not any(map(ruled, [said, *PARTS.split(said)])) and ruled(mistyped(said)) is not None


def is_known(header: str) -> bool:
    """Whether a cell reads like the header of a column that is known."""
    return len(header) <= LONGEST and ruled(header) is not None


class Recognised(NamedTuple):
    """The fields of a table's columns, "" for those that aren't taken, and the language that its headers are in."""

    fields: list[str]
    languages: Counter

    @property
    def count(self) -> int:
        return len([field for field in self.fields if field])


def recognise(headers: list[str]) -> Recognised:
    """What the headers mean. Several of a publisher's may mean one field; of other lists each field is named once."""
    if (fixed := fixed_fields(headers)) is not None:
        meant = [Meaning(fixed[header], 0) if header in fixed else meaning_of(header) for header in headers]
        return Recognised([meaning.field if meaning else "" for meaning in meant], Counter())
    found = [meaning_of(header) if header else None for header in headers]
    languages = Counter(language for meaning in found if meaning for language in set(meaning.languages))
    return Recognised(each_once([meaning or Meaning("", 0) for meaning in found]), languages)


def each_once(meanings: list[Meaning]) -> list[str]:
    """The fields, each at the column that means it the most surely."""
    best = {}
    for place, meaning in enumerate(meanings):
        if meaning.field and (meaning.field not in best or meaning.rank < meanings[best[meaning.field]].rank):
            best[meaning.field] = place
    return [meaning.field if best.get(meaning.field) == place else "" for place, meaning in enumerate(meanings)]
