"""Writing a text in a real browser: a picture, a link, a fact and a table are put in, and Word is pasted."""

import pytest
from playwright.sync_api import expect

from news.models import Article
from tests.browser.test_accessibility import AXE, FIND, RULES, faults
from tests.editorial.pasted import GOOGLE_DOCS, WORD
from tests.editorial.test_library import make_picture
from tests.factories import make_article, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """
(box, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}
"""


@pytest.fixture
def article(db):
    return make_article(make_project(acronym="ROBOTS", total_budget=7), body_en="")


@pytest.fixture
def writing(desk, article):
    """The form of an article with the cursor in its English text."""
    problems = []
    desk.on("pageerror", lambda error: problems.append(str(error)))
    desk.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    desk.goto(change(article))
    box(desk).click()
    yield desk
    assert [problem for problem in problems if "404" not in problem] == []


def box(desk):
    return desk.get_by_role("textbox", name="Text (English)")


def tool(desk, name):
    return desk.get_by_role("toolbar", name="Formatting").first.get_by_role("button", name=name, exact=True)


def written(desk):
    return desk.locator("textarea[name=body_en]").input_value()


def save(desk):
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.wait_for_selector(".messagelist .success")


def test_a_picture_a_link_and_a_fact_are_chosen_and_published(writing, article):
    picture, project = make_picture(alt_en="A robot arm"), article.projects.get()
    tool(writing, "Picture").click()
    writing.get_by_label("Search the library").fill("robot")
    writing.get_by_role("button", name="A robot arm").click()
    expect(box(writing).get_by_role("img", name="Picture")).to_be_visible()
    writing.keyboard.type("At work")
    writing.keyboard.press("Enter")
    writing.keyboard.type("In ")
    tool(writing, "Link").click()
    writing.get_by_label("To a record of this portal").fill("robots")
    writing.get_by_role("button", name="ROBOTS", exact=True).click()
    expect(box(writing).get_by_role("link", name="ROBOTS")).to_be_visible()
    writing.keyboard.type(" for ")
    tool(writing, "Fact of a project").click()
    writing.get_by_role("button", name="Total budget").click()
    expect(box(writing)).to_contain_text("[[total_budget]]")
    save(writing)
    article.refresh_from_db()
    assert article.body_en == (
        f'<figure data-picture="{picture.pk}"><figcaption>At work</figcaption></figure>'
        f'<p>In <a href="record:projects.project/{project.pk}">ROBOTS</a> for [[total_budget]]</p>'
    )
    writing.goto(article.get_absolute_url())
    expect(writing.get_by_role("img", name="A robot arm")).to_be_visible()
    expect(writing.locator(".prose")).to_contain_text("In ROBOTS for 7.00 EUR")
    writing.locator(".prose").get_by_role("link", name="ROBOTS").click()
    expect(writing).to_have_url(f"{writing.url.partition('/en/')[0]}{project.get_absolute_url()}")


def test_a_link_elsewhere_is_checked_changed_and_removed(writing):
    writing.keyboard.type("words")
    writing.keyboard.press("ControlOrMeta+a")
    writing.keyboard.press("ControlOrMeta+k")
    address = writing.get_by_label("To an address elsewhere")
    address.fill("javascript:alert(1)")
    address.press("Enter")
    expect(writing.get_by_text("An address begins with https://")).to_be_visible()
    address.fill("example.org/a")
    address.press("Enter")
    assert 'href="https://example.org/a"' in written(writing)
    tool(writing, "Link").click()
    expect(address).to_have_value("https://example.org/a")
    writing.get_by_role("button", name="Remove the link").click()
    assert written(writing) == "<p>words</p>"


def test_a_picture_that_is_gone_is_told_to_the_writer(desk, article):
    article.body_en = '<figure data-picture="4711"><figcaption>Once here</figcaption></figure>'
    article.save()
    desk.goto(change(article))
    expect(desk.get_by_text("This picture is no longer in the library.")).to_be_visible()
    box(desk).get_by_text("Once here").click()
    tool(desk, "Remove picture").click()
    assert written(desk) == ""


