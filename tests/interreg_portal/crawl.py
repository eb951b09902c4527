"""Reads the portal as a search engine does: from page to page, by Django's test client."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

HOST = "http://testserver"
MOST = 400  # pages: a crawl that finds no end is a fault


class Reading(HTMLParser):
    """What a page links to, what can be linked to in it, and what its head says of other languages."""

    def __init__(self, text: str):
        super().__init__()
        self.links, self.ids, self.alternates, self.canonical = set(), set(), {}, None
        self.data, self.in_data = "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids.add(told.get("id"))
        self.in_data = told.get("type") == "application/ld+json"
        if tag == "link" and "hreflang" in told:
            self.alternates[told["hreflang"]] = told["href"]
        elif tag == "link" and told.get("rel") == "canonical":
            self.canonical = told["href"]
        sources = [part.split()[0] for part in told.get("srcset", "").split(",") if part.strip()]
        self.links.update(filter(None, [told.get("href"), told.get("src"), told.get("action"), *sources]))

    def handle_data(self, data):
        if self.in_data:
            self.data += data

    def handle_endtag(self, tag):
        self.in_data = False


@dataclass
class Visited:
    """What an address answered."""

    address: str
    status: int
    type: str
    content: bytes

    @property
    def is_page(self) -> bool:
        return self.type.startswith("text/html")

    @property
    def text(self) -> str:
        return self.content.decode()

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.text)

    def links(self) -> set[tuple[str, str]]:
        """The addresses on this portal that the page leads to, each with its fragment."""
        whole = (urlsplit(urljoin(HOST + self.address, link)) for link in self.reading.links)
        return {
            (place.path + (f"?{place.query}" if place.query else ""), place.fragment)
            for place in whole
            if f"{place.scheme}://{place.netloc}" == HOST
        }


def in_english(address: str) -> str:
    """The same page in English: `/sl/news/` → `/en/news/`"""
    language, slash, rest = address[1:].partition("/")
    return f"/en/{rest}" if slash and language in ("sl", "lv", "bg") else address


def kind_of(address: str) -> tuple:
    """What kind of page it is: the name of its address, and what its query is about."""
    place = urlsplit(address)
    try:
        name = resolve(place.path).view_name
    except Resolver404:
        name = None
    return name, *sorted(key for key, value in parse_qsl(place.query))


@dataclass
class Crawl:
    """
    Everything in English that the home page leads to, and a page of each kind in the other languages. Of lists with
    filters set, one is read for each set of filters.
    """

    client: Client = field(default_factory=Client)
    visited: dict[str, Visited] = field(default_factory=dict)

    def run(self, *starts: str):
        waiting, queries = list(starts), set()
        while waiting:
            address = waiting.pop(0)
            kind = kind_of(address)
            if address in self.visited or self.is_left_out(address) or ("?" in address and kind in queries):
                continue
            queries.add(kind)
            page = self.visit(address)
            if page.is_page and page.status == 200:
                waiting += sorted({link for link, _fragment in page.links() if in_english(link) == link})
        for address in self.one_of_each():
            for language in ("sl", "lv", "bg"):
                self.visit(f"/{language}/{address.removeprefix('/en/')}")
        return self

    def is_left_out(self, address) -> bool:
        """Files and the back office have tests of their own; of lists, one filter at a time is enough."""
        return address.startswith(("/static/", "/media/", "/admin/")) or len(kind_of(address)) > 2

    def visit(self, address) -> Visited:
        assert len(self.visited) < MOST, f"There is no end to the links; the last one leads to {address}."
        answer = self.client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        self.visited[address] = Visited(address, answer.status_code, answer.headers.get("Content-Type", ""), content)
        return self.visited[address]

    def one_of_each(self) -> list[str]:
        found = defaultdict(list)
        for address in self.visited:
            if address.startswith("/en/"):
                found[kind_of(address)].append(address)
        return [addresses[0] for addresses in found.values()]

    @property
    def pages(self) -> list[Visited]:
        return [page for page in self.visited.values() if page.is_page]

    def of_type(self, start: str) -> list[Visited]:
        return [page for page in self.visited.values() if page.type.startswith(start)]
