"""Every kind of public page on three screens, light and dark, with the keyboard, at rest and on paper."""

import pytest

from tests.browser.public import FAILURES, kinds_of_pages, make_the_portal, write_everything
from tests.browser.test_accessibility import AXE, FIND, RULES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.public")]

SCREENS = [(320, 640), (768, 1024), (1440, 900)]  # pixels; 320 are also those of 640 at 200 %
EMPTY = ["", "events/"]
# What depends on the screen and its colours. All other rules look at the document, which is the same everywhere.
OF_THE_SCREEN = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}
EVERY_RULE = {"type": "tag", "values": RULES}
FIND_BESIDE_COLOURS = """async (values) => {
  const rules = {"color-contrast": {enabled: false}};
  const found = await axe.run({runOnly: {type: "tag", values}, rules, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html}`));
}"""

FOLLOW_THE_FOCUS = """() => {
  window.walked = new Set();
  window.unmarked = [];
  document.addEventListener("focusin", ({target}) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(target);
    const name = target.querySelector(".map__name"); // what has no outline, but a name that appears
    walked.add(target);
    const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    if (!isMarked && !name?.checkVisibility({visibilityProperty: true})) unmarked.push(target.outerHTML.slice(0, 150));
  });
}"""
CONTROLS = """(where) => [...document.querySelectorAll(where)]
  .flatMap((part) => [...part.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")])
  .filter((control) => control.checkVisibility({visibilityProperty: true}) && !control.disabled)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((part) => {
  const {animationName, scrollBehavior, transitionDuration} = getComputedStyle(part);
  return animationName !== "none" || scrollBehavior !== "auto" || parseFloat(transitionDuration) > 0;
}).map((part) => part.outerHTML.slice(0, 150))"""
LEFT_ON_PAPER = """() => [...document.querySelectorAll("nav, form, button, .skip-link")]
  .filter((part) => part.checkVisibility()).map((part) => part.outerHTML.slice(0, 150))"""
WITHOUT_ADDRESS = """() => [...document.querySelectorAll(".prose a[href^=http]")]
  .filter((link) => getComputedStyle(link, "::after").content === "none").map((link) => link.href)"""


def axe(page, rules) -> list[str]:
    return page.evaluate(FIND, rules)


def too_wide(page) -> list[str]:
    """The screens on which the page scrolls sideways."""
    found = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: the page scrolls sideways")
    return found


def faults_on_every_screen(page) -> list[str]:
    """What axe finds, on a page that is loaded once."""
    page.evaluate(AXE)
    found = too_wide(page)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            is_first = (width, scheme) == (SCREENS[0][0], "dark")
            found += [f"{width}, {scheme}: {fault}" for fault in axe(page, EVERY_RULE if is_first else OF_THE_SCREEN)]
    return found


def faults_of_a_language(page) -> list[str]:
    """What the length of words and the languages of texts may bring: colours are the same in all of them."""
    page.evaluate(AXE)
    found = too_wide(page)
    page.set_viewport_size({"width": 320, "height": 640})
    return found + page.evaluate(FIND_BESIDE_COLOURS, RULES)


def faults_with_the_keyboard(page, where) -> list[str]:
    """What Tab doesn't reach in a part of the page, or without showing where it is."""
    controls = f"({CONTROLS})('{where}')"
    for _ in range(page.evaluate(f"{controls}.length") + 1):
        page.keyboard.press("Tab")
    missed = page.evaluate(f"{controls}.filter((control) => !walked.has(control)).map((each) => each.outerHTML)")
    return [f"not reached: {each[:150]}" for each in missed]


def skip_to_the_content(page):
    """The first Tab leads to the link past the menu; following it leads there."""
    page.evaluate(FOLLOW_THE_FOCUS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'content'")


def faults_with_the_keyboard_in_the_content(page) -> list[str]:
    skip_to_the_content(page)
    page.evaluate("unmarked.length = 0")  # the whole content shows no frame
    return faults_with_the_keyboard(page, "main") + page.evaluate("unmarked")


def faults_on_paper(page) -> list[str]:
    emblems = page.locator(".funding__emblem").count()
    page.emulate_media(media="print")
    found = page.evaluate(LEFT_ON_PAPER) + page.evaluate(WITHOUT_ADDRESS)
    found += ["no emblem"] if page.locator(".funding__emblem:visible").count() < emblems else []
    page.emulate_media(media="screen")
    return found


def goto(page, language, place):
    answer = page.goto(f"/{language}/{place}")
    assert answer.status == FAILURES.get(place, 200), place
    return page


def visit(page, language, faults) -> dict[str, list[str]]:
    """What is wrong with each kind of page, an empty portal's and a closed one's included."""
    found = {f"empty {place}": faults(goto(page, language, place)) for place in EMPTY}
    make_the_portal()
    write_everything(language)
    found |= {place: faults(goto(page, language, place)) for place in kinds_of_pages()}
    return {place: wrong for place, wrong in found.items() if wrong}


def everything(page) -> list[str]:
    found = faults_on_every_screen(page) + page.evaluate(MOVING) + faults_with_the_keyboard_in_the_content(page)
    return found + faults_on_paper(page)


def test_every_kind_of_page(page, served):
    page.emulate_media(reduced_motion="reduce")
    assert visit(page, "en", everything) == {}


@pytest.mark.parametrize("language", ["sl", "lv", "bg", "de"])
def test_every_kind_of_page_in_other_languages(page, served, settings, language):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    page.emulate_media(reduced_motion="reduce")
    assert visit(page, language, faults_of_a_language) == {}


def test_menu_languages_and_foot_are_reached_with_the_keyboard(page, served):
    page.goto("/en/projects/")
    page.evaluate(FOLLOW_THE_FOCUS)
    assert faults_with_the_keyboard(page, "body") == []
    assert page.evaluate("unmarked") == []


def test_the_style_guide_shows_every_component_without_a_fault(page, served, settings):
    settings.DEBUG = True
    page.emulate_media(reduced_motion="reduce")
    page.goto("/en/styleguide/")
    assert everything(page) == []


def test_a_closed_portal_says_so(page, served, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()
    assert page.goto("/bg/projects/").status == 503
    assert faults_on_every_screen(page) == []


def test_the_link_of_an_article_is_copied(context, page, served):
    make_the_portal()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/en/news/")
    page.locator(".card__title a").first.click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
