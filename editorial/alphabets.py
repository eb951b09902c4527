"""
Texts in the order of a language's alphabet, whatever the case of their letters.

PostgreSQL brings these orders along (ICU's); SQLite has them from here, under the same names.
"""

import re
import unicodedata
from functools import cache, lru_cache

from django.db.models import Func, OrderBy
from django.db.models.functions import Collate
from django.utils.translation import get_language

# Letters of their own, each behind the one that it follows (Unicode CLDR, collation), two of which may make one as the
# Czech "ch". A letter with a mark that isn't here stands where the plain one stands.
OWN_LETTERS = {
    "bg": ["и й"],
    "cs": ["c č", "h ch", "r ř", "s š", "z ž"],
    "da": ["z æ ä ø ö å"],
    "es": ["n ñ"],
    "et": ["s š z ž", "w õ ä ö ü"],
    "fi": ["z å ä æ ö ø"],
    "hr": ["c č ć", "d dž đ", "l lj", "n nj", "s š", "z ž"],
    "hu": ["c cs", "d dz dzs", "g gy", "l ly", "n ny", "o ö ő", "s sz", "t ty", "u ü ű", "z zs"],
    "lt": ["c č", "i y", "s š", "z ž"],
    "lv": ["c č", "g ģ", "i y", "k ķ", "l ļ", "n ņ", "r ŗ", "s š", "z ž"],
    "mt": ["b ċ", "f ġ", "g għ", "y ż"],
    "pl": ["a ą", "c ć", "e ę", "l ł", "n ń", "o ó", "s ś", "z ź ż"],
    "ro": ["a ă â", "i î", "s ș", "t ț"],
    "sk": ["a ä", "c č", "h ch", "o ô", "r ř", "s š", "z ž"],
    "sl": ["c č ć", "d đ", "s š", "z ž"],
    "sv": ["z å ä æ ö ø"],
}
# The letters that stand before the Latin ones: those that the language is written in.
OWN_SCRIPT = {"bg": ("\u0400", "\u04ff"), "el": ("\u0370", "\u03ff")}
# Letters that Unicode doesn't take apart into a plain one and a mark.
PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
OLD_ROMANIAN = str.maketrans("şţ", "șț")  # with a cedilla, as older keyboards write them


def collation(language: str) -> str:
    """What both databases call the order of a language: `sl-x-icu`."""
    return f"{language}-x-icu"


def reader_language() -> str:
    return (get_language() or "en").split("-")[0]


class Alphabetical(Collate):
    """A text by the collation of a language; where SQLite sorts by it, by a key a row."""

    def asc(self, **kwargs):
        return ByAlphabet(self, **kwargs)

    def desc(self, **kwargs):
        return ByAlphabet(self, descending=True, **kwargs)


class ByAlphabet(OrderBy):
    """SQLite would ask the collation, which is Python, about each two texts that it compares."""

    def as_sqlite(self, compiler, connection):
        by, alphabetical = self.copy(), self.expression
        if isinstance(alphabetical, Alphabetical):
            by.expression = Func(
                *alphabetical.get_source_expressions(), function=alphabetical.collation.replace("-", "_")
            )
        return by.as_sql(compiler, connection)


def alphabetical(text) -> Alphabetical:
    """The text of an SQL expression, to sort by in the order of the reader's alphabet."""
    return Alphabetical(text, collation(reader_language()))


@cache
def places_of(language: str) -> dict[str, tuple[str, int]]:
    """Where a language's own letters stand: `{"č": ("c", 1), "ć": ("c", 2), …}`."""
    rows = [row.split() for row in OWN_LETTERS.get(language, [])]
    return {letter: (row[0], place) for row in rows for place, letter in enumerate(row) if place}


@cache
def letters_of(language: str) -> re.Pattern:
    """Finds the letters of a text, the longest first: `dzs`, `dz`, `d`."""
    own = sorted(map(re.escape, places_of(language)), key=len, reverse=True)
    return re.compile("|".join([*own, "."]), re.DOTALL)


@lru_cache(maxsize=20_000)
def sort_key(text: str, language: str) -> bytes:
    """What to sort texts by: their letters, then their marks, then small letters before capitals."""
    composed = unicodedata.normalize("NFC", text.casefold()).translate(OLD_ROMANIAN)
    letters = map(weights(language).__getitem__, letters_of(language).findall(composed))
    exact = f"\0{unicodedata.normalize('NFD', composed)}\0{text.swapcase()}"
    return b"".join(letters) + exact.encode(errors="surrogatepass")


def reading_order(text: str) -> tuple:
    """What to sort texts by in the order of the reader's alphabet."""
    return sort_key(text, reader_language())


class Weights(dict):
    """
    What the letters of a language weigh, as bytes that compare as the letters stand: signs come first, then figures,
    the language's own script, and the others.
    """

    def __init__(self, language: str):
        self.places, self.own_script = places_of(language), OWN_SCRIPT.get(language, ("", ""))

    def __missing__(self, letter: str) -> bytes:
        base, place = self.places.get(letter) or (plain(letter), 0)
        first, last = self.own_script
        is_foreign = letter.isalpha() and not first <= letter[0] <= last
        kind = 1 + 2 * letter.isalnum() + is_foreign  # never zero, with which a text ends
        self[letter] = bytes([kind]) + base.encode(errors="surrogatepass") + bytes([0, place])
        return self[letter]


@cache
def weights(language: str) -> Weights:
    return Weights(language)


@cache
def plain(letter: str) -> str:
    """A letter without its marks: `é` → `e`."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", letter.translate(PLAIN)) if sign.isalnum()) or letter


def compare(language: str, one: str, other: str) -> int:
    """Below, above or equal to zero, as one text stands before, behind or beside the other."""
    one, other = sort_key(one, language), sort_key(other, language)
    return (one > other) - (one < other)
