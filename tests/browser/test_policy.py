"""The browser runs nothing that somebody smuggled into a page. `complaints` says that it refuses nothing of ours."""

from playwright.sync_api import expect

from tests.factories import make_article
from tests.forms import change

ADD = "/admin/news/article/add/"
SMUGGLED = """
const script = document.createElement("script");
script.textContent = "window.smuggled = true";
document.body.append(script);
"""


def test_a_smuggled_script_does_not_run(desk, complaints):
    desk.goto(ADD)
    desk.evaluate(SMUGGLED)
    assert desk.evaluate("window.smuggled") is None
    assert "script-src" in complaints.pop()


def test_the_editor_has_its_style_and_shows_a_table(desk):
    desk.goto(change(make_article(body_en="<table><tbody><tr><td>Nine partners</td></tr></tbody></table>")))
    box = desk.locator(".field-body_en .tiptap")
    box.get_by_role("cell", name="Nine partners").wait_for()
    assert box.evaluate("box => getComputedStyle(box).whiteSpaceCollapse") == "break-spaces"


def test_a_preview_shows_the_page_in_its_frames(desk):
    article = make_article(title_en="Nine partners meet")
    desk.goto(f"/admin/news/article/{article.pk}/preview/")
    frames = desk.locator("iframe")
    frames.first.wait_for()
    assert frames.count() == 2, "a phone and a desktop"
    for frame in frames.all():
        expect(frame.content_frame.get_by_role("heading", name="Nine partners meet")).to_be_visible()
