"""A map of where organisations are: what it shows of Europe, and where on it each of them lies."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import hypot, inf
from pathlib import Path

from django.db.models import Count, Min
from django.urls import reverse

from editorial.alphabets import reading_order
from editorial.bars import Count as Counted
from editorial.formats import country_name
from editorial.scale import Scale
from partners.projection import EDGES, on_map

# Of the largest part of each country that `static/images/europe.svg` draws, in km: `bounds` (left, top, right, bottom)
# and `middle`. Made by tools/make_map.py together with the outlines.
OUTLINES = json.loads((Path(__file__).parent / "outlines.json").read_text(encoding="utf-8"))
RATIO = 5 / 4  # width to height, as in static/css/map.css
NARROWEST = 1100  # km across; closer, the outlines would look coarse
MARGIN = 0.06  # of the width
NEAR = 4.5  # per cent of the width; markers that are nearer to each other become one
NAMED = 3  # so many numbers stand on one marker


@dataclass(frozen=True)
class Place:
    """Where one organisation is, or several; `number` is its place in the list beside, where that is numbered."""

    name: str
    country: str
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    organisations: int = 1
    number: int | None = None

    @property
    def is_exact(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @cached_property
    def point(self) -> tuple[float, float] | None:
        """On the map, in km; the country's middle where no more is known; None where the map doesn't reach."""
        if not self.is_exact:
            return tuple(OUTLINES[self.country]["middle"]) if self.country in OUTLINES else None
        x, y = on_map(float(self.latitude), float(self.longitude))
        left, top, right, bottom = EDGES
        return (x, y) if left <= x <= right and top <= y <= bottom else None

    @property
    def where(self) -> str:
        """`Krško, Slovenia`"""
        return ", ".join(filter(None, [self.city, country_name(self.country)]))


@dataclass(frozen=True)
class Marker:
    """Places at nearly the same point, `x` and `y` in per cent of the map's width and height."""

    x: float
    y: float
    places: list[Place]

    @property
    def is_exact(self) -> bool:
        return all(place.is_exact for place in self.places)

    @property
    def organisations(self) -> int:
        return sum(place.organisations for place in self.places)

    @property
    def text(self) -> str:
        """What stands on it: the numbers of its places, or how many organisations there are, if more than one."""
        numbers = [str(place.number) for place in self.places if place.number]
        if numbers:
            return ", ".join(numbers[:NAMED]) + ("…" if len(numbers) > NAMED else "")
        return str(self.organisations) if self.organisations > 1 else ""

    @property
    def width(self) -> int:
        """Of the marker, in pixels."""
        return max(22, 9 + 7 * len(self.text)) if self.text else 14

    @property
    def height(self) -> int:
        return 22 if self.text else 14

    @property
    def left(self) -> float:
        return -self.width / 2

    @property
    def top(self) -> float:
        return -self.height / 2

    @property
    def radius(self) -> float:
        """Of its rounded ends."""
        return self.height / 2

    @property
    def label(self) -> str:
        """The organisations' names where each has a place of its own, else those of the towns: `Krško · Brežice`."""
        if self.organisations == len(self.places):
            return " · ".join(place.name for place in self.places)
        return " · ".join(dict.fromkeys(place.city or country_name(place.country) for place in self.places))

    @property
    def address(self) -> str:
        return self.places[0].address if self.organisations == 1 else ""

    @property
    def side(self) -> str:
        """To which side its label leaves room: that of an SVG's `text-anchor`."""
        return "start" if self.x < 35 else "end" if self.x > 65 else "middle"


@dataclass(frozen=True)
class Frame:
    """The part of the map that is shown, in km."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"


@dataclass(frozen=True)
class PlacesMap:
    frame: Frame
    countries: list[str]
    markers: list[Marker]
    beyond: list[Place]

    @property
    def has_vague(self) -> bool:
        """Whether of some places no more than the country is known."""
        return not all(marker.is_exact for marker in self.markers)


def map_of(places: Iterable[Place]) -> PlacesMap | None:
    """The map that shows all of the places and their countries; None where there is nothing that it could show."""
    places = list(places)
    shown = [place for place in places if place.point]
    if not shown:
        return None
    countries = sorted({place.country for place in shown} & set(OUTLINES))
    frame = frame_around([place.point for place in shown], countries)
    return PlacesMap(frame, countries, markers(shown, frame), [place for place in places if not place.point])


def frame_around(points, countries) -> Frame:
    """The smallest frame of the map's ratio around points and countries that keeps to the map's edges."""
    boxes = [OUTLINES[country]["bounds"] for country in countries] + [(x, y, x, y) for x, y in points]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = max((right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN) * RATIO, NARROWEST)
    width = min(width, EDGES[2] - EDGES[0], (EDGES[3] - EDGES[1]) * RATIO)
    height = width / RATIO
    return Frame(
        within((left + right - width) / 2, EDGES[0], EDGES[2] - width),
        within((top + bottom - height) / 2, EDGES[1], EDGES[3] - height),
        width,
        height,
    )


def within(value, lowest, highest):
    return min(max(value, lowest), highest)


def markers(places, frame) -> list[Marker]:
    """A marker for each group of places near to one another, from north to south, what is known exactly on top."""
    across, down = Scale(frame.left, frame.left + frame.width), Scale(frame.top, frame.top + frame.height)
    groups: list[list[Place]] = []
    for place in places:
        near = (group for group in groups if apart(group[0], place) * 100 < NEAR * frame.width)
        group = next(near, None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    found = [Marker(across.at(group[0].point[0]), down.at(group[0].point[1]), group) for group in groups]
    return sorted(found, key=lambda marker: (marker.is_exact, marker.y))


def apart(one: Place, other: Place) -> float:
    """In km on the map; what is known exactly lies nowhere near what isn't."""
    if one.is_exact != other.is_exact:
        return inf
    return hypot(one.point[0] - other.point[0], one.point[1] - other.point[1])


def places_of(partners) -> list[Place]:
    """The places of organisations, those with most of them first: one query, a row for each place."""
    where = ["country", "city", "latitude", "longitude"]
    rows = partners.order_by().values(*where).annotate(organisations=Count("pk", distinct=True))
    rows = rows.annotate(name=Min("name"), slug=Min("slug")).order_by("-organisations", *where)
    return [Place(address=reverse("partner", args=[row.pop("slug")]), **row) for row in rows]


def by_country(places: Iterable[Place]) -> list[Counted]:
    """How many organisations each country has, the most first."""
    numbers = Counter()
    for place in places:
        numbers[place.country] += place.organisations
    counts = [Counted(country_name(code), number, partners_from(code)) for code, number in numbers.items()]
    return sorted(counts, key=lambda count: (-count.number, reading_order(count.label)))


def partners_from(country: str) -> str:
    """The address of the list of a country's organisations."""
    return f"{reverse('partners')}?country={country}"
