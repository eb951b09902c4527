"""A plain text as sentences of marked words and figures."""

from collections.abc import Iterator
from itertools import pairwise

from factcheck.reading.figures import figures
from factcheck.reading.items import Item, Sentence, mark, tokens
from factcheck.reading.vocabulary import Vocabulary

STOPS = {".", "!", "?", "•", "·", "●", "▪"}
SIGNS_OF_EURO = {"€"}
LONGEST_ABBREVIATION = 5
MOST = 100  # items of a sentence; what never comes to an end is cut


def sentences(text: str, words: Vocabulary) -> Iterator[Sentence]:
    items = list(tokens(text, words))
    mark(items, words)
    for item in items:
        if item.text in SIGNS_OF_EURO:
            item.concepts |= {"currency"}
    items = figures(items, words)
    opens, row = True, []
    for item, following in pairwise([*items, None]):
        row.append(item)
        if len(row) >= MOST or following is None or ends_here(row, following):
            yield sentence(row, opens)
            opens, row = is_paragraph(item), []
    if row:
        yield sentence(row, opens)


def sentence(row: list[Item], opens: bool) -> Sentence:
    found = Sentence([item for item in row if item.kind != "line"], opens)
    found.number_clauses()
    return found


def is_paragraph(item: Item) -> bool:
    return item.kind == "line" and item.text.count("\n") > 1


def ends_here(row: list[Item], following: Item) -> bool:
    """Whether a sentence ends with the last item of the row: at an empty line, a stop, or a line that doesn't go on."""
    last = row[-1]
    if is_paragraph(last):
        return True
    if last.kind == "line":
        return not following.text[:1].islower() and not is_label(row[:-1], following)
    if last.text not in STOPS or following.kind == "line":
        return last.text in STOPS - {"."}
    if last.text != ".":
        return True
    return following.start > last.end and following.text[:1].isupper() and not is_abbreviated(row)


def is_label(row: list[Item], following: Item) -> bool:
    """Whether a line of words alone is followed by its figure."""
    is_short = 0 < len(row) <= 6 and all(item.kind in ("word", "sign") for item in row)
    return is_short and following.kind in ("amount", "date", "number", "percent")


def is_abbreviated(row: list[Item]) -> bool:
    """Whether the stop belongs to a number in front of it, as `4. Aufruf`, or to an abbreviation, as `cca.`"""
    if len(row) < 2:
        return False
    before = row[-2]
    if before.end != row[-1].start:
        return False
    if before.kind == "number":
        return before.text.isdigit() and len(before.text) <= 2
    return before.means("abbreviation")
