"""
Measuring side by side: everything is measured once a round, one after the other, so that whatever else the machine does
meets all of it alike; then figures are compared within each round, and the median of the rounds counts.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.speed.databases import ROOT
from benchmarks.speed.servers import Server
from benchmarks.speed.visitors import question, visit


@dataclass(frozen=True)
class Spread:
    """The median of the rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]):
        values = list(values)
        return cls(median(values), min(values), max(values))


def ratios(these: list[float], those: list[float]) -> Spread:
    """These by those, each within its round."""
    return Spread.of(one / other for one, other in zip(these, those, strict=True))


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values, as 0.99, doesn't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True)
class Case:
    """A page and the way it is made: an address of a server, asked for with some headers and answered by a status."""

    page: str
    way: str
    server: Server
    address: str
    headers: dict[str, str] = field(compare=False)
    status: int = 200


@dataclass
class Load:
    """What a case came to: of each round seconds of processor an answer and answers a second; the answers' seconds."""

    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def load(cases: list[Case], rounds: int, seconds: float, say: Callable[[str], None]) -> dict[Case, Load]:
    """Visits each case for some seconds in each of the rounds; one more before them warms everything up."""
    found = {case: Load() for case in cases}
    for number in range(rounds + 1):
        say(f"round {number} of {rounds}")
        for case in cases:
            cpu = case.server.cpu()
            met = visit(case.server.port, [question(case.address, case.headers)], seconds, status=case.status)
            if number:
                of = found[case]
                of.cpu.append((case.server.cpu() - cpu) / len(met.times))
                of.rate.append(len(met.times) / met.seconds)
                of.times += met.times
    return found


class Probe:
    """A portal in a process of its own that says what each of its pages costs (probe.py). Leaving the block ends it."""

    def __init__(self, environment: dict[str, str], *arguments: str):
        # Else PostgreSQL would let other processes do a part, and nobody would count it.
        self.environment = environment | {"PGOPTIONS": "-c max_parallel_workers_per_gather=0"}
        self.arguments = arguments

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.probe", *self.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.environment,
            cwd=ROOT,
            text=True,
        )
        try:
            self.pages = self.told()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.communicate()

    def told(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The portal that pages are asked of has ended; it has said why.")
        return json.loads(line)

    def ask(self, page: str) -> dict:
        self.process.stdin.write(f"{self.pages[page]}\n")
        self.process.stdin.flush()
        return self.told()


@dataclass
class Cost:
    """A page in a portal: of each round the seconds of processor and of the clock; its queries and bytes."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0


def shared(probes: Iterable[Probe]) -> list[str]:
    """The pages that all portals have, in the order of the first one's."""
    first, *others = probes
    return [page for page in first.pages if all(page in probe.pages for probe in others)]


def costs(
    pages: list[str], probes: dict[str, Probe], rounds: int, say: Callable[[str], None]
) -> dict[str, dict[str, Cost]]:
    """What pages cost in portals, `{page: {portal: cost}}`; a round more than those that count warms them up."""
    found = {page: {portal: Cost() for portal in probes} for page in pages}
    for number in range(rounds + 1):
        say(f"round {number} of {rounds}")
        for page in pages:
            for portal, probe in probes.items():
                told = probe.ask(page)
                if number:
                    of = found[page][portal]
                    of.cpu.append(told["cpu"])
                    of.wall.append(told["wall"])
                    of.queries, of.bytes = told["queries"], told["bytes"]
    return found
