"""Why a document was found: its title and a passage of its body, in pieces that say which of them matched."""

from itertools import islice
from typing import NamedTuple

from search.queries import Form, Query, Word
from search.words import Token, folded, lemmas, tokens

LENGTH = 220  # characters of text in all
PASSAGES = 2
LOOKED_AT = 100  # matches of a text
BEFORE = 40  # characters before the first match of a passage


class Piece(NamedTuple):
    text: str
    is_match: bool


class Marker:
    """Tells which words of a text in `language` a query found."""

    def __init__(self, query: Query, language: str):
        self.words, self.language = query.words, language
        self.initials = {form.term[0] for word in query.words for form in word.forms}

    def matches(self, token: Token) -> frozenset[Word]:
        """The words of the query that are found in a word of the text."""
        term = folded(token.text)
        # A dictionary is asked only about words that begin as one of those that were looked for.
        if term[:1] not in self.initials:
            return frozenset()
        others = lemmas(token.text, self.language)
        return frozenset(word for word in self.words if any(is_met(form, term, others) for form in word.forms))

    def marked(self, text: str) -> list[Piece]:
        """The whole text: `[("The ", False), ("clusters", True), (" met", False)]`"""
        pieces, done = [], 0
        for token in filter(self.matches, tokens(text)):
            pieces += [Piece(text[done : token.start], False), Piece(token.text, True)]
            done = token.end
        return [piece for piece in [*pieces, Piece(text[done:], False)] if piece.text]

    def excerpt(self, text: str) -> list[Piece]:
        """One or two passages in which as many of the words stand as can be; else the text's beginning."""
        found = ((token, words) for token in tokens(text) if (words := self.matches(token)))
        passages = passages_with(list(islice(found, LOOKED_AT)))
        length = LENGTH // max(len(passages), 1)
        pieces, done = [], 0
        for place in passages or [0]:
            start = max(beginning_of_word(text, place - BEFORE), done)
            done = max(end_of_word(text, start + length), start)
            pieces += [Piece("… ", False)] * (start > 0) + self.marked(text[start:done]) + [Piece(" ", False)]
        pieces[-1:] = [Piece(" …", False)] * (done < len(text))
        return pieces


def is_met(form: Form, term: str, others: set[str]) -> bool:
    return term.startswith(form.term) if form.begins else form.term == term or form.term in others


def passages_with(matches: list[tuple[Token, frozenset[Word]]]) -> list[int]:
    """Where to begin so that all words are seen: at the match that has the most of them around it, then at the next."""
    missing = frozenset().union(*(words for token, words in matches))
    places = []
    while missing and len(places) < PASSAGES:
        best = max(matches, key=lambda match: len(missing & words_near(match[0].start, matches)))
        places.append(best[0].start)
        missing -= words_near(best[0].start, matches)
    return sorted(places)


def words_near(start: int, matches) -> frozenset[Word]:
    near = LENGTH // PASSAGES - BEFORE
    return frozenset().union(*(words for token, words in matches if start <= token.start and token.end <= start + near))


def beginning_of_word(text: str, place: int) -> int:
    """The first place from there on at which a word begins."""
    return text.find(" ", place) + 1 if place > 0 else 0


def end_of_word(text: str, place: int) -> int:
    """The last place up to there at which a word ends."""
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), 0) or place
