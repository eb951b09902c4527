"""What a role's limits look like in a browser."""

import pytest
from playwright.sync_api import expect

from news.models import Article
from tests.accounts.people import logged_in, make_person
from tests.factories import make_article
from tests.forms import change


@pytest.fixture
def translator(live_server, context, page, transactional_db):
    person = make_person("translator", languages=["sl", "lv"])
    session = logged_in(person).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_a_translator_writes_beside_the_source_in_the_languages_they_have(translator):
    article = make_article(lead_en="It happened in May", body_en="<p>A <strong>bold</strong> step</p>")
    translator.goto(change(article))
    bar = translator.locator(".language-bar button:visible")
    assert [button.get_attribute("value") for button in bar.all()] == ["sl", "lv", ""]
    expect(translator.get_by_text("It happened in May")).to_be_visible()
    expect(translator.locator(".field-body_en strong")).to_have_text("bold")
    expect(translator.locator("[name=title_en], [name=slug], [name=state]")).to_have_count(0)
    translator.locator("[name=title_sl]").fill("Korak")
    translator.get_by_role("button", name="Save", exact=True).click()
    translator.wait_for_url("**/admin/news/article/")
    assert Article.objects.get().title_sl == "Korak"


def test_an_invited_person_sets_a_password_in_the_browser(live_server, page, transactional_db, mailoutbox, context):
    chief = make_person("administrator")
    session = logged_in(chief).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/admin/accounts/user/add/")
    page.locator("[name=email]").fill("ana@example.org")
    page.locator("[name=role][value=reader]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("on its way to ana@example.org")
    context.clear_cookies()
    page.goto(next(line for line in mailoutbox[0].body.splitlines() if "/admin/password/" in line))
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill("quite-a-long-one")
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("link", name="Log in").click()
    page.locator("[name=username]").fill("ana@example.org")
    page.locator("[name=password]").fill("quite-a-long-one")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()
