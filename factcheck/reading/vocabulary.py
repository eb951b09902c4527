"""
The words of the field in a language: from the small lists in `factcheck/vocabulary/`, and from Unicode's CLDR (by
Babel) names of months and countries, signs of numbers, words for millions.

A list names a concept and its words: `budget` itself, `budget~` with an ending of up to five letters, `budget*` with
anything behind it, `+budget~` also as the last part of a compound, `in_total` several words one after the other.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale

from editorial.formats import locale_of

LISTS = Path(__file__).parent.parent / "vocabulary"
LONGEST = 50  # letters; what is longer is no word
ENDING = 5  # letters that `~` stands for at most
# Nouns of these concepts may stand at the end of compounds where the language makes such, from so many letters on.
ENDING_COMPOUNDS = {"event", "part", "output", "body", "programme", "partner", "project", "budget"}
SHORTEST_ENDING = 6
# Members of the Union, of the European Economic Area, candidates and neighbours that take part in Interreg.
COUNTRIES = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
    "GB",
    "NO",
    "IS",
    "CH",
    "LI",
    "UA",
    "MD",
    "RS",
    "BA",
    "ME",
    "MK",
    "AL",
    "TR",
]
SAME_LETTERS = str.maketrans({"ş": "ș", "ţ": "ț"})  # Romanian texts have both


@cache
def languages() -> list[str]:
    """The codes of the languages that texts can be read in."""
    return sorted(path.stem for path in LISTS.glob("*.toml"))


def folded(word: str) -> str:
    """`Črešnja` → `črešnja`, `Straße` → `strasse`; marks stay, as they tell `še` (still) from `se` (itself)."""
    return unicodedata.normalize("NFC", word.casefold()).translate(SAME_LETTERS)


@dataclass(frozen=True)
class Entry:
    """What a stem says: its concept, how many letters may follow, and the words that have to come next."""

    concept: str
    ending: int
    rest: tuple[str, ...] = ()


@dataclass
class Stems:
    """Stems by their letters; `inner` ones may also stand at the end of a compound."""

    outer: dict[str, list[Entry]] = field(default_factory=dict)
    inner: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, concept: str, words: str, in_compounds: bool = False):
        first, *rest = re.split("[_-]", words)
        in_compounds = in_compounds and concept in ENDING_COMPOUNDS and not rest and len(first) > SHORTEST_ENDING
        stem, ending = stem_of(first.removeprefix("+"))
        entry = Entry(concept, ending, tuple(rest))
        for stems in [self.outer, self.inner][: 1 + (in_compounds or first.startswith("+"))]:
            stems.setdefault(stem, []).append(entry)

    def beginning(self, stems, word) -> list[Entry]:
        prefixes = (word[:length] for length in range(1, len(word) + 1))
        return [
            entry for prefix in prefixes for entry in stems.get(prefix, ()) if len(word) - len(prefix) <= entry.ending
        ]


def stem_of(word: str) -> tuple[str, int]:
    """A word of a list as its folded letters and how many may follow: `budget~` → `budget`, 5"""
    if word.endswith("~"):
        return folded(word[:-1]), ENDING
    if word.endswith("*"):
        return folded(word[:-1]), LONGEST
    return folded(word), 0


def fits(word: str, pattern: str) -> bool:
    stem, ending = stem_of(pattern)
    return word.startswith(stem) and len(word) - len(stem) <= ending


class Vocabulary:
    """All that is known about a language's words. `concepts`, `month`, `country` … take words as they are written."""

    def __init__(self, language: str):
        self.language = language
        self.locale: Locale = locale_of(language)
        lists = tomllib.loads((LISTS / f"{language}.toml").read_text(encoding="utf-8"))
        self.notation = lists.pop("notation", {})
        self.numbers = number_words(lists.pop("numbers"))
        self.stems, self.countries = Stems(), Stems()
        for concept, words in lists.pop("words").items():
            for word in words.split():
                self.stems.add(concept, word, self.notation.get("compounds", False))
        self.add_countries(lists.pop("countries", {}))
        self.month_names = months_of(self.locale, "wide")
        self.months = self.month_names | months_of(self.locale, "abbreviated")
        self.magnitudes = magnitudes_of(self.locale)
        self.known: dict[str, list[Entry]] = {}

    @property
    def inflects(self) -> bool:
        """Whether names of months and countries take endings."""
        return self.notation.get("inflects", False)

    @property
    def decimal_sign(self) -> str:
        symbols = self.locale.number_symbols
        return symbols.get("latn", symbols)["decimal"]

    def entries(self, word: str) -> list[Entry]:
        if len(word) > LONGEST:
            return []
        if word not in self.known:
            if len(self.known) > 20_000:
                self.known.clear()
            self.known[word] = [*self.stems.beginning(self.stems.outer, word), *self.ends_of_compound(word)]
        return self.known[word]

    def ends_of_compound(self, word: str) -> Iterator[Entry]:
        """What a compound is by its last part; `jährig` and the like say how long only behind a number."""
        for start in range(1, len(word) - 2) if self.stems.inner else ():
            for entry in self.inner(word, start):
                if entry.concept not in ("year", "month") or word[:start] in self.numbers:
                    yield entry

    def inner(self, word: str, start: int) -> list[Entry]:
        """What the rest of a compound may be, from a place on."""
        return self.stems.beginning(self.stems.inner, word[start:])

    def month(self, word: str) -> int | None:
        """The number of the month that a folded word names, in whatever case it stands."""
        if word in self.months or not self.inflects:
            return self.months.get(word)
        for name, number in self.month_names.items():
            shared = len(name) - 2 if len(name) > 4 else len(name)
            if word[:shared] == name[:shared] and len(word) - len(name) <= ENDING:
                return number
        return None

    def magnitude(self, word: str) -> Decimal | None:
        """What a folded word multiplies a number by: `mio` → 1,000,000"""
        if word in self.magnitudes:
            return self.magnitudes[word]
        named = {entry.concept for entry in self.entries(word)}
        sizes = {"thousand": Decimal(1_000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
        return next((sizes[name] for name in sizes if name in named), None)

    def add_countries(self, also_called: dict[str, str]):
        for code in COUNTRIES:
            names = [self.locale.territories[code], *also_called.get(code, "").replace("_", " ").split("|")]
            for name in filter(None, names):
                self.countries.add(code, "_".join(self.with_ending(part) for part in re.split(r"[\s-]", name)))

    def with_ending(self, name: str) -> str:
        """A part of a country's name as a stem, where the language puts endings in place of its last letters."""
        if not self.inflects or len(name) < 4:
            return name
        return re.sub(r"(?:[aeiouyáéíóăâāēī]|s)$", "", name.casefold()) + "~"


@cache
def vocabulary(language: str) -> Vocabulary:
    return Vocabulary(language)


def months_of(locale: Locale, width: str) -> dict[str, int]:
    """`{"januar": 1, …}` or abbreviated `{"jan": 1, …}`, folded."""
    forms = [locale.months[use][width] for use in ("format", "stand-alone")]
    return {folded(name.strip(".")): number for form in forms for number, name in form.items()}


def magnitudes_of(locale: Locale) -> dict[str, Decimal]:
    """CLDR's words and abbreviations for thousands and millions: `{"milijona": …, "mio": …, "tis": …}`, folded."""
    found = {}
    for style in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(style, {}).values():
            for size, pattern in patterns.items():
                if pattern.pattern.count("0") > 1:
                    continue  # `0000 M`: the rest of the number is in the digits
                word = folded(re.sub(r"[0'.]+", " ", pattern.pattern).strip())
                if word.isalpha() and size in ("1000", "1000000", "1000000000") and word not in found:
                    found[word] = Decimal(size)
    return found


def number_words(lists: dict) -> dict[str, Decimal]:
    """
    The numbers in words, folded, up to 99: `lists` holds those that have a word of their own, and under `compound`
    how tens and units make one: `{unit}und{ten}`.
    """
    compounds = lists.pop("compound", "").split()
    words = {Decimal(number): forms.split() for number, forms in lists.items()}
    found = {folded(form): number for number, forms in words.items() for form in forms}
    tens = {number: forms for number, forms in words.items() if number >= 20 and number % 10 == 0}
    units = {number: forms for number, forms in words.items() if number < 10}
    for ten, ten_forms in tens.items():
        for unit, unit_forms in units.items():
            for pattern in compounds:
                for ten_form in ten_forms:
                    for unit_form in unit_forms:
                        found.setdefault(folded(pattern.format(ten=ten_form, unit=unit_form)), ten + unit)
    return found
