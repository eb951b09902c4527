"""How a report lies on paper: which sheet a table needs, and how its columns share the width."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.document import Section, Table
from reports.writing.words import COMPACT, header, rows_in_words, total_in_words

MOST_COLUMNS_UPRIGHT = 7
LONGEST_WORD, BROADEST = 14, 40  # characters; longer words are broken, longer texts wrapped
PADDING = 2  # characters
TYPE_SIZE = 8.5  # points


@dataclass(frozen=True)
class Paper:
    """A sheet of paper and how many characters of a table's type go across it."""

    size: str
    is_landscape: bool
    characters: int


PAPERS = [Paper("a4", False, 94), Paper("a4", True, 143), Paper("a3", True, 210)]


@dataclass(frozen=True)
class Column:
    """The characters that a column must hold in a line, and those it had better hold."""

    needed: float
    wished: float


def headings(sections: list[Section]) -> Iterator[int]:
    """The level of each section's heading: the first is 1, and none is skipped."""
    level = 0
    for section in sections:
        level = min(section.level, level + 1)
        yield level


def runs(sections: list[Section], portal: str) -> list[tuple[Paper, list[Section]]]:
    """The sections, in their order, together with those beside them that lie on the same paper."""
    papers = [max((paper(table, portal) for table in tables(section)), key=PAPERS.index) for section in sections]
    for place in reversed(range(len(sections) - 1)):
        if not sections[place].parts:  # a heading alone stays with what follows it
            papers[place] = papers[place + 1]
    placed = zip(papers, sections, strict=True)
    return [(paper, [section for _, section in run]) for paper, run in groupby(placed, key=lambda pair: pair[0])]


def tables(section: Section) -> list[Table | None]:
    """Of a section without tables, none, which any paper holds."""
    return [part for part in section.parts if isinstance(part, Table) and part.rows] or [None]


def paper(table: Table | None, portal: str) -> Paper:
    if table is None:
        return PAPERS[0]
    needed = sum(column.needed for column in measured(table, portal))
    fits = [paper for paper in PAPERS if needed <= paper.characters]
    upright = len(table.columns) <= MOST_COLUMNS_UPRIGHT
    return next((paper for paper in fits if upright or paper.is_landscape), PAPERS[-1])


def measured(table: Table, portal: str) -> list[Column]:
    lines = [*rows_in_words(table, portal), *filter(None, [total_in_words(table, portal)])]
    texts = zip(*lines, strict=True) if lines else [()] * len(table.columns)
    return [measure(column, list(column_texts)) for column, column_texts in zip(table.columns, texts, strict=True)]


def measure(column, texts: list[str]) -> Column:
    title = header(column)
    title_needs = min(longest_word([title]), LONGEST_WORD)
    longest = max(map(len, texts), default=0)
    if column.format in COMPACT:
        needed = max(title_needs, min(longest, LONGEST_WORD * 2)) + PADDING
        return Column(needed, needed)
    needed = max(title_needs, min(longest_word(texts), LONGEST_WORD)) + PADDING
    return Column(needed, max(needed, min(max(longest, len(title) / 2), BROADEST) + PADDING))


def longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def shares(table: Table, portal: str, characters: int) -> list[float]:
    """What each column gets of a width in characters: what it needs, and of the rest in proportion to its wish."""
    columns = measured(table, portal)
    spare = max(0, characters - sum(column.needed for column in columns))
    lacking = [column.wished - column.needed for column in columns]
    if not any(lacking):
        lacking = [column.wished for column in columns]
    return [
        round(column.needed + spare * lack / sum(lacking), 2) for column, lack in zip(columns, lacking, strict=True)
    ]


def type_size(widths: list[float], paper: Paper) -> float:
    """The size of a table's type, in points: smaller only where the broadest paper is too narrow for it."""
    return round(TYPE_SIZE * min(1, paper.characters / sum(widths)), 2)
