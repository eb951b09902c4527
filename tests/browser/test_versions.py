"""Save, compare, restore, delete and bring back, as an editor does it with a mouse."""

import pytest
from playwright.sync_api import expect

from news.models import Article
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "Save and continue editing"


@pytest.fixture
def article():
    return make_article(make_project(acronym="LINKED"), title_en="Nine partners meet", title_sl="Devet partnerjev")


def main(desk):
    return desk.locator("#content-main")


def test_a_save_is_compared_and_restored(desk, article):
    desk.goto(f"/admin/news/article/{article.pk}/change/")
    desk.get_by_label("Title (English)").fill("Ten partners meet")
    desk.get_by_role("button", name=SAVE).click()
    desk.get_by_role("link", name="History").click()
    expect(main(desk)).to_contain_text("Title (English)")
    desk.get_by_role("button", name="Compare the two chosen").click()
    expect(main(desk).locator(".differences del")).to_contain_text("Nine")
    expect(main(desk).locator(".differences ins")).to_contain_text("Ten")
    struck = main(desk).locator(".differences del").evaluate("element => getComputedStyle(element).textDecorationLine")
    assert struck == "line-through"
    desk.get_by_role("link", name="Restore this one").first.click()
    desk.get_by_role("button", name="Restore this version").click()
    expect(desk.locator(".messagelist")).to_contain_text("is as it was in that version")
    expect(desk.get_by_label("Title (English)")).to_have_value("Nine partners meet")


def test_a_deleted_record_is_brought_back_with_its_relations(desk, article):
    desk.goto(f"/admin/news/article/{article.pk}/delete/")
    desk.get_by_role("button", name="Yes, I’m sure").click()
    assert not Article.objects.exists()
    desk.get_by_role("link", name="Deleted ones").click()
    desk.get_by_role("link", name="Bring back Nine partners meet").click()
    expect(main(desk)).to_contain_text("Devet partnerjev")
    expect(main(desk)).to_contain_text("LINKED")
    desk.get_by_role("button", name="Bring back").click()
    expect(desk.locator(".messagelist")).to_contain_text("is back, as a draft")
    expect(desk.get_by_label("Title (English)")).to_have_value("Nine partners meet")
    back = Article.objects.get()
    assert (back.pk, back.title_sl, back.projects.get().acronym) == (article.pk, "Devet partnerjev", "LINKED")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_on_versions_runs_off_the_screen(desk, article, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(f"/admin/news/article/{article.pk}/change/")
    desk.get_by_label("Title (English)").fill("Ten partners " + "meet" * 30)
    desk.get_by_role("button", name=SAVE).click()
    snapshots = desk.request.get(f"/admin/news/article/{article.pk}/history/").text().split('name="new" value="')
    newest = snapshots[1].partition('"')[0]
    for page in ("history/", f"history/compare/?new={newest}", f"history/{newest}/"):
        desk.goto(f"/admin/news/article/{article.pk}/{page}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, page
