from pages.models import Page
from tests.forms import change, filled_in, send, take

ADD = "/admin/pages/page/add/"
HOSTILE = '<h2>Hello</h2><p onclick="steal()">you<script>steal()</script></p><a href="javascript:steal()">here</a>'


def test_rich_text_from_a_form_is_kept_harmless_in_every_language(office):
    page = {"title_en": "About", "slug": "about", "body_en": HOSTILE, "body_bg": HOSTILE}
    assert send(office, ADD, page).status_code == 302
    saved = Page.objects.get()
    for text in (saved.body_en, saved.body_bg):
        assert "<h2>Hello</h2>" in text
        assert "steal" not in text


def test_a_page_is_published_from_its_form(office):
    send(office, ADD, {"title_en": "About", "slug": "about", "body_en": "<p>We.</p>"})
    page = Page.objects.get()
    assert not page.is_public
    assert take(office, change(page), "publish").status_code == 302
    assert Page.objects.get().is_public
    assert filled_in(office, change(page))["published_at_0"]
