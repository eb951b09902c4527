"""How a page comes to be on the screen: with a font that is late, and with a picture that is seen at once."""

import pytest

from editorial.models import Picture
from news.models import Article
from projects.models import Project
from tests.browser.public import make_the_portal
from tests.editorial.photos import photo
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = (412, 823), (1350, 940)  # pixels
LATE = 700  # milliseconds
# What Lighthouse and browsers call cumulative layout shift; from 0.1 on they call it bad.
WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({value}) => { shift += value; }))
    .observe({type: "layout-shift", buffered: true});
"""
A_LINE = 0.02  # a line that breaks elsewhere in the other font; a page that moves as a whole comes to more
FONT_IS_THERE = """async () => { await document.fonts.ready; return document.fonts.check("1rem Inter"); }"""


def shift_of(context, address, width, height) -> float:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(WATCH)
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(LATE), route.continue_()))
    page.goto(address)
    assert page.evaluate(FONT_IS_THERE)
    page.wait_for_timeout(200)
    shift = page.evaluate("shift")
    page.close()
    return shift


def test_nothing_moves_when_the_font_comes_late(context, served):
    make_the_portal()
    project, article = Project.objects.get(), Article.objects.published().first()
    for address in ("/en/", project.get_absolute_url(), article.get_absolute_url()):
        assert shift_of(context, address, *PHONE) < A_LINE, address
    assert shift_of(context, project.get_absolute_url(), *DESK) < A_LINE


def test_a_picture_seen_at_once_is_loaded_first_and_the_others_when_they_are_near(page, served):
    make_the_portal()
    picture = Picture.objects.create(file=photo(size=(1600, 900)), alt_en="Blue")
    Article.objects.update(picture=picture)
    make_article(slug="another", picture=picture)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(Article.objects.published().first().get_absolute_url())
    first = page.locator(".text-page .picture img").first
    assert first.get_attribute("loading") is None
    assert first.get_attribute("fetchpriority") == "high"
    chosen = first.evaluate("async (image) => { await image.decode(); return [image.currentSrc, image.clientWidth]; }")
    assert chosen[0].endswith("-800.avif"), chosen
    assert 672 <= chosen[1] <= 800

    page.goto("/en/news/")
    pictures = page.locator(".card .picture img")
    assert pictures.first.get_attribute("fetchpriority") == "high"
    assert pictures.count() > 1
    others = pictures.evaluate_all("(all) => all.slice(1).map((image) => image.loading)")
    assert set(others) == {"lazy"}