def test_word_is_pasted_as_headings_lists_and_tables(writing):
    box(writing).evaluate(PASTE, WORD)
    pasted = " ".join(written(writing).replace(' data-type="decimal"', "").split())
    for part in (
        "<h2>Study visit</h2>",
        "<p><strong>Nine partners</strong> met in <em>Latvia</em>.</p>",
        "<ul><li><p>Robots</p><ul><li><p>welding</p></li></ul></li><li><p>Sensors</p></li></ul>",
        "<ol><li><p>Lunch</p></li><li><p>Talks</p></li></ol>",
        "<p><strong>Who</strong></p></td>",
        'href="https://example.org/report"',
    ):
        assert part in pasted
    for junk in ("mso", "Mso", "<span", "o:p", "<img", "·", "<p></p>", "style"):
        assert junk not in pasted
    save(writing)
    assert "mso" not in Article.objects.get().body_en


def test_google_docs_is_pasted_without_its_wrapping(writing):
    box(writing).evaluate(PASTE, GOOGLE_DOCS)
    pasted = " ".join(written(writing).split())
    assert "<h2>Study visit</h2>" in pasted
    assert "<strong>Nine partners</strong> met in <em>Latvia</em>." in pasted
    assert "<ul><li><p>Robots</p></li></ul>" in pasted


def test_a_table_gets_rows_and_columns(writing):
    tool(writing, "Table").click()
    writing.keyboard.type("Who")
    tool(writing, "Add row").click()
    tool(writing, "Remove column").click()
    assert written(writing).count("<tr>") == 4
    assert written(writing).count("<th>") == 2
    tool(writing, "Header row").click()
    assert "<th>" not in written(writing)
    tool(writing, "Remove table").click()
    expect(tool(writing, "Add row")).to_be_hidden()


def test_words_are_counted(writing):
    count = writing.locator(".word-count:visible")
    expect(count).to_have_text("Words: 0")
    writing.keyboard.type("Nine partners met, in Latvia.")
    expect(count).to_have_text("Words: 5")
    assert count.locator("span").get_attribute("aria-live") == "polite"


def test_the_toolbar_is_one_stop_of_the_keyboard(writing):
    writing.keyboard.type("Head")
    writing.keyboard.press("Alt+F10")
    kind = writing.get_by_label("Kind of paragraph").first
    expect(kind).to_be_focused()
    kind.select_option("Heading 3")
    assert written(writing) == "<h3>Head</h3>"
    writing.keyboard.press("ControlOrMeta+a")
    writing.keyboard.press("Alt+F10")
    writing.keyboard.press("ArrowRight")
    expect(tool(writing, "Bold")).to_be_focused()
    writing.keyboard.press("Enter")
    expect(tool(writing, "Bold")).to_have_attribute("aria-pressed", "true")
    assert written(writing) == "<h3><strong>Head</strong></h3>"


def test_axe_finds_nothing_in_the_editor_and_its_dialogs(writing):
    make_picture(alt_en="A robot arm")
    tool(writing, "Table").click()
    tool(writing, "Picture").click()
    writing.get_by_role("button", name="A robot arm").click()
    expect(box(writing).get_by_role("img", name="Picture")).to_be_visible()
    writing.evaluate(AXE)
    for name, search in (("Picture", ""), ("Link", "robots"), ("Fact of a project", "robots")):
        tool(writing, name).click()
        dialog = writing.locator("dialog[open]")
        dialog.get_by_role("searchbox").fill(search)
        expect(dialog.locator("[data-choice]").first).to_be_visible()
        for scheme in ("light", "dark"):
            writing.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            writing.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
            assert writing.evaluate(FIND, RULES) == []
        dialog.get_by_role("button", name="Cancel").click()
    assert faults(writing) == []
