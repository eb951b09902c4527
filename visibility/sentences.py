"""Texts in paragraphs and sentences, so that what doesn't fit on a sheet is cut between two of them."""

import re

END = re.compile(r"(\w+)[.!?…]+[”“»\"')\]]*(\s+)(?=[^\w\s]*(\w))")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; one that can't be told apart from the next stays joined to it."""
    parts, begin = [], 0
    for end in END.finditer(text):
        if end[3].isupper() and not may_be_short(end[1]):
            parts.append(text[begin : end.start(2)])
            begin = end.end(2)
    return [part for part in (*parts, text[begin:].strip()) if part]


def may_be_short(word: str) -> bool:
    """Whether a full stop behind it may be no sentence's end, as in “z. B.”, “St. Pölten” or “1. August”."""
    return len(word) == 1 or (len(word) == 2 and not word.islower())


def paragraphs(text: str) -> list[list[str]]:
    """The sentences of each line that says something."""
    return [sentences(line.strip()) for line in text.splitlines() if line.strip()]
