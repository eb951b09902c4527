"""
Draws `static/images/europe.svg` and `partners/outlines.json` anew. Needed only when the outlines change:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python tools/make_map.py package/countries-50m.json

world-atlas (ISC licence) holds the outlines of Natural Earth (public domain) as TopoJSON. Each member state, and each
neighbour whose borders nobody disputes, becomes a path of its own. All the rest is one land without borders: Natural
Earth draws Crimea as Russian and gives Kosovo no code, and a public portal takes no side. Northern Cyprus is Cyprus.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from partners.projection import EDGES, on_map  # noqa: E402

# Natural Earth's numbers (ISO 3166-1) and the codes that the portal uses.
COUNTRIES = {
    "040": "AT", "056": "BE", "100": "BG", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI",
    "250": "FR", "276": "DE", "300": "GR", "348": "HU", "372": "IE", "380": "IT", "428": "LV", "440": "LT", "442": "LU",
    "470": "MT", "528": "NL", "616": "PL", "620": "PT", "642": "RO", "703": "SK", "705": "SI", "724": "ES", "752": "SE",
    "826": "GB", "578": "NO", "756": "CH", "352": "IS",
    "248": "FI",  # Åland
}  # fmt: skip
WITHOUT_NUMBER = {"N. Cyprus": "CY"}
REST = "rest"
UNIT = 2  # km: the map's smallest step
DETAIL = 60  # km²: a corner that cuts off less is left out
ISLAND = 220  # km²: a smaller island is left out, unless it is a country's largest

SVG = """<svg xmlns="http://www.w3.org/2000/svg">
<desc>Natural Earth, public domain; in steps of {unit} km</desc>
{rest}
<g id="countries">
{countries}
</g>
</svg>
"""


def arcs_of(topology):
    """Every arc as projected points, without the corners that don't matter at this scale."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append(on_map(y * scale[1] + shift[1], x * scale[0] + shift[0]))
        arcs.append(simplified(points))
    return arcs


def triangle(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(points):
    """Visvalingam's way: the corner that cuts off least goes first, the ends stay."""
    points = list(points)
    smallest = 4 if points[0] == points[-1] else 2
    while len(points) > smallest:
        areas = [triangle(*points[at : at + 3]) for at in range(len(points) - 2)]
        least = min(areas)
        if least >= DETAIL:
            break
        del points[areas.index(least) + 1]
    return points


def polygons(geometry):
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def outline(geometries):
    """The arcs around several countries together: what two of them share is no border of the whole."""
    arcs = {arc for geometry in geometries for polygon in polygons(geometry) for ring in polygon for arc in ring}
    return [arc for arc in arcs if ~arc not in arcs]


def rings(arcs, numbers):
    """Rings of points, put together from arcs (`~n` is arc n backwards) that follow one another."""
    lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    closed = [line for line in lines if line[0] == line[-1]]
    begin = defaultdict(list)
    for line in lines:
        if line[0] != line[-1]:
            begin[line[0]].append(line)
    while any(begin.values()):
        line = next(found for found in begin.values() if found).pop()
        ring = list(line)
        while ring[0] != ring[-1]:
            ring += begin[ring[-1]].pop()[1:]
        closed.append(ring)
    return closed


def clipped(ring):
    """The part of a ring that lies on the map (Sutherland and Hodgman)."""
    for axis, bound, keep in ((0, 0, 1), (1, 1, 1), (0, 2, -1), (1, 3, -1)):
        edge, result = EDGES[bound], []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            inside, was_inside = (point[axis] - edge) * keep >= 0, (before[axis] - edge) * keep >= 0
            if inside != was_inside:
                part = (edge - before[axis]) / (point[axis] - before[axis])
                result.append(tuple(b + part * (p - b) for b, p in zip(before, point, strict=True)))
            if inside:
                result.append(point)
        ring = result
    return ring


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def drawn(all_rings):
    """The rings that are large enough to be seen, the largest first."""
    inside = [ring for ring in map(clipped, all_rings) if len(ring) > 2]
    inside.sort(key=area, reverse=True)
    return [ring for at, ring in enumerate(inside) if at == 0 or area(ring) >= ISLAND]


def path(all_rings):
    """The rings as one SVG path of whole relative steps."""
    parts, last = [], (0, 0)
    for ring in all_rings:
        points = [(round(x / UNIT), round(y / UNIT)) for x, y in ring]
        points = [point for at, point in enumerate(points) if point != points[at - 1]]
        steps = [(x - before[0], y - before[1]) for (x, y), before in zip(points, [last, *points], strict=False)]
        parts.append("m" + "".join(f"{x:+}{y:+}" for x, y in steps).removeprefix("+") + "z")
        last = points[0]
    return "".join(parts)


def bounds(ring):
    xs, ys = zip(*ring, strict=True)
    return [round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))]


def middle(ring):
    """The middle of an outline's area."""
    doubled = x = y = 0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = a[0] * b[1] - b[0] * a[1]
        doubled, x, y = doubled + part, x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part
    return [round(x / 3 / doubled), round(y / 3 / doubled)]


def main(source):
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    groups = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = COUNTRIES.get(geometry.get("id")) or WITHOUT_NUMBER.get(geometry["properties"]["name"], REST)
        groups[code].append(geometry)
    arcs = arcs_of(topology)
    shapes = {code: drawn(rings(arcs, outline(group))) for code, group in sorted(groups.items())}
    paths = {
        code: f'<path id="{code}" vector-effect="non-scaling-stroke" d="{path(found)}"/>'
        for code, found in shapes.items()
    }
    svg = SVG.format(unit=UNIT, rest=paths.pop(REST), countries="\n".join(paths.values()))
    (ROOT / "static/images/europe.svg").write_text(svg, encoding="utf-8")
    shapes.pop(REST)
    facts = {code: {"bounds": bounds(found[0]), "middle": middle(found[0])} for code, found in shapes.items()}
    lines = ",\n".join(f'  "{code}": {json.dumps(fact)}' for code, fact in facts.items())
    (ROOT / "partners/outlines.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
