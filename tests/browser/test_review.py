"""The whole way of an article to its readers by three people, in a real browser each."""

import pytest
from playwright.sync_api import expect

from news.models import Article
from tests.accounts.people import logged_in, make_person
from tests.factories import make_article, make_participation, make_partner, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk_of(browser, served, transactional_db):
    """Opens a browser of someone's own: `desk_of(person)`, or without a login `desk_of()`."""
    contexts = []

    def open_desk(person=None):
        context = browser.new_context(base_url=served)
        contexts.append(context)
        if person:
            session = logged_in(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": served}])
        return context.new_page()

    yield open_desk
    for context in contexts:
        context.close()


def take(desk, step, note=""):
    """Open the step's part of the form, write the note and press its button."""
    part = desk.locator(".review__steps details").filter(has=desk.locator(f"[name=_step][value={step}]"))
    part.locator("summary").click()
    part.locator("textarea").fill(note)
    part.get_by_role("button").click()


def is_now(desk, state):
    expect(desk.locator(".messagelist .success")).to_contain_text(f"Its state is now: {state}")
    expect(desk.locator(".review__state .standing")).to_have_text(state)


def test_from_a_draft_by_way_of_a_return_to_the_visitor(desk_of):
    partner = make_partner(name="Municipality")
    project = make_project(acronym="RIVER")
    make_participation(project, partner=partner)
    ana = make_person("partner_editor", partner=partner, first_name="Ana", last_name="Zupan")
    rok = make_person("reviewer", first_name="Rok", last_name="Kos")
    article = make_article(project, state="draft", title_en="The river", slug="the-river")
    writer, reviewer, visitor = desk_of(ana), desk_of(rok), desk_of()

    writer.goto(change(article))
    expect(writer.locator(".review__gaps")).to_contain_text("1 thing is missing")
    take(writer, "submit", "Please look at the figures")
    is_now(writer, "In review")
    assert visitor.goto("/en/news/the-river/").status == 404

    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name="Notices: 1 new").click()
    expect(reviewer.locator(".notices__list")).to_contain_text("Ana Zupan submitted “The river” for review.")
    reviewer.get_by_role("button", name="Open the record").click()
    take(reviewer, "return")
    expect(reviewer.locator(".review__step .errorlist")).to_contain_text("Say why")
    reviewer.locator("[name=review-return-note]").fill("The lead is missing")
    reviewer.locator("[name=_step][value=return]").click()
    is_now(reviewer, "Returned")

    writer.goto(change(article))
    expect(writer.locator(".review__returned")).to_contain_text("Rok Kos returned “The river”.")
    expect(writer.locator(".review__returned")).to_contain_text("The lead is missing")
    writer.get_by_role("link", name="“Lead” is not written in English.").click()
    writer.keyboard.type("It rises an hour later.")
    take(writer, "submit")
    is_now(writer, "In review")

    reviewer.goto(change(article))
    take(reviewer, "publish")
    is_now(reviewer, "Published")
    assert visitor.goto("/en/news/the-river/").status == 200
    expect(visitor.locator("main")).to_contain_text("It rises an hour later.")
    reviewer.get_by_text("Course of review").click()
    expect(reviewer.locator(".review__course li")).to_have_count(4)

    writer.goto(change(article))
    expect(writer.locator("[name=_step], [name=_save]")).to_have_count(0)
    expect(writer.get_by_role("link", name="Notices: 2 new")).to_be_visible()


def test_a_gap_leads_to_its_field_in_its_language(desk, settings):
    settings.REQUIRED_LANGUAGES = ["en", "sl"]
    article = make_article(state="draft", lead_en="Lead")
    desk.goto(change(article))
    desk.get_by_role("link", name="“Title” is not written in slovenščina.").click()
    expect(desk.locator("[name=title_sl]")).to_be_focused()
    desk.get_by_role("link", name="“Text” is not written in English.").click()
    expect(desk.locator(".field-body_en .tiptap")).to_be_focused()
    desk.goto(f"/admin/?from={article.pk}")
    desk.goto(f"{change(article)}#id_lead_sl")
    expect(desk.locator("[name=lead_sl]")).to_be_focused()


def test_enter_in_a_field_only_saves(desk):
    article = make_article(state="draft", lead_en="Lead")
    desk.goto(change(article))
    desk.locator("[name=title_en]").fill("Typed")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/admin/news/article/")
    article = Article.objects.get()
    assert (article.title_en, article.state) == ("Typed", "draft")


def test_what_is_missing_keeps_everything_that_was_typed(desk):
    article = make_article(state="draft")
    desk.goto(change(article))
    desk.locator("[name=title_en]").fill("Typed")
    desk.locator(".field-body_en .tiptap").press_sequentially("Much text")
    take(desk, "publish", "Ready")
    expect(desk.locator("[name=lead_en]")).to_be_focused()
    expect(desk.locator("[name=title_en]")).to_have_value("Typed")
    expect(desk.locator(".field-body_en .tiptap")).to_have_text("Much text")
    desk.keyboard.type("A lead")
    desk.locator("[name=_step][value=publish]").click()
    is_now(desk, "Published")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_step_is_taken_without_scripts(desk):
    article = make_article(state="draft", lead_en="Lead")
    desk.goto(change(article))
    take(desk, "submit", "Have a look")
    is_now(desk, "In review")
