"""What a whole text says about a project, in any of the languages that there is a vocabulary for."""

from collections.abc import Iterator
from dataclasses import replace

from factcheck.reading import amounts, countries, counts, days, stages
from factcheck.reading.context import FOREIGN, NOT_FOREIGN
from factcheck.reading.items import Item
from factcheck.reading.plain import plain
from factcheck.reading.sentences import sentences
from factcheck.reading.statement import Statement
from factcheck.reading.subjects import NameIndex, Names, Subjects
from factcheck.reading.vocabulary import Vocabulary, vocabulary

PASSING = ("event", "meet", "part", "programme")  # what has a beginning and an end


def statements(text: str, language: str, names: Names) -> Iterator[Statement]:
    """What the text, plain or HTML, says about the project of these names; places are those of the text as given."""
    words, read = vocabulary(language), plain(text)
    subjects, continues = Subjects(NameIndex.of(names)), False
    for sentence in sentences(read.text, words):
        subjects.enter(sentence)
        for said in in_sentence(sentence.items, words, continues and not sentence.opens_paragraph):
            if not subjects.about_other(sentence.items, place_of(sentence.items, said)):
                start, end = read.span(said.start, said.end)
                yield replace(said, start=start, end=end)
        continues = goes_on_about_project(sentence.items, continues and not sentence.opens_paragraph)


def in_sentence(items: list[Item], words: Vocabulary, continues: bool) -> Iterator[Statement]:
    yield from amounts.statements(items)
    yield from days.statements(items, continues)
    yield from counts.statements(items, continues)
    yield from countries.statements(items, words)
    yield from stages.statements(items, continues)


def place_of(items: list[Item], said: Statement) -> int:
    return next(place for place, item in enumerate(items) if item.end > said.start)


def goes_on_about_project(items: list[Item], continued: bool) -> bool:
    """
    Whether a next sentence that names nobody is about the project: this one was, or named it first, and named nothing
    else that has a beginning and an end.
    """
    if any(item.means(*PASSING) and not item.means(*NOT_FOREIGN) for item in items):
        return False
    named = (item for item in items if item.means(*FOREIGN, "project", "own_name"))
    first = next(named, None)
    return continued if first is None else first.means("project", "own_name")
