"""Where the figures go: into var/bench/ as JSON, and into docs/performance.md with its charts."""

import json
import os
import platform
import shlex
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.speed.chart import Line, Panel, chart
from benchmarks.speed.databases import ROOT
from benchmarks.speed.figures import COSTS
from benchmarks.speed.tables import tables

DOCS = ROOT / "docs"
BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"


def circumstances(line: str) -> dict:
    """When, upon what and by what was measured."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "portal": said_by("git", "describe", "--always", "--dirty"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load before": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "server": " ".join(Path(word).name if "/" in word else word for word in shlex.split(line)),
    }


def said_by(*command: str) -> str:
    """What a program says, nothing where there is no such program."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        return ""


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def keep(found: dict) -> Path:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{found['date'][:16].replace(':', '').replace(' ', '-')}.json"
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def publish(found: dict):
    """Writes the charts, and what stands between the marks of docs/performance.md."""
    (DOCS / "charts").mkdir(exist_ok=True)
    (DOCS / "charts" / "cost.svg").write_text(chart_of_cost(found["databases"]), encoding="utf-8")
    (DOCS / "charts" / "growth.svg").write_text(chart_of_growth(found["databases"]), encoding="utf-8")
    page = DOCS / "performance.md"
    page.write_text(between(page.read_text(encoding="utf-8"), text_of(found)), encoding="utf-8")


def between(page: str, text: str) -> str:
    """The page with a text between its marks. Raises ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"docs/performance.md has no {BEGIN} … {END}")
    return f"{before}{begin}\n{text}\n{end}{after}"


def text_of(found: dict) -> str:
    made = [f"{name} {value}" for name, value in found.items() if name in ("Python", "Django", "system")]
    how = (
        f"Measured on {found['date']} with {', '.join(made)}, on {found['cores']} cores ({found['processor']}), "
        f"load {found['load before']:.1f} before, version `{found['portal']}` of the portal, "
        f"served by `{found['server']}`. "
        f"The whole took {found['minutes']} minutes."
    )
    charts = [
        "![What pages cost by a plain list](charts/cost.svg)",
        "![How the cost of pages grows with the number of projects](charts/growth.svg)",
    ]
    return "\n\n".join([how, *charts, *(table.markdown() for table in tables(found["databases"]))])


def chart_of_cost(databases: dict[str, dict]) -> str:
    ways = ["304", "kept", "made anew"]
    panels = []
    for database, measured in databases.items():
        costs = {(line["page"], line["way"]): line["cost"]["median"] for line in measured["load"]}
        pages = [page for page, way in costs if way == "made anew"]
        lines = [
            Line(page, [costs[page, way] for way in ways if (page, way) in costs], COSTS.get(page)) for page in pages
        ]
        panels.append(Panel(database, lines))
    return chart("Cost of a page by the plain list's", ways, panels)


def chart_of_growth(databases: dict[str, dict]) -> str:
    shown = of_interest(databases)
    panels = [
        Panel(
            database,
            [
                Line(page, [cost["cpu"]["median"] * 1000 for cost in measured["growth"][page].values()])
                for page in shown
            ],
        )
        for database, measured in databases.items()
    ]
    sizes = next(iter(next(iter(databases.values()))["growth"].values()))
    return chart("Milliseconds of the processor a page", [f"{int(size):,} projects" for size in sizes], panels)


def of_interest(databases: dict[str, dict]) -> list[str]:
    """The pages of a chart: of a list's filters and orders only those that cost most in the largest portal."""
    growth = [measured["growth"] for measured in databases.values()]

    def dearest(pages):
        return max(pages, key=lambda page: max(list(of[page].values())[-1]["cpu"]["median"] for of in growth))

    shown = []
    for page in growth[0]:
        name, _, what = page.partition(", ")
        kind = what.split(" ")[0]
        alike = [other for other in growth[0] if other.startswith(f"{name}, {kind} ")]
        if kind not in ("of", "by") or page == dearest(alike):
            shown.append(page)
    return shown
