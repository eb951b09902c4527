"""
Words as the search compares them: without case and diacritics, and by their lemma, the form that dictionaries list.

Lemmas come from simplemma's dictionaries. One is read when its language is first met (0.1 s, Polish 1.6 s) and takes
2–47 MB, so no more than DICTIONARIES of them are in memory at a time; those of en, sl, lv, bg together take 12 MB.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

DICTIONARIES = 6
LONGEST = 60  # characters; what is longer is no word
DICTIONARY_OF = {"hr": "hbs"}  # simplemma has one for Serbo-Croatian; Maltese has none
# Letters that Unicode doesn't take apart into a plain one and a mark.
PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
WORD = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word of a text as it stands there, from `start` to `end`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """`Črešnja` → `cresnja`, `ΕΛΛΆΔΑ` → `ελλαδα`, `Straße` → `strasse`; nothing but letters and figures is left."""
    marks_apart = unicodedata.normalize("NFKD", word.casefold().translate(PLAIN))
    return "".join(sign for sign in marks_apart if sign.isalnum())[:LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text that is in Unicode's composed form, NFC."""
    for found in WORD.finditer(text):
        yield Token(found.group(), *found.span())


@lru_cache(maxsize=1)
def lemmatizer() -> Lemmatizer:
    strategy = DefaultStrategy(dictionary_factory=StreamDictionaryFactory(cache_max_size=DICTIONARIES))
    return Lemmatizer(cache_max_size=20_000, lemmatization_strategy=strategy)


def lemma(word: str, language: str) -> str:
    """The folded lemma of a word as it was written: `industrije`, `sl` → `industrija`; itself where none is known."""
    dictionary = DICTIONARY_OF.get(language, language)
    if len(word) < 3 or not word.isalpha() or dictionary not in SUPPORTED_LANGUAGES:
        return folded(word)
    return folded(lemmatizer().lemmatize(word[:LONGEST], dictionary))


def lemmas(word: str, language: str) -> set[str]:
    """The lemmas that a word may have, written small or, as German nouns and names are, with a capital."""
    written = {word.lower(), word.capitalize()} if language == "de" else {word.lower()}
    return {lemma(each, language) for each in written}
