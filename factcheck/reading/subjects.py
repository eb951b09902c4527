"""Which project a place of a text speaks of: the one whose record is asked, or another."""

from dataclasses import dataclass, field

from factcheck.reading.context import FOREIGN
from factcheck.reading.items import Item, Sentence
from factcheck.reading.vocabulary import folded

OPENING_QUOTES = set("\"„“”«»'‘")
SHORTEST_ACRONYM = 3
OWN_NAME_NEAR = 4
SHORTEST_ALONE = 5  # letters of a name in capitals that no word “project” stands beside


@dataclass(frozen=True)
class Names:
    """What is called by name in texts about a project: itself, its partners, and what else is no other project."""

    own: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass
class NameIndex:
    """Names by their first word, as rows of folded words."""

    rows: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, names: Names) -> "NameIndex":
        index = cls()
        for concept, several in (("own_name", names.own), ("partner_name", names.partners), ("name", names.known)):
            for name in several:
                index.add(concept, split(name))
        return index

    def add(self, concept: str, row: list[str]):
        if row and len("".join(row)) >= SHORTEST_ACRONYM:
            self.words.update(row)
            part = tuple(row[:2] if concept == "partner_name" else row)
            self.rows.setdefault(part[0], []).append((concept, part))

    def mark(self, items: list[Item]):
        words = [item for item in items if item.kind in ("word", "number")]
        for place, item in enumerate(words):
            for concept, row in self.rows.get(folded(item.text), ()):
                there = words[place : place + len(row)]
                if [folded(each.text) for each in there] == list(row):
                    for each in there:
                        each.concepts |= {concept}


def split(name: str) -> list[str]:
    return folded("".join(sign if sign.isalnum() else " " for sign in name)).split()


class Subjects:
    """
    Follows a text sentence by sentence: `about_other(place)` says whether another project is spoken of there. Sentences
    of a paragraph that name none go on about the last one; a “new project” may be any, so nothing goes on about it.
    """

    def __init__(self, names: NameIndex):
        self.names, self.carried, self.is_passing, self.turns = names, False, False, {}

    def enter(self, sentence: Sentence):
        self.names.mark(sentence.items)
        if sentence.opens_paragraph:
            self.carried = False
        elif self.turns:
            self.carried = self.turns[max(self.turns)] and not self.is_passing
        self.turns = dict(turns(sentence.items, self.names.words))
        names_own = any(item.means("own_name") for item in sentence.items)
        self.is_passing = names_own or any(is_called(sentence.items, place, "more") for place in self.turns)

    def about_other(self, items: list[Item], place: int) -> bool:
        before = [turn for turn in self.turns if turn <= place]
        if before:
            return self.turns[max(before)]
        here = [turn for turn in self.turns if items[turn].clause == items[place].clause]
        return self.turns[min(here)] if here else self.carried


def turns(items: list[Item], known: set[str]):
    """The places where a project is named, each with whether it is another one."""
    shouting = sum(item.text.isupper() for item in items if item.kind == "word") > len(items) / 2
    for place, item in enumerate(items):
        if item.means("own_name"):
            yield place, False
        elif is_another(items, place, known) or (not shouting and is_acronym(item, known, SHORTEST_ALONE)):
            yield place, True


def is_another(items, place, known) -> bool:
    if not items[place].means("project"):
        return False
    if any(item.means("own_name") for item in items[max(place - OWN_NAME_NEAR, 0) : place + OWN_NAME_NEAR]):
        return False
    return (
        is_called(items, place, "other", "more") or is_counted(items, place) or is_named_otherwise(items, place, known)
    )


def is_counted(items, place) -> bool:
    """`40 projects`; not `ten project partners`, nor `an Industry 4.0 project`"""
    if any(item.means("partner", "organisation", "month", "year", *FOREIGN) for item in items[place : place + 2]):
        return False
    before = items[max(place - 2, 0) : place]
    return any(item.kind == "number" and (item.text.isdigit() or item.text.isalpha()) for item in before)


def is_called(items, place, *concepts) -> bool:
    """`another project`, `our new project`, `el proyecto anterior`"""
    around = [*items[max(place - 2, 0) : place], *items[place + 1 : place + 2]]
    return items[place].means("project") and any(
        each.means(*concepts) for each in around if each.clause == items[place].clause
    )


def is_named_otherwise(items, place, known) -> bool:
    """`project CLUSTRAT`, `the SmartUp project`, `projekt „Nova pot“`"""
    if place and is_acronym(items[place - 1], known, SHORTEST_ACRONYM):
        return True
    following = items[place + 1 : place + 3]
    if not following:
        return False
    if following[0].text in OPENING_QUOTES:
        return len(following) > 1 and following[1].text[:1].isupper() and following[1].word not in known
    return is_acronym(following[0], known, SHORTEST_ACRONYM)


def is_acronym(item: Item, known: set[str], shortest: int) -> bool:
    """Whether a word can only be a name, for its capitals, and none that is known."""
    if item.kind != "word" or len(item.text) < shortest or item.word in known or item.concepts:
        return False
    return item.text.isupper() or (item.text[0].isupper() and any(sign.isupper() for sign in item.text[1:]))
