"""Charts as SVG, which stand in a page as pictures: a line for each page, light or dark as their reader has it."""

from dataclasses import dataclass
from math import ceil, log10
from xml.etree import ElementTree

STYLE = """
svg { font: 13px Inter, system-ui, sans-serif; --ink: #1a1f2b; --quiet: #4d566a; --line: #d3d9e6; --mark: #003399; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #eceff6; --quiet: #b3bccf; --line: #3a4358; --mark: #a3bffa; }
}
text { fill: var(--ink); }
.quiet { fill: var(--quiet); font-size: 12px; }
.title { font-weight: 600; }
.rule { stroke: var(--line); }
.bound { stroke: var(--ink); stroke-dasharray: 4 3; }
.span { stroke: var(--mark); stroke-width: 2; }
.mark { fill: var(--mark); }
.ring { fill: none; stroke: var(--mark); stroke-width: 2; }
"""
NAMES, PANEL, GAP, ROW, TOP = 210, 340, 40, 22, 90  # pixels
RADII = [3, 5, 7]


@dataclass(frozen=True)
class Line:
    """A page with its values for the chart's last keys, or for all; the last one should stay under the bound."""

    name: str
    values: list[float]
    bound: float | None = None


@dataclass(frozen=True)
class Panel:
    title: str
    lines: list[Line]


def chart(title: str, keys: list[str], panels: list[Panel]) -> str:
    """
    Panels side by side with the same lines, whose values share one scale in powers of ten. The keys say what a line's
    marks mean, from the smallest mark to the largest.
    """
    names = [line.name for line in panels[0].lines]
    values = [value for panel in panels for line in panel.lines for value in (*line.values, line.bound) if value]
    scale = Scale(min(values), max(values))
    width = NAMES + len(panels) * (PANEL + GAP)
    height = TOP + ROW * len(names) + 40
    svg = ElementTree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}", width=f"{width}", role="img"
    )
    add(svg, "title", title)
    add(svg, "style", STYLE)
    add(svg, "text", title, x=0, y=16, attributes={"class": "title"})
    add_keys(svg, keys, has_bounds=any(line.bound for panel in panels for line in panel.lines))
    for place, name in enumerate(names):
        add(svg, "text", name, x=0, y=row(place) + 4)
    for place, panel in enumerate(panels):
        add_panel(svg, panel, NAMES + place * (PANEL + GAP), scale, len(keys))
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


@dataclass(frozen=True)
class Scale:
    """Where a value stands along a panel, between the powers of ten around all values or their halves."""

    low: float
    high: float

    @property
    def marks(self) -> list[float]:
        """1, 2, 5, 10 … around the values."""
        steps = [base * 10**power for power in range(-4, 7) for base in (1, 2, 5)]
        first = max((step for step in steps if step <= self.low), default=steps[0])
        last = min((step for step in steps if step >= self.high), default=steps[-1])
        return [step for step in steps if first <= step <= last]

    def x(self, value: float) -> float:
        first, last = log10(self.marks[0]), log10(self.marks[-1])
        return PANEL * (log10(value) - first) / (last - first or 1)


def add_keys(svg, keys, has_bounds):
    for place, key in enumerate(keys):
        x = NAMES + place * 150
        add_mark(svg, x, 38, place, len(keys))
        add(svg, "text", key, x=x + 14, y=42, attributes={"class": "quiet"})
    if has_bounds:
        x = NAMES + len(keys) * 150
        add(svg, "line", x1=x, x2=x, y1=29, y2=47, attributes={"class": "bound"})
        add(svg, "text", "bound", x=x + 14, y=42, attributes={"class": "quiet"})


def add_panel(svg, panel, left, scale, keys):
    bottom = row(len(panel.lines))
    add(svg, "text", panel.title, x=left, y=TOP - 24, attributes={"class": "title"})
    every = ceil(len(scale.marks) / 8)
    for mark in scale.marks[::every]:
        x = left + scale.x(mark)
        add(svg, "line", x1=x, x2=x, y1=TOP - 8, y2=bottom - 8, attributes={"class": "rule"})
        add(svg, "text", f"{mark:g}", x=x, y=bottom + 8, attributes={"class": "quiet", "text-anchor": "middle"})
    for place, line in enumerate(panel.lines):
        y, places = row(place), [left + scale.x(value) for value in line.values]
        add(svg, "line", x1=min(places), x2=max(places), y1=y, y2=y, attributes={"class": "span"})
        for number, x in enumerate(places, start=keys - len(places)):
            add_mark(svg, x, y, number, keys)
        if line.bound:
            x = left + scale.x(line.bound)
            add(svg, "line", x1=x, x2=x, y1=y - 9, y2=y + 9, attributes={"class": "bound"})


def add_mark(svg, x, y, number, of):
    """The last one is a ring, so that the others stay to be seen in it."""
    radius = RADII[number + len(RADII) - of]
    add(svg, "circle", cx=x, cy=y, r=radius, attributes={"class": "ring" if of > 1 and number == of - 1 else "mark"})


def row(place: int) -> float:
    return TOP + ROW * place + 8


def add(parent, tag, text=None, attributes=None, **places):
    element = ElementTree.SubElement(
        parent, tag, {name: f"{value:g}" for name, value in places.items()} | (attributes or {})
    )
    element.text = text
