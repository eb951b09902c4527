"""What the portal holds itself to, and whether it does: read from what `Portals.measured` found."""

from dataclasses import dataclass

LISTS = ("projects", "articles", "partners")
# Of what a page costs that is made anew, by the plain list.
COSTS = {
    "project page": 0.8,
    "list with facets": 1.0,
    "filtered list": 1.0,
    "deep page": 1.0,
    "home": 1.2,
    "article": 1.2,
}


@dataclass(frozen=True)
class Figure:
    """A value and its bound. `where` says which page it was, where the worst of several counts."""

    name: str
    value: float | None  # None: there is nothing to measure
    bound: float
    is_least: bool = False  # the bound is what the value reaches at least
    where: str = ""

    @property
    def is_reached(self) -> bool:
        if self.value is None:
            return False
        value = round(self.value, 2)
        return value >= self.bound if self.is_least else value <= self.bound


def figures(found: dict) -> list[Figure]:
    """Those that issue from one kind of database."""
    return [*of_pages(found), *of_kept_pages(found), *of_growth(found), *of_office(found), *of_memory(found)]


def of_pages(found):
    cost = {line["page"]: line["cost"]["median"] for line in found["load"] if line["way"] == "made anew"}
    for page, bound in COSTS.items():
        yield Figure(f"{page}, made anew: cost by the plain list", cost[page], bound)
    queries = {page: max(cost["queries"] for cost in sizes.values()) for page, sizes in found["growth"].items()}
    lists = {page: number for page, number in queries.items() if is_of_list(page)}
    yield worst("lists, any filter and order: queries", lists, 4)
    yield Figure("project page: queries", queries["project"], 8)


def of_kept_pages(found):
    def lines(way):
        return {line["page"]: line for line in found["load"] if line["way"] == way}

    kept, not_modified = lines("kept"), lines("304")
    rates = {page: line["rate_by_bare"]["median"] for page, line in kept.items()}
    yield worst("kept page: requests a second by a bare view's", rates, 0.85, is_least=True)
    costs = {page: line["cpu_by_bare"]["median"] for page, line in not_modified.items()}
    yield worst("304: cost by a bare view's", costs, 1)
    yield worst("kept page: queries", {page: told["queries"] for page, told in found["kept"].items()}, 0)
    again = {page: told["queries_of_304"] for page, told in found["kept"].items()}
    yield worst("304: queries", {page: number for page, number in again.items() if number is not None}, 0)
    tails = {page: line["p99"] / line["p50"] for page, line in kept.items()}
    yield worst("kept page, ten visitors at once: 99th percentile by the median", tails, 4)


def of_growth(found):
    growth, sizes = grown(found["growth"]), compared(found["growth"])
    yield worst(f"lists, any filter, order and page: time at {sizes}", of_lists(growth), 1.3)
    searches = {page: ratio for page, ratio in growth.items() if page.startswith("search")}
    yield worst(f"search: time at {sizes}", searches, 3)


def of_office(found):
    lists = grown(found["office"], first=0)
    lists.pop("form")
    yield worst(f"back office, lists: time at {compared(found['office'], first=0)}", lists, 2)
    four, twelve = (found["form"][languages]["cpu"]["median"] for languages in ("4", "12"))
    yield Figure("back office, a project's form: time with 12 languages by that with 4", twelve / four, 3)


def of_memory(found):
    memory = {when: taken["held"] for when, taken in found["memory"].items()}
    *_fewest, half, whole = memory.values()
    yield Figure("a worker's memory by a bare worker's", memory["worker"] / memory["bare"], 1.3)
    yield Figure("a worker's memory after all answers by that after half of them", whole / half, 1.01)


def grown(pages: dict, first: int = 1) -> dict[str, float]:
    """How many times dearer each page is in the largest portal than in the one at a place, from the smallest on."""
    found = {}
    for page, sizes in pages.items():
        *costs, last = (cost["cpu"]["median"] for cost in sizes.values())
        found[page] = last / costs[min(first, len(costs) - 1)]
    return found


def compared(pages: dict, first: int = 1) -> str:
    """Which sizes grown() compares: `10,000 projects by that at 1,000`"""
    *sizes, last = next(iter(pages.values()))
    return f"{int(last):,} projects by that at {int(sizes[min(first, len(sizes) - 1)]):,}"


def is_of_list(page: str) -> bool:
    return page.split(",")[0] in LISTS and not page.endswith("after a save")


def of_lists(values: dict) -> dict:
    return {page: value for page, value in values.items() if is_of_list(page)}


def worst(name: str, values: dict[str, float], bound: float, *, is_least=False) -> Figure:
    if not values:
        return Figure(name, None, bound, is_least)
    page = (min if is_least else max)(values, key=values.get)
    return Figure(name, values[page], bound, is_least, page)
