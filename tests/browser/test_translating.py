"""A translator works through the queue in a browser."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from news.models import Article
from tests.accounts.people import logged_in, make_person
from tests.factories import make_article


@pytest.fixture
def translator(live_server, context, page, transactional_db):
    session = logged_in(make_person("translator", languages=["sl"])).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_save_and_next_through_the_queue_with_rich_text(translator):
    first = make_article(title_en="Final event", body_en="<p>It was a <strong>good</strong> day.</p>")
    second = make_article(title_en="A draft", state="draft")
    call_command("refresh_translations")
    translator.goto("/admin/translations/")
    translator.get_by_label("Kind").select_option("news.article")
    translator.get_by_role("button", name="Show", exact=True).click()
    translator.get_by_role("link", name="Translate 2 records").click()
    expect(translator.get_by_role("heading", name="Final event")).to_be_visible()
    translator.locator("[name=title_sl]").fill("Zaključni dogodek")
    editor = translator.locator(".tiptap")
    expect(editor).to_have_accessible_name("Text (slovenščina)")
    editor.click()
    translator.keyboard.type("Bil je dober dan.")
    translator.get_by_role("button", name="Save and next").click()
    expect(translator.locator(".messagelist")).to_contain_text("Saved: Final event (Slovenian).")
    expect(translator.get_by_role("heading", name="A draft")).to_be_visible()
    saved = Article.objects.get(pk=first.pk)
    assert (saved.title_sl, saved.body_sl) == ("Zaključni dogodek", "<p>Bil je dober dan.</p>")
    translator.locator("[name=title_sl]").fill("Osnutek")
    translator.get_by_role("button", name="Save and next").click()
    expect(translator.locator(".messagelist")).to_contain_text("That was the end of the queue.")
    assert Article.objects.get(pk=second.pk).title_sl == "Osnutek"


def test_what_was_typed_is_offered_again(translator):
    article = make_article(title_en="Final event")
    address = f"/admin/translations/news.article/{article.pk}/sl/"
    translator.goto(address)
    translator.locator("[name=title_sl]").fill("Zaključni dogodek")
    translator.evaluate("dispatchEvent(new Event('pagehide'))")
    translator.once("dialog", lambda dialog: dialog.accept())
    translator.goto(address)
    translator.get_by_role("button", name="Go on with it").click()
    expect(translator.locator(".errornote:visible")).to_be_visible()
    expect(translator.locator("[name=title_sl]")).to_have_value("Zaključni dogodek")
    translator.get_by_role("button", name="Save", exact=True).click()
    expect(translator.locator(".messagelist")).to_contain_text("Saved")
    assert Article.objects.get().title_sl == "Zaključni dogodek"
