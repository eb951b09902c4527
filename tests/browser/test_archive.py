"""A static copy is opened from a folder in a real browser: nothing is asked of any server."""

import pytest

from archive.copying import StaticCopy
from archive.scope import OneProject
from tests.factories import make_article, make_participation, make_partner, make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, settings, served):
    settings.PORTAL_ADDRESS = served
    settings.LANGUAGES = [("en", "English"), ("bg", "Bulgarian")]
    project = make_project(slug="orchard", acronym="ORCHARD", summary_en="Old trees.", title_bg="Овощна градина")
    make_participation(project, "lead", partner=make_partner(latitude=46, longitude=15, city="Krško"))
    make_article(project, slug="planted")
    made = StaticCopy(OneProject.of(project), tmp_path / "copy")
    made.folder.mkdir()
    made.make()
    return made.folder


def test_it_is_read_from_page_to_page_without_a_request_leaving_the_folder(page, folder):
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(f"file://{folder}/index.html")
    page.get_by_role("link", name="Bulgarian").click()
    assert page.locator("html").get_attribute("lang") == "bg"
    page.locator('nav.languages a[hreflang="en"]').click()
    page.locator('a[href$="partners/index.html"]').first.click()
    assert page.locator(".map use").first.evaluate("use => use.getBBox().width") > 0
    page.go_back()
    page.locator('a[href$="planted/index.html"]').first.click()
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status == 'loaded'))")
    assert failed == []
    assert [url for url in asked if not url.startswith(f"file://{folder}/")] == []
