"""Where a project's partners are, as a picture for its sheets."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from partners.map import map_of
from projects.places import places_of_consortium

RADIUS = 0.03  # of a marker, of the map's width
LINE = 0.0016  # likewise


def map_picture(project) -> tuple[dict | None, dict[str, bytes]]:
    """What a template says of the map, with its file; none where the map shows none of the partners."""
    places = places_of_consortium(project)
    shown = map_of(places)
    if shown is None:
        return None, {}
    alt = "; ".join(f"{place.number} {place.name}, {place.where}" for place in places)
    words = {"alt": f"{_('Where the partners are')}: {alt}", "note": _("Outlines: Natural Earth")}
    return words, {"map.svg": drawn(shown).encode()}


def drawn(shown) -> str:
    frame = shown.frame
    markers = [
        (marker, frame.left + marker.x / 100 * frame.width, frame.top + marker.y / 100 * frame.height)
        for marker in shown.markers
    ]
    radius = frame.width * RADIUS
    measures = {"radius": radius, "small": radius * 0.75, "shift": radius * 0.34, "line": frame.width * LINE}
    return render_to_string("visibility/map.svg", {"map": shown, "markers": markers, "outlines": outlines()} | measures)


def outlines() -> str:
    """The elements of the file that the pages' maps refer to."""
    text = (settings.BASE_DIR / "static" / "images" / "europe.svg").read_text(encoding="utf-8")
    return mark_safe(re.sub(r"^<svg[^>]*>|</svg>\s*$", "", text))  # noqa: S308 - the portal's own file
