"""A text without its markup that still knows where each of its characters stood."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

# Tags, references to characters and fact tokens; no part of it can be matched in two ways, so it takes linear time.
MARKUP = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]*>|<!--|-->|&#?[a-zA-Z0-9]{1,10};|\[\[[^\[\]\n]{0,80}\]\]")
HIDDEN = {"script", "style", "template"}
LABELS = {"th", "td", "dt", "caption", "strong", "b"}  # what they hold may be the label of what follows
LINES = {"br"}
INLINE = {"a", "abbr", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "sub", "sup", "time", "u"}
INVISIBLE = set("\u00ad\u200b\u200c\u200d\u2060\ufeff")
DASHES = dict.fromkeys("‒–—―−", "–") | {"‐": "-", "\u2011": "-"}


@dataclass
class Plain:
    """`text` has a space for each kind of space; its character number n stood from `starts[n]` to `ends[n]`."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stood in the one that was given."""
        return self.starts[start], self.ends[end - 1]


class Reader:
    def __init__(self):
        self.signs, self.starts, self.ends = [], [], []

    def add(self, sign: str, start: int, end: int):
        if sign in INVISIBLE:
            return
        if unicodedata.combining(sign) and self.signs:
            composed = unicodedata.normalize("NFC", self.signs[-1] + sign)
            if len(composed) == 1:
                self.signs[-1], self.ends[-1] = composed, end
            return
        if sign.isspace() and sign != "\n":
            sign = " "
        self.signs.append(DASHES.get(sign, sign))
        self.starts.append(start)
        self.ends.append(end)

    def add_all(self, words: str, start: int):
        for place, sign in enumerate(words, start):
            self.add(sign, place, place + 1)

    def add_instead(self, words: str, start: int, end: int):
        for sign in words:
            self.add(sign, start, end)


def plain(text: str) -> Plain:
    reader, done, hidden = Reader(), 0, None
    for found in MARKUP.finditer(text):
        if hidden is None:
            reader.add_all(text[done : found.start()], done)
            reader.add_instead(in_place_of(found), *found.span())
        done = found.end()
        hidden = still_hidden(hidden, found)
    if hidden is None:
        reader.add_all(text[done:], done)
    return Plain("".join(reader.signs), reader.starts, reader.ends)


def still_hidden(hidden: str | None, found: re.Match) -> str | None:
    """The element or comment in which nothing is read, after this piece of markup."""
    closes, tag = found[1], (found[2] or found[0]).lower()
    if hidden is None:
        return "-->" if tag == "<!--" else tag if tag in HIDDEN and not closes else None
    return None if tag == hidden and (closes or tag == "-->") else hidden


def in_place_of(found: re.Match) -> str:
    """What takes the place of markup: an empty line for a block, a colon after a label, `…` for a token."""
    tag = found[2] and found[2].lower()
    if tag is None:
        return "…" if found[0].startswith("[[") else html.unescape(found[0]) if found[0][0] == "&" else ""
    if tag in LABELS:
        return " | " if found[1] and tag not in {"strong", "b"} else ""
    return "" if tag in INLINE else "\n" if tag in LINES else "\n\n"
