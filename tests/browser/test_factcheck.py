"""The fact check of a form follows what is typed, and does in the text what it offers."""

import pytest
from playwright.sync_api import expect

from factcheck.models import Acceptance
from news.models import Article
from tests.factcheck.differing import STATED, make_differing_article, make_known_project
from tests.forms import change

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = "Nothing in these texts differs from the record of the project."


def test_what_is_typed_is_checked_and_the_token_takes_its_place(desk):
    article = make_differing_article(body_en="<p>First of all.</p>")
    desk.goto(change(article))
    panel, body = desk.locator("#factcheck"), desk.locator(".prose-editor", has=desk.locator("#id_body_en"))
    text = body.locator("[contenteditable]")
    expect(panel).to_contain_text(NOTHING)
    text.click()
    text.press("Control+End")
    text.press_sequentially(f" Its total budget is {STATED} in all.")
    expect(panel.locator("mark")).to_have_count(1)
    panel.get_by_role("button", name="Put [[total_budget]] in its place").click()
    expect(text).to_contain_text("[[total_budget]]")
    expect(panel).to_contain_text(NOTHING)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    body_en = Article.objects.get().body_en
    assert body_en.startswith("<p>First of all. Its total budget is ")
    assert "[[total_budget]]" in body_en
    assert "467,941" not in body_en


def test_a_passage_is_selected_to_be_corrected_in_its_language(desk):
    project = make_known_project(
        goals_en="<p>Clusters.</p>", goals_sl="<p>Skupni <b>proračun</b> projekta znaša 1.467.941,00 EUR.</p>"
    )
    for place in (change(project), "/admin/factcheck/"):  # from the list into the form
        desk.goto(place)
        desk.get_by_role("link", name="Correct the text").click()
        expect(desk.get_by_role("button", name="slovenščina")).to_have_attribute("aria-pressed", "true")
        desk.wait_for_function("getSelection().toString().includes('1.467.941,00')")
        desk.evaluate("sessionStorage.clear()")


def test_accepting_leaves_what_is_being_typed_as_it_is(desk):
    article = make_differing_article()
    desk.goto(change(article))
    panel, title = desk.locator("#factcheck"), desk.locator("#id_title_en")
    title.fill("Not saved yet")
    panel.get_by_text("Accept it as it is").click()
    panel.get_by_role("button", name="Accept", exact=True).click()
    reason = panel.locator("textarea")
    expect(reason).to_be_focused()
    desk.wait_for_function("!document.querySelector('#factcheck textarea').validity.valid")
    reason.fill("The source says so.")
    panel.get_by_role("button", name="Accept", exact=True).click()
    expect(panel).to_contain_text("Nothing else in these texts differs")
    expect(title).to_have_value("Not saved yet")
    assert Acceptance.objects.get().reason == "The source says so."
    assert Article.objects.get().title_en != "Not saved yet"


def test_a_text_from_elsewhere_that_is_too_long_is_not_sent(desk):
    make_known_project()
    desk.goto("/admin/factcheck/elsewhere/")
    text = desk.get_by_label("Text", exact=True)
    text.fill("x" * (200 * 1024 + 1))
    desk.get_by_role("button", name="Check it").click()
    message = text.evaluate("(field) => field.validationMessage")
    assert message.replace("\xa0", " ") == "This text is longer than 200.0 KB. Check it part by part."
    expect(desk.locator(".errorlist")).to_have_count(0)
