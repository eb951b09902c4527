"""
Texts as an outside translator's tool handles them, and back: words, with codes for markup and facts.

A rich text becomes a segment for each block at its top, a plain one is a single segment. What a code stands for stays
here: of a translation only the numbers of the codes are read, and looked up in the source as the portal has it.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

VOID = {"br", "hr", "img"}
FORMATTING = {"strong", "em", "b", "i", "u", "s", "sub", "sup"}  # what a translation may do without
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,6}")
FACT = re.compile(r"(\[\[[^\[\]]+\]\])")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Broken(Exception):
    """Why a translated segment can't be taken, in a sentence."""


@dataclass
class Code:
    """One piece of markup or one fact: what it stands for, and the code around it."""

    start: str
    end: str = ""
    parent: "Code | None" = None  # the nearest that has to stay
    may_go: bool = False


@dataclass
class Segmented:
    """A text in segments, `sources`, with what the codes in them stand for: `{"1": Code("<p>", "</p>")}`."""

    sources: list[Element] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)

    @property
    def shape(self) -> list:
        """The order of the codes: two texts with the same one are alike but for their words."""
        return [[(code.start, code.end) for code in self.codes_in(source)] for source in self.sources]

    def codes_in(self, source) -> list[Code]:
        return [self.codes[part.get("id")] for part in source.iter() if part.tag in ("pc", "ph")]


def add_text(parent: Element, text: str):
    """Put a text at the end of an element; characters that XML can't hold as `<cp>`."""
    start = 0
    for found in NOT_XML.finditer(text):
        append(parent, text[start : found.start()])
        SubElement(parent, "cp", {"hex": f"{ord(found.group()):04X}"})
        start = found.end()
    append(parent, text[start:])


def append(parent, text):
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class Reader(HTMLParser):
    """Reads clean HTML, or with `rich=False` plain text, into segments."""

    def __init__(self, tag="source"):
        super().__init__(convert_charrefs=True)
        self.result, self.tag, self.stack, self.is_loose = Segmented(), tag, [], False

    def code(self, start, end="", may_go=False) -> dict:
        number = str(len(self.result.codes) + 1)
        firm = [self.result.codes[part.get("id")] for name, part in self.stack]
        parent = next((code for code in reversed(firm) if not code.may_go), None)
        self.result.codes[number] = Code(start, end, parent, may_go)
        refs = {"dataRefStart": f"s{number}", "dataRefEnd": f"e{number}"} if end else {"dataRef": f"s{number}"}
        marks = {} if may_go else {"canDelete": "no"}
        return {"id": number, "canCopy": "no"} | marks | refs

    def place(self, opens_block=False) -> Element:
        """Where the next thing goes: the innermost code, else a segment."""
        if self.stack:
            return self.stack[-1][1]
        if opens_block or not (self.is_loose and self.result.sources):
            self.result.sources.append(Element(self.tag))
        self.is_loose = not opens_block
        return self.result.sources[-1]

    def handle_starttag(self, tag, attrs):
        markup = self.get_starttag_text()
        inline = tag in VOID or tag in FORMATTING or tag == "a"
        parent = self.place(opens_block=not inline)
        if tag in VOID:
            SubElement(parent, "ph", self.code(markup) | {"type": "fmt", "disp": markup})
            return
        kind = {"type": "link"} if tag == "a" else {"type": "fmt"}
        part = Element("pc", self.code(markup, f"</{tag}>", tag in FORMATTING) | kind)
        parent.append(part)
        self.stack.append((tag, part))

    def handle_endtag(self, tag):
        if self.stack and self.stack[-1][0] == tag:
            self.stack.pop()

    def handle_data(self, text):
        if self.stack or text.strip():
            self.words(self.place(), text)

    def words(self, parent, text):
        for number, part in enumerate(FACT.split(text)):
            if number % 2:
                SubElement(parent, "ph", self.code(escape(part, quote=False)) | {"type": "other", "disp": part})
            elif part:
                add_text(parent, part)


def segmented(text: str, is_rich: bool, tag="source") -> Segmented:
    """The text in segments, each an element of the name."""
    reader = Reader(tag)
    if is_rich:
        reader.feed(text)
        reader.close()
    else:
        reader.words(reader.place(), text)
    return reader.result


def words_of(element) -> str:
    """What an element says, without its codes."""
    return "".join(element.itertext())


def written(element: Element, source: Segmented, allowed: set[str], is_rich: bool) -> str:
    """
    The text of a translated segment, with the markup of the source as the portal has it.

    `allowed` are the codes of this segment. Raises Broken where codes were lost, doubled, invented or moved apart.
    """
    reading = Reading(source, allowed, is_rich)
    text = reading.inside(paired(element), None)
    lost = {number for number in allowed - reading.used if not source.codes[number].may_go}
    if lost:
        raise Broken("lost")
    return text


def paired(element: Element) -> Element:
    """The same with `<sc>` and `<ec>`, as which a tool may write the two ends of a code, made one again."""
    found = Element(element.tag, element.attrib)
    found.text = element.text
    open_ones = [found]
    for part in element:
        if part.tag == "sc":
            open_ones.append(SubElement(open_ones[-1], "pc", {"id": part.get("id", "")}))
            open_ones[-1].text = part.tail
        elif part.tag == "ec":
            if len(open_ones) == 1 or open_ones[-1].get("id") != part.get("startRef"):
                raise Broken("unbalanced")
            open_ones.pop().tail = part.tail
        else:
            inner = paired(part)
            inner.tail = part.tail
            open_ones[-1].append(inner)
    if len(open_ones) > 1:
        raise Broken("unbalanced")
    return found


def rejoined(text: str, is_rich: bool) -> str:
    """The text as it would come back untouched: without the space between blocks, which says nothing."""
    parts = segmented(text, is_rich)
    return "".join(written(source, parts, numbers(source), is_rich) for source in parts.sources)


def numbers(source: Element) -> set[str]:
    """The codes of a segment."""
    return {part.get("id") for part in source.iter() if part.tag in ("pc", "ph")}


class Reading:
    def __init__(self, source: Segmented, allowed: set[str], is_rich: bool):
        self.source, self.allowed, self.is_rich = source, allowed, is_rich
        self.used = set()

    def inside(self, element, parent) -> str:
        text = self.said(element.text)
        for part in element:
            text += self.part(part, parent) + self.said(part.tail)
        return text

    def said(self, text) -> str:
        return escape(text or "", quote=False) if self.is_rich else text or ""

    def take(self, number, parent) -> Code:
        code = self.source.codes.get(number)
        if code is None or number not in self.allowed:
            raise Broken("invented")
        if number in self.used:
            raise Broken("doubled")
        if code.parent is not parent and not code.may_go:
            raise Broken("moved")
        self.used.add(number)
        return code

    def part(self, part, parent) -> str:
        name = part.tag
        if name == "cp":
            return self.character(part.get("hex", ""))
        if name == "mrk":
            return self.inside(part, parent)
        if name in ("sm", "em"):
            return ""
        if name == "ph":
            code = self.take(part.get("id"), parent)
            return code.start if self.is_rich else _plain(code.start)
        if name == "pc":
            code = self.take(part.get("id"), parent)
            return code.start + self.inside(part, parent if code.may_go else code) + code.end
        raise Broken("unknown")

    def character(self, number) -> str:
        code = int(number, 16) if HEXADECIMAL.fullmatch(number) else 0
        if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # halves of pairs are no characters
            raise Broken("unknown")
        return self.said(chr(code))


def _plain(markup: str) -> str:
    return markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
