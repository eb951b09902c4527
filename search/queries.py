"""What was typed, as the words that are looked for, each with all the forms that it may have in a text."""

import unicodedata
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from editorial.translations import fallback_chain
from search.words import folded, lemmas, tokens

LONGEST_QUERY = 100  # characters
MOST_WORDS = 8
LANGUAGES_UNDERSTOOD = 4  # the reader's and the next ones: each needs its dictionary in memory
SHORTEST_PREFIX = 3  # letters
SHORTEST_STEM = 7  # letters of a word whose ending may differ


class Form(NamedTuple):
    """A folded word to look for; with `begins`, any word that begins so."""

    term: str
    begins: bool = False


@dataclass(frozen=True)
class Word:
    """
    A word of a query. `exact` is as it was typed, `lemmas` are found as well, and `loose` after them: what begins with
    it, what shares its stem, and similar words where it stands nowhere itself.
    """

    text: str
    exact: Form
    lemmas: frozenset[Form]
    loose: frozenset[Form]
    similar: tuple[str, ...] = ()

    def also(self, similar: list[str]):
        """The word with similar ones that are found for it."""
        return replace(self, similar=tuple(similar), loose=self.loose | {Form(term) for term in similar})

    @property
    def strict(self):
        """The word without what is only found loosely."""
        return replace(self, loose=frozenset())

    @property
    def forms(self) -> frozenset[Form]:
        return self.loose | self.lemmas | {self.exact}


@dataclass(frozen=True)
class Query:
    """All of the words must stand in a document; `languages` begins with the reader's."""

    words: list[Word]
    languages: list[str] = field(default_factory=list)

    @property
    def exact(self) -> list[frozenset[Form]]:
        return [frozenset({word.exact}) for word in self.words]

    @property
    def by_lemma(self) -> list[frozenset[Form]]:
        return [word.lemmas | {word.exact} for word in self.words]

    @property
    def loose(self) -> list[frozenset[Form]]:
        return [word.forms for word in self.words]


def cleaned(text: str) -> str:
    """What was typed without what no text holds, cut to LONGEST_QUERY."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_QUERY]).split())


def understood(text: str, language: str) -> Query:
    """The query of a reader of `language`."""
    languages = fallback_chain(language)
    found = {}
    for token in tokens(unicodedata.normalize("NFC", cleaned(text))):
        if folded(token.text):
            found.setdefault(folded(token.text), token.text)
    words = [word_of(text, languages[:LANGUAGES_UNDERSTOOD]) for text in list(found.values())[:MOST_WORDS]]
    return Query(words, languages)


def word_of(text: str, languages: list[str]) -> Word:
    term = folded(text)
    known = frozenset(Form(lemma) for language in languages for lemma in lemmas(text, language) if lemma)
    loose = set()
    if term.isalpha() and len(term) >= SHORTEST_PREFIX:
        loose.add(Form(term, begins=True))
    if term.isalpha() and len(term) >= SHORTEST_STEM:
        loose.add(Form(term[:-2], begins=True))
    return Word(text, Form(term), known, frozenset(loose))
