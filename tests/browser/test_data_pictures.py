"""Timeline, funding bar, results bars, charts and map as a reader meets them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from projects.models import Amendment, Topic
from tests.factories import (
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_phase,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db(transaction=True)

KRSKO = {"country": "SI", "city": "Krško", "latitude": 45.959, "longitude": 15.492}
RIGA = {"country": "LV", "city": "Rīga", "latitude": 56.949, "longitude": 24.105}
LONG = "Regionalentwicklungsgesellschaft für grenzüberschreitende Zusammenarbeit"
# Texts of pictures that leave the screen, or that are too small to be read.
CUT_OFF = """() => [...document.querySelectorAll("main svg text")]
  .filter((text) => getComputedStyle(text).visibility === "visible")
  .map((text) => [text.textContent, text.getBoundingClientRect()])
  .filter(([words, box]) => box.left < -1 || box.right > innerWidth + 1 || box.height < 11)
  .map(([words]) => words)"""


@pytest.fixture
def project():
    """One that has everything, with names as long as they come."""
    year = timezone.localdate().year
    span = {"start": date(year - 2, 3, 1), "end": date(year + 1, 8, 31)}
    money = {
        "total_budget": Decimal(1000000),
        "union_funding": Decimal(800000),
        "national_cofinancing": Decimal(120000),
    }
    project = make_project(**span, **money)
    project.topics.add(Topic.objects.create(slug="long", name_en=LONG))
    for number in (1, 2, 3):
        dates = {"start": date(year - 3 + number, 3, 1), "end": date(year - 2 + number, 2, 28)}
        make_phase(project, number=number, **dates)
        make_period(project, number=number, **dates)
        make_event(project=project, start_date=date(year - 1, 5, number))
    extension = {"previous_end": date(year + 1, 2, 28), "new_end": span["end"], "reason_en": "More time"}
    Amendment.objects.create(project=project, kind="extension", decided_on=date(year - 1, 9, 9), **extension)
    make_measurement(make_target(project, value=10, baseline=2), value=25)
    make_target(project, value=10)
    make_participation(project, "lead", partner=make_partner(name=LONG, **KRSKO))
    make_participation(project, partner=make_partner(**RIGA))
    make_participation(project, partner=make_partner(country="AT"))
    return project


def pages(project, language):
    parts = ["", "projects/", *(f"projects/{project.slug}/{section}" for section in ("", "results/", "partners/"))]
    return [f"/{language}/{part}" for part in [*parts, "partners/"]]


@pytest.mark.parametrize("language", ["en", "bg"])
def test_nothing_of_a_picture_is_cut_off(page, project, language):
    for address in pages(project, language):
        page.goto(address)
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.evaluate(CUT_OFF) == [], (address, width)


def test_the_map_names_a_partner_on_focus_without_javascript(browser, served, project):
    context = browser.new_context(java_script_enabled=False, base_url=served, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{project.get_absolute_url()}partners/")
    marker = page.locator(".map__place", has_text="Regionalentwicklung")
    name = marker.locator(".map__name")
    assert not name.is_visible()
    marker.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert name.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/partners/partner-*/")
    context.close()


def test_the_outlines_are_drawn(page, project):
    page.goto("/en/partners/")
    sizes = page.locator(".map use").evaluate_all("all => all.map((use) => use.getBoundingClientRect().width)")
    assert len(sizes) == 5  # the rest, all countries, and the three with an organisation
    assert min(sizes) > 0


def test_on_paper_the_emblem_the_pictures_and_all_words_remain(page, project):
    page.goto(project.get_absolute_url())
    assert not page.get_by_text("Reporting period 2", exact=True).is_visible()
    page.emulate_media(media="print")
    for part in (".funding__emblem", ".who-pays__bar", ".span__picture", ".map__picture"):
        assert page.locator(part).is_visible(), part
    assert page.get_by_text("Reporting period 2", exact=True).is_visible()
    assert not page.locator(".main-nav").is_visible()
