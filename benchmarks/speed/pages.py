"""The pages that are measured, found as a visitor finds them: by following links and choosing filters."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from bs4 import BeautifulSoup

HOME = "/en/"
LISTS = {"projects": "/en/projects/", "articles": "/en/news/", "partners": "/en/partners/"}
MODELS = {"projects": "projects.project", "articles": "news.article", "partners": "partners.partner"}
# What load_sample writes often and seldom, so that each size of portal is asked for the same.
WORDS = {"projects": "people", "articles": "residents", "partners": "regional"}
SEARCHES = {"a common word": "partners", "a rare word": "river", "several words": "lessons for residents"}
DEEP = 0.9  # of a list


def pages(get: Callable[[str], str]) -> dict[str, str]:
    """Names and addresses; `get` gives the HTML of an address."""
    found = {"home": HOME, "home, after a save": f"{HOME}#{MODELS['projects']}"}
    firsts = {}
    for name, address in LISTS.items():
        page = BeautifulSoup(get(address), "html.parser")
        firsts[name] = page.select_one(".card__title a")
        found[name], found[f"{name}, after a save"] = address, f"{address}#{MODELS[name]}"
        found |= {f"{name}, {what}": f"{address}?{query}" for what, query in selections(page, address, get)}
        found[f"{name}, with a word"] = f"{address}?q={WORDS[name]}"
    found["project"], found["article"] = firsts["projects"]["href"], firsts["articles"]["href"]
    return found | {f"search, {name}": f"/en/search/?{urlencode({'q': words})}" for name, words in SEARCHES.items()}


def selections(page, address, get) -> Iterator[tuple[str, str]]:
    """What a list can be narrowed to, the orders it can be read in, and how deep; as a name and a query."""
    chosen = {}
    for field in page.select("form.filters select"):
        name = field["name"]
        if name == "sort":
            yield from ((f"by {order}", f"sort={order}") for order in values(field))
        elif value := commonest(field):
            chosen[name] = value
            yield f"of one {name}", urlencode({name: value})
    yield from together(chosen, address, get)
    if pages := page.select_one(".pagination span"):
        last = max(int(number.replace(",", "")) for number in re.findall(r"[\d,]+", pages.get_text()))
        yield "deep", f"page={max(2, round(last * DEEP))}"


def together(chosen, address, get):
    """Two filters at once that leave something: of the second, what is commonest beside the first."""
    if len(chosen) > 1:
        one, other = list(chosen)[-2:]
        page = BeautifulSoup(get(f"{address}?{urlencode({one: chosen[one]})}"), "html.parser")
        if value := commonest(page.select_one(f"form.filters select[name={other}]")):
            yield f"of one {one} and {other}", urlencode({one: chosen[one], other: value})


def values(field) -> list[str]:
    return [option["value"] for option in field.select("option") if option["value"]]


def commonest(field) -> str | None:
    """The choice that most records have; their number stands after it in brackets."""
    options = [option for option in field.select("option") if option["value"]]
    return max(options, key=number_of)["value"] if options else None


def number_of(option) -> int:
    number = re.search(r"\(([\d,]+)\)$", option.get_text(strip=True))
    return int(number[1].replace(",", "")) if number else 0
