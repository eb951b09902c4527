"""
What a page weighs on its way to a browser that comes for the first time, in KB: HTML, styles, scripts and fonts as
they are sent, compressed; pictures stand beside.

    make serve PORT=8000                                              # in another terminal: as in production
    .venv/bin/python benchmarks/page_weight.py http://127.0.0.1:8000  # further addresses may follow

The bounds are kept for every page of the demo by tests/interreg_portal/test_every_page.py.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from gzip import decompress
from html.parser import HTMLParser
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import brotli

KB = 1024  # bytes
MOST, MOST_WITHOUT_FONTS = 120 * KB, 40 * KB
PAGES = [
    "/en/",
    "/bg/",
    "/en/projects/",
    "/en/projects/inno-industry/",
    "/en/projects/example-river/results/",
    "/en/projects/inno-industry/partners/",
    "/en/news/",
    "/en/news/final-event-in-postojna/",
    "/en/partners/",
    "/en/search/?q=industry",
]
UNPACK = {"gzip": decompress, "br": brotli.decompress}
# Fonts that a browser loads once a page has a letter of theirs; the style sheet of fonts says which.
FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)[^}]*unicode-range:\s*([^;}]+)')


@dataclass(frozen=True)
class Weight:
    """Bytes as they are sent."""

    html: int
    styles: int
    scripts: int
    fonts: int

    @property
    def without_fonts(self) -> int:
        return self.html + self.styles + self.scripts

    @property
    def total(self) -> int:
        return self.without_fonts + self.fonts


class Parts(HTMLParser):
    """The styles, scripts and fonts that a page's HTML asks for."""

    def __init__(self, html: str):
        super().__init__()
        self.styles, self.scripts, self.fonts = set(), set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "link" and told.get("rel") == "stylesheet":
            self.styles.add(told["href"])
        elif tag == "link" and told.get("as") == "font":
            self.fonts.add(told["href"])
        elif tag == "script" and told.get("src"):
            self.scripts.add(told["src"])


def weigh(address: str, read: Callable[[str], tuple[bytes, int]]) -> Weight:
    """What a page weighs. `read` gives what stands at an address, and how many bytes are sent for it."""
    content, html = read(address)
    text = content.decode()
    parts = Parts(text)
    styles = {style: read(style) for style in sorted(parts.styles)}
    fonts = parts.fonts | fonts_for(text, {style: content.decode() for style, (content, _sent) in styles.items()})
    return Weight(
        html,
        sum(sent for _content, sent in styles.values()),
        sum(read(script)[1] for script in parts.scripts),
        sum(read(font)[1] for font in fonts),
    )


def fonts_for(text: str, styles: dict[str, str]) -> set[str]:
    """The addresses of the fonts that have letters of the text."""
    letters = {ord(letter) for letter in set(text)}
    return {
        urljoin(address, font)
        for address, style in styles.items()
        for font, ranges in FONT.findall(style)
        if any(first <= letter <= last for first, last in spans(ranges) for letter in letters)
    }


def spans(ranges: str):
    """`U+0000-00FF, U+0131` → (0, 255), (305, 305)"""
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


def read_from(portal: str):
    def read(address):
        request = Request(urljoin(portal, address), headers={"Accept-Encoding": "br, gzip"})
        with urlopen(request) as answer:
            sent = answer.read()
        return UNPACK.get(answer.headers["Content-Encoding"], bytes)(sent), len(sent)

    return read


def main(portal, *addresses):
    print(f"{'KB':40}{'HTML':>8}{'styles':>8}{'scripts':>8}{'fonts':>8}{'all':>8}{'without fonts':>15}")
    for address in addresses or PAGES:
        weight = weigh(address, read_from(portal))
        sizes = [weight.html, weight.styles, weight.scripts, weight.fonts, weight.total]
        print(f"{address:40}" + "".join(f"{size / KB:8.1f}" for size in sizes) + f"{weight.without_fonts / KB:15.1f}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000"]))
