"""A page as it stands in a copy: links lead to files beside it, and what needs a portal is left out."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

# Elements without a content, by the HTML standard.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# `data-copy="never"` in a template marks what has no meaning without the portal, `data-copy="whole"` what has one in
# a copy of the whole portal alone.
LEFT_OUT_TAGS = {"form", "script", "noscript"}
LEFT_OUT_LINKS = {"preload", "modulepreload", "alternate"}
TO_THE_PORTAL = "canonical"  # says where the page was
ADDRESSES = {"a": ["href"], "link": ["href"], "img": ["src", "srcset"], "source": ["src", "srcset"], "image": ["href"]}
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']""")


def addresses_in(html: str, whole: bool) -> list[str]:
    """All addresses that the page's copy leads to or loads, as they stand in it."""
    found = []

    def note(address):
        found.append(address)
        return address

    rewritten(html, note, lambda address: note(address) and "", whole)
    return found


def addresses_in_style(css: str) -> list[str]:
    return [first or second for first, second in IN_STYLES.findall(css)]


def rewritten(
    html: str, leads_to: Callable[[str], str | None], drawing: Callable[[str], str], whole: bool, note: str = ""
) -> str:
    """
    The page with each address as `leads_to` gives it; None takes the link away and leaves its words. `drawing` gives
    the SVG file that a `<use>` refers to, which no browser loads from a folder, and `note` stands at the page's top.
    """
    page = Page(leads_to, whole)
    page.feed(html)
    page.close()
    page.parts.insert(page.top, "".join(drawing(address) for address in page.drawings) + note)
    return "".join(page.parts)


def relative(target: str, source: str) -> str:
    """The way from one file of the copy to another: `("en/b/index.html", "en/a/index.html")` → `../b/index.html`."""
    there, here = target.split("/"), source.split("/")[:-1]
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return quote("/".join([".."] * (len(here) - same) + there[same:]), safe="/.-_~")


class Page(HTMLParser):
    """Passes a page on as it is written, but for what `rewritten` changes."""

    def __init__(self, leads_to, whole: bool):
        super().__init__(convert_charrefs=False)
        self.leads_to, self.whole = leads_to, whole
        self.parts, self.drawings = [], []
        self.top = 0  # how many parts come before the first of the body
        self.left_out = []  # the open elements of what is left out

    def write(self, text: str):
        if not self.left_out:
            self.parts.append(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if self.left_out or is_left_out(tag, told, self.whole):
            if tag not in VOID:
                self.left_out.append(tag)
            return
        self.write(self.tag(tag, attributes))
        if tag == "body":
            self.top = len(self.parts)

    def handle_startendtag(self, tag, attributes):
        if not self.left_out and not is_left_out(tag, dict(attributes), self.whole):
            self.write(self.tag(tag, attributes))

    def handle_endtag(self, tag):
        if not self.left_out:
            self.write(f"</{tag}>")
        elif tag in self.left_out:
            while self.left_out.pop() != tag:
                pass

    def tag(self, tag, attributes) -> str:
        """The tag as it was written, if none of its addresses changes."""
        written = self.get_starttag_text()
        changed = [(name, self.changed(tag, name, value, dict(attributes))) for name, value in attributes]
        if changed == attributes:
            return written
        kept = [pair for pair, before in zip(changed, attributes, strict=True) if pair[1] is not None or before == pair]
        told = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in kept)
        return f"<{tag}{told}{'/' if written.endswith('/>') else ''}>"

    def changed(self, tag, name, value, told) -> str | None:
        """The attribute's value in the copy; None where it goes."""
        if tag == "use" and name == "href" and not value.startswith("#"):
            return self.drawn(value)
        if not value or name not in ADDRESSES.get(tag, ()) or told.get("rel") == TO_THE_PORTAL:
            return value
        if name == "srcset":
            return ", ".join(self.source(each.strip()) for each in value.split(",") if each.strip())
        return self.leads_to(value)

    def source(self, told: str) -> str:
        address, _space, width = told.partition(" ")
        return f"{self.leads_to(address)} {width}".strip()

    def drawn(self, address: str) -> str:
        file, _hash, part = address.partition("#")
        if file not in self.drawings:
            self.drawings.append(file)
        return f"#{drawing_id(file, part)}"

    def handle_data(self, data):
        self.write(data)

    def handle_entityref(self, name):
        self.write(f"&{name};")

    def handle_charref(self, name):
        self.write(f"&#{name};")

    def handle_comment(self, data):
        self.write(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.write(f"<!{decl}>")


def is_left_out(tag: str, told: dict, whole: bool) -> bool:
    if tag == "link" and told.get("rel") in LEFT_OUT_LINKS:
        return True
    if tag in LEFT_OUT_TAGS:
        return told.get("type") != "application/ld+json"
    return told.get("data-copy") == "never" or (told.get("data-copy") == "whole" and not whole)


def drawing_id(file: str, part: str) -> str:
    stem = file.rpartition("/")[2].partition(".")[0]
    return f"{stem}-{part}"


def as_drawing(file: str, svg: str) -> str:
    """An SVG file as a part of a page that is drawn nowhere but where a `<use>` refers to it."""
    body = svg[svg.index("<svg") :]
    named = re.sub(r'\bid="([^"]+)"', lambda found: f'id="{drawing_id(file, found[1])}"', body)
    referred = re.sub(r'href="#([^"]+)"', lambda found: f'href="#{drawing_id(file, found[1])}"', named)
    return f'<div class="visually-hidden" aria-hidden="true">{referred}</div>'
