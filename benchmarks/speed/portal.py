"""What is measured of portals upon one kind of database; everything found is plain data, as JSON takes it."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.speed import pages
from benchmarks.speed.databases import ROOT
from benchmarks.speed.rounds import Case, Cost, Load, Probe, Spread, costs, load, percentile, ratios, shared
from benchmarks.speed.servers import Server
from benchmarks.speed.visitors import question, visit

# What the portal is measured by beside the plain list, by the names that pages.py gives.
PAGES = {
    "home": "home",
    "project page": "project",
    "list with facets": "projects",
    "filtered list": "projects, of one topic",
    "deep page": "projects, deep",
    "article": "article",
    "search": "search, a common word",
}
KEPT = ["home", "project page", "list with facets", "article"]  # measured from the page cache, too
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
SENT = ["Content-Type", "Content-Encoding", "Vary"]
TWELVE = "en,sl,lv,bg,de,fr,it,hr,hu,pl,es,el"


@dataclass(frozen=True)
class Plan:
    """How large and how long: numbers of projects, each with ten times the articles, rounds, seconds and answers."""

    sizes: list[int]
    rounds: int
    seconds: float
    answers: int  # while memory is watched

    @property
    def beside(self) -> int:
        """The size that is compared with the plain list."""
        return min(1000, self.sizes[-1])


@dataclass(frozen=True)
class Portals:
    """Portals of several sizes upon one kind of database: of each size its variables."""

    plan: Plan
    line: str  # that starts a server
    environments: dict[int, dict[str, str]]
    say: Callable[[str], None]

    def measured(self) -> dict:
        return {
            "load": self.load(),
            "memory": self.memory(),
            "growth": self.growth(),
            "kept": self.kept(),
            "office": self.growth("--staff"),
            "form": self.form(),
        }

    def server(self, size: int, **more: str) -> Server:
        return Server(self.line, self.environments[size] | more, ROOT)

    def load(self) -> list[dict]:
        """The portal's pages beside a plain list, and pages that are kept beside a view that gives the same bytes."""
        size = self.plan.beside
        with self.server(size, PAGE_CACHE="false") as made, self.server(size) as keeping:
            addresses = pages.pages(lambda address: made.get(address)[0].decode())
            cases = [Case("plain list", "", made, "/reference/", AS_A_BROWSER)]
            for name, page in PAGES.items():
                cases.append(Case(name, "made anew", made, addresses[page], AS_A_BROWSER))
            for name in KEPT:
                cases += self.cases_of_kept(name, addresses[PAGES[name]], keeping, made)
            found = load(cases, self.plan.rounds, self.plan.seconds, self.say)
        return [row(case, found) for case in cases]

    def cases_of_kept(self, name: str, address: str, keeping: Server, made: Server) -> list[Case]:
        """A page from the cache, the same for a browser that has it, and the same bytes from a bare view."""
        content, headers = keeping.get(address, **AS_A_BROWSER)
        folder, file = Path(self.environments[self.plan.beside]["BENCH_ANSWERS"]), name.replace(" ", "-")
        folder.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)
        (folder / f"{file}.json").write_text(json.dumps({each: headers[each] for each in SENT if each in headers}))
        cases = [
            Case(name, "bare view", made, f"/reference/same/{file}", AS_A_BROWSER),
            Case(name, "kept", keeping, address, AS_A_BROWSER),
        ]
        if etag := headers.get("ETag"):
            cases.append(Case(name, "304", keeping, address, AS_A_BROWSER | {"If-None-Match": etag}, 304))
        return cases

    def memory(self) -> dict:
        """What a worker takes: a bare one, the portal's once its pages were read, and after so many answers."""
        with self.server(self.plan.beside, BENCH_BARE="true") as bare:
            self.ask(bare, ["/same/home"], self.plan.answers // 20)
            found = {"bare": bare.memory()}
        with self.server(self.plan.beside) as server:
            addresses = pages.pages(lambda address: server.get(address)[0].decode())
            asked = [address for address in addresses.values() if "#" not in address]
            half = self.plan.answers // 2
            self.ask(server, asked, self.plan.answers // 20)
            found["worker"] = server.memory()
            for answers in (half, 2 * half):
                self.say(f"memory after {answers} answers")
                self.ask(server, asked, half)
                found[str(answers)] = server.memory()
        return found

    def ask(self, server: Server, addresses: list[str], answers: int):
        visit(server.port, [question(address, AS_A_BROWSER) for address in addresses], answers=answers)

    def growth(self, *who: str) -> dict[str, dict[str, dict]]:
        """What each page costs in a portal of each size."""
        with ExitStack() as open_probes:
            probes = {
                str(size): open_probes.enter_context(Probe(variables | {"PAGE_CACHE": "false"}, *who))
                for size, variables in self.environments.items()
            }
            return told(costs(shared(probes.values()), probes, self.plan.rounds, self.say))

    def kept(self) -> dict[str, dict[str, dict]]:
        """The queries of pages that come from the cache."""
        with Probe(self.environments[self.plan.beside]) as probe:
            return {name: probe.ask(PAGES[name]) for name in KEPT}

    def form(self) -> dict[str, dict]:
        """What a project's form costs with four languages and with twelve."""
        variables = self.environments[self.plan.beside]
        with Probe(variables, "--staff") as four, Probe(variables | {"PORTAL_LANGUAGES": TWELVE}, "--staff") as twelve:
            return told(costs(["form"], {"4": four, "12": twelve}, self.plan.rounds, self.say))["form"]


def row(case: Case, found: dict[Case, Load]) -> dict:
    """A line of the comparison: cost by the plain list's, and of what is kept also by the bare view's."""
    this, plain = found[case], next(iter(found.values()))
    line = {
        "page": case.page,
        "way": case.way,
        "cost": asdict(ratios(this.cpu, plain.cpu)),
        "cpu": asdict(Spread.of(this.cpu)),
        "rate": asdict(Spread.of(this.rate)),
        "p50": percentile(this.times, 0.5),
        "p99": percentile(this.times, 0.99),
    }
    bare = next((of for other, of in found.items() if (other.page, other.way) == (case.page, "bare view")), None)
    if bare and case.way != "made anew":
        line |= {
            "rate_by_bare": asdict(ratios(this.rate, bare.rate)),
            "cpu_by_bare": asdict(ratios(this.cpu, bare.cpu)),
        }
    return line


def told(found: dict[str, dict[str, Cost]]) -> dict[str, dict[str, dict]]:
    return {
        page: {
            portal: {
                "cpu": asdict(Spread.of(cost.cpu)),
                "wall": asdict(Spread.of(cost.wall)),
                "queries": cost.queries,
                "bytes": cost.bytes,
            }
            for portal, cost in by_portal.items()
        }
        for page, by_portal in found.items()
    }
