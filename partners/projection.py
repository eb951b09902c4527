"""Where a place of the earth lies on the portal's maps of Europe."""

from math import cos, radians, sin, sqrt

EARTH = 6371  # km, its radius; as a sphere it is exact enough for maps that fit on a page
EDGES = (
    -3000,
    -2150,
    2450,
    2550,
)  # km from the middle: left, top, right, bottom; the Azores, Canaries and Cyprus lie within
MIDDLE = radians(52), radians(10)  # latitude and longitude, those of the European grid (EPSG:3035)


def on_map(latitude, longitude) -> tuple[float, float]:
    """
    Kilometres to the right of and below the map's middle at 52° N 10° E, for degrees.

    Lambert's azimuthal projection, in which countries of one size look so (Snyder, Map Projections, 1987, p. 185).
    """
    phi, turn = radians(latitude), radians(longitude) - MIDDLE[1]
    north, east = sin(MIDDLE[0]), cos(MIDDLE[0])
    scale = EARTH * sqrt(2 / (1 + north * sin(phi) + east * cos(phi) * cos(turn)))
    return scale * cos(phi) * sin(turn), -scale * (east * sin(phi) - north * cos(phi) * cos(turn))
