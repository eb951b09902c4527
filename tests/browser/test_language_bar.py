"""The bar above a form that shows its texts in one language at a time, in a real browser."""

import pytest
from django.contrib import admin
from playwright.sync_api import expect

from editorial.admin import TranslatedTable
from projects.models import Phase, Project
from tests.factories import make_article, make_phase, make_project
from tests.forms import change

ADD = "/admin/news/article/add/"


@pytest.fixture
def tabular_phases(monkeypatch):
    class PhaseTable(TranslatedTable):
        model = Phase
        fields = ["number", "name", "start", "end"]

    monkeypatch.setattr(admin.site.get_model_admin(Project), "inlines", [PhaseTable])


def button(desk, name):
    return desk.locator(".language-bar").get_by_role("button", name=name)


def texts(desk, name):
    """The languages in which a text can be seen."""
    fields = desk.locator(f"[data-language][name^={name}_]").all()
    return [field.get_attribute("data-language") for field in fields if field.is_visible()]


def test_one_language_is_shown_at_a_time(desk):
    desk.goto(ADD)
    assert texts(desk, "title") == texts(desk, "lead") == ["en"]
    button(desk, "slovenščina").click()
    assert texts(desk, "title") == texts(desk, "lead") == ["sl"]
    expect(button(desk, "slovenščina")).to_have_attribute("aria-pressed", "true")
    expect(button(desk, "English")).to_have_attribute("aria-pressed", "false")
    button(desk, "All languages").click()
    assert texts(desk, "title") == ["en", "sl", "lv", "bg"]


def test_rich_text_is_hidden_with_its_editor(desk):
    desk.goto(ADD)
    editors = desk.locator(".field-body_en .tiptap, .field-body_lv .tiptap")
    expect(editors).to_have_count(2)
    button(desk, "latviešu").click()
    expect(editors.nth(0)).to_be_hidden()
    expect(editors.nth(1)).to_be_visible()


def test_rich_text_says_what_it_is_and_in_which_language(desk):
    desk.goto(ADD)
    button(desk, "slovenščina").click()
    expect(desk.get_by_role("textbox", name="Text (slovenščina)")).to_have_attribute("lang", "sl")


def test_the_choice_is_remembered_on_the_next_form(desk):
    desk.goto(ADD)
    button(desk, "български").click()
    desk.goto("/admin/pages/page/add/")
    assert texts(desk, "title") == ["bg"]


def test_a_row_added_later_follows_the_bar(desk):
    desk.goto(change(make_project()))
    button(desk, "slovenščina").click()
    desk.locator("#phases-group summary").click()
    desk.get_by_role("button", name="Add another Phase").click()
    assert texts(desk, "phases-0-name") == ["sl"]
    button(desk, "latviešu").click()
    assert texts(desk, "phases-0-name") == ["lv"]
    desk.get_by_role("button", name="Add another Phase").click()
    assert texts(desk, "phases-1-name") == ["lv"]


def test_a_table_hides_the_headings_of_the_other_languages(desk, tabular_phases):
    project = make_project()
    make_phase(project)
    desk.goto(change(project))
    headings = desk.locator("#phases-group th[class*=column-name_]:visible")
    assert [heading.inner_text() for heading in headings.all()] == ["Name (English)"]
    button(desk, "slovenščina").click()
    assert [heading.inner_text() for heading in headings.all()] == ["Name (slovenščina)"]
    desk.get_by_role("button", name="Add another Phase").click()
    assert texts(desk, "phases-1-name") == ["sl"]


def test_languages_with_empty_texts_are_marked_with_how_many(desk):
    desk.goto(change(make_article(lead_en="Lead", title_sl="Naslov")))
    expect(button(desk, "slovenščina").locator(".missing")).to_have_text("empty: 1")
    expect(button(desk, "latviešu").locator(".missing")).to_have_text("empty: 2")
    expect(button(desk, "English").locator(".missing")).to_be_hidden()
    button(desk, "slovenščina").click()
    desk.locator("[name=lead_sl]").fill("Uvod")
    expect(button(desk, "slovenščina").locator(".missing")).to_be_hidden()


def test_rich_text_that_is_being_written_is_no_longer_marked(desk):
    desk.goto(change(make_article(body_en="<p>Text</p>", title_sl="Naslov")))
    button(desk, "slovenščina").click()
    expect(button(desk, "slovenščina").locator(".missing")).to_have_text("empty: 1")
    desk.locator(".field-body_sl .tiptap").press_sequentially("Besedilo")
    expect(button(desk, "slovenščina").locator(".missing")).to_be_hidden()


def test_the_form_opens_on_the_first_language_with_a_mistake(desk):
    desk.goto("/admin/results/goodpractice/add/")
    button(desk, "latviešu").click()
    desk.locator("[name=title_lv]").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(101) }"
    )
    button(desk, "English").click()
    desk.locator("[name=title_en]").fill("Title")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(button(desk, "latviešu")).to_have_attribute("aria-pressed", "true")
    assert texts(desk, "title") == ["lv"]
    expect(button(desk, "latviešu").locator(".wrong")).to_be_visible()
    expect(button(desk, "English").locator(".wrong")).to_be_hidden()
    expect(desk.locator("[name=title_lv]")).to_be_focused()


def test_with_the_mouse_one_goes_on_in_the_same_text(desk):
    desk.goto(ADD)
    desk.locator("[name=lead_en]").click()
    button(desk, "slovenščina").click()
    expect(desk.locator("[name=lead_sl]")).to_be_focused()
    desk.locator(".field-body_sl .tiptap").click()
    button(desk, "latviešu").click()
    expect(desk.locator(".field-body_lv .tiptap")).to_be_focused()


def test_with_the_keyboard_one_stays_on_the_button(desk):
    desk.goto(ADD)
    desk.locator("[name=lead_en]").click()
    button(desk, "slovenščina").press("Enter")
    expect(button(desk, "slovenščina")).to_be_focused()


def test_the_bar_stays_in_sight(desk):
    desk.goto(change(make_project()))
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(desk.locator(".language-bar")).to_be_in_viewport()


def test_a_form_without_texts_has_no_bar(desk):
    desk.goto("/admin/news/mediamention/add/")
    expect(desk.locator(".language-bar")).to_be_hidden()


def test_an_address_is_made_from_the_title(desk):
    desk.goto(ADD)
    desk.locator("[name=title_en]").press_sequentially("Final event in Črnomelj")
    expect(desk.locator("[name=slug]")).to_have_value("final-event-in-crnomelj")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_all_languages_are_shown(desk):
    desk.goto(ADD)
    assert texts(desk, "title") == ["en", "sl", "lv", "bg"]
    expect(desk.locator(".language-bar")).to_be_hidden()
