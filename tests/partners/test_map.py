"""Where organisations lie on the map, and what of Europe it shows."""

import re
from math import radians, sin
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from editorial.states import State
from partners.map import NARROWEST, OUTLINES, RATIO, Place, map_of
from partners.projection import EARTH, EDGES, on_map
from tests.factories import make_participation, make_partner, make_project

KRSKO = {"country": "SI", "city": "Krško", "latitude": 45.959, "longitude": 15.492}
RIGA = {"country": "LV", "city": "Rīga", "latitude": 56.949, "longitude": 24.105}
REUNION = {"country": "FR", "city": "Saint-Denis", "latitude": -20.88, "longitude": 55.45}


def place(name="Organisation", **fields):
    return Place(**{"name": name} | fields)


def drawing():
    return (Path(__file__).parents[2] / "static/images/europe.svg").read_text(encoding="utf-8")


def test_the_projection_is_centred_on_the_european_grids_middle_and_has_north_above():
    assert on_map(52, 10) == pytest.approx((0, 0), abs=0.001)
    x, y = on_map(60, 10)
    assert (x, y) == pytest.approx((0, -888.8), abs=0.1)  # 2 R sin 4°
    assert on_map(52, 20)[0] == -on_map(52, 0)[0] > 0


@pytest.mark.parametrize(("latitude", "longitude"), [(38, -9), (46, 15), (65, 25)])
def test_the_projection_keeps_areas(latitude, longitude):
    """That of a tenth of a degree each way, against R² Δλ Δ sin φ."""
    corners = [on_map(latitude + up, longitude + right) for up, right in ((0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0))]
    following = [*corners[1:], corners[0]]
    drawn = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, following, strict=True))) / 2
    real = EARTH**2 * radians(0.1) * (sin(radians(latitude + 0.1)) - sin(radians(latitude)))
    assert drawn == pytest.approx(real, rel=0.001)


def test_every_country_has_an_outline_within_the_map_and_its_middle_within_its_bounds():
    assert set(re.findall(r'id="([A-Z]{2})"', drawing())) == set(OUTLINES)
    for country, outline in OUTLINES.items():
        left, top, right, bottom = outline["bounds"]
        assert EDGES[0] <= left <= outline["middle"][0] <= right <= EDGES[2], country
        assert EDGES[1] <= top <= outline["middle"][1] <= bottom <= EDGES[3], country


def test_every_member_state_is_drawn_and_the_map_takes_no_side():
    members = set(re.findall("..", "ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK"))
    assert len(members) == 27
    assert members <= set(OUTLINES)
    assert not {"XK", "UA", "RU", "RS"} & set(OUTLINES)
    assert len(drawing().encode()) < 30_000


def test_the_map_shows_the_countries_concerned_and_not_much_more():
    picture = map_of([place(**KRSKO)])
    assert picture.countries == ["SI"]
    assert picture.frame.width == NARROWEST
    (marker,) = picture.markers
    assert 30 < marker.x < 70
    assert 30 < marker.y < 70
    wide = map_of([place(**KRSKO), place(**RIGA)])
    assert wide.frame.width > NARROWEST
    assert wide.frame.width / wide.frame.height == pytest.approx(RATIO)
    assert [marker.places[0].city for marker in wide.markers] == ["Rīga", "Krško"]


def test_the_frame_never_leaves_the_map():
    corners = [
        {"country": "IS", "latitude": 64.1, "longitude": -21.9},
        {"country": "CY", "latitude": 35.1, "longitude": 33.4},
    ]
    frame = map_of(
        [place(**corner) for corner in [*corners, {"country": "ES", "latitude": 28.1, "longitude": -15.4}]]
    ).frame
    assert EDGES[0] <= frame.left
    assert frame.left + frame.width <= EDGES[2]
    assert EDGES[1] <= frame.top
    assert frame.top + frame.height <= EDGES[3]


def test_where_only_the_country_is_known_the_marker_says_so():
    picture = map_of([place(country="SI", city="Zgledna vas"), place(**KRSKO)])
    assert picture.has_vague
    assert sorted(marker.is_exact for marker in picture.markers) == [False, True]


def test_what_lies_beyond_the_map_is_named_and_not_drawn():
    picture = map_of([place(**KRSKO), place("Far away", **REUNION), place("Unknown", country="RS")])
    assert [found.name for found in picture.beyond] == ["Far away", "Unknown"]
    assert len(picture.markers) == 1
    assert map_of([place(**REUNION)]) is None
    assert map_of([]) is None


def test_organisations_of_one_town_share_a_marker_that_names_them_all():
    (marker,) = map_of([place("A", number=2, **KRSKO), place("B", number=5, **KRSKO)]).markers
    assert (marker.text, marker.label, marker.address) == ("2, 5", "A · B", "")
    (marker,) = map_of([place(f"{number}", number=number, **KRSKO) for number in range(1, 10)]).markers
    assert marker.text == "1, 2, 3…"
    (marker,) = map_of([place("A", organisations=7, **KRSKO)]).markers
    assert (marker.text, marker.label) == ("7", "Krško")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "sl", "bg"])
def test_a_project_page_numbers_its_partners_on_the_map_and_in_the_list_beside(client, language):
    project = make_project()
    make_participation(project, "lead", partner=make_partner(name="Lead", **KRSKO))
    make_participation(project, partner=make_partner(name="Hidden", state=State.DRAFT, **RIGA))
    make_participation(project, "associated", partner=make_partner(name="Associated", country="AT"))
    page = BeautifulSoup(client.get(f"/{language}/projects/{project.slug}/partners/").content, "html.parser")
    names = [item.find(["a", "div"]).get_text() for item in page.select(".numbered-places li")]
    assert names[0].startswith("Lead")
    assert names[1].startswith("Hidden")
    assert [marker.get_text() for marker in page.select(".map__number")] == ["2", "1"]
    assert [marker.name for marker in page.select(".map__place")] == ["g", "a"]
    assert re.fullmatch(r"\d+\.\d+%", page.select_one(".map__place svg")["x"])


@pytest.mark.django_db
def test_the_list_of_organisations_maps_what_its_filters_leave(client, django_assert_max_num_queries):
    make_partner(**KRSKO)
    for _ in range(25):
        make_partner(**RIGA)
    page = BeautifulSoup(client.get("/en/partners/").content, "html.parser")
    assert [marker.get_text() for marker in page.select(".map__number")] == ["25"]
    rows = [row.get_text(" ", strip=True) for row in page.select(".bars tbody tr")]
    assert rows == ["Latvia 25", "Slovenia 1"]
    page = BeautifulSoup(client.get("/en/partners/?country=SI").content, "html.parser")
    assert len(page.select(".map__place")) == 1
    assert client.get("/en/partners/?q=nothing-like-it").status_code == 200
