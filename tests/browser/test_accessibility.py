"""axe-core finds nothing wrong by WCAG 2.2 A and AA in the back office, small and large, light and dark."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Notice
from editorial.keeping import keep
from editorial.models import BulkChange, Picture
from editorial.review import BY_CODE, decide
from factcheck.models import Acceptance, Discrepancy
from factcheck.register import refresh
from imports.models import OUTCOMES
from news.models import Article, Event
from partners.models import Contact
from projects.models import Project
from reports.models import ReportSnapshot
from results.models import Measurement, ReportingPeriod
from tests.factcheck.differing import STATED, make_differing_article
from tests.factories import make_article, make_import, make_project
from tests.forms import change
from tests.test_back_office import MODELS, address, make_one_of_each

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
COLOURS = ["color-contrast"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENS = [(768, 1024), (360, 800), (1280, 900)]  # pixels
LOOKED_AT = [360, 1280]  # by axe, which takes its time; on a tablet lies what lies on a desktop
# Whatever is folded is opened, and what sticks to the screen's edge lies still: a field below it can be scrolled away.
LAY_OPEN = """
for (const fold of document.querySelectorAll("main details")) fold.open = true;
for (const bar of document.querySelectorAll("#header, .language-bar, .submit-row, .preview-bar")) {
  bar.style.position = "relative";
}
"""
FIND = """
async (runOnly) => {
  document.getAnimations().forEach((animation) => animation.finish());
  const found = await axe.run({exclude: ["iframe"]}, {runOnly, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html}`));
}
"""


def faults(page):
    """What axe finds on each screen, and of the colours in the dark: `["360: label: <input …>"]`. Loads nothing."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(LAY_OPEN)
    page.evaluate(AXE)
    found = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: the page scrolls sideways")
        if width not in LOOKED_AT:
            continue
        found += [f"{width}: {fault}" for fault in page.evaluate(FIND, {"type": "tag", "values": RULES})]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark: {fault}" for fault in page.evaluate(FIND, {"type": "rule", "values": COLOURS})]


def faults_at(desk, addresses) -> dict[str, list[str]]:
    """The pages at which axe finds something, with what."""
    found = {}
    for place in addresses:
        desk.goto(place)
        found[place] = faults(desk)
    return {place: wrong for place, wrong in found.items() if wrong}


def of(model, name):
    return lambda: address(model, name, model.objects.first().pk)


MODELS_OF = {}
for model in MODELS:
    MODELS_OF.setdefault(model._meta.app_label, []).append(model)


@pytest.mark.parametrize("app", MODELS_OF)
def test_every_list_and_form(desk, app):
    make_one_of_each()
    for model in MODELS_OF[app]:
        record = model._default_manager.order_by("pk").last()
        pages = [address(model, "changelist"), address(model, "change", record.pk)]
        assert faults_at(desk, pages) == {}


OFFICE = {
    "first screen": lambda: "/admin/",
    "list": lambda: "/admin/projects/project/",
    "filtered list": lambda: "/admin/news/article/?state__exact=published&q=a",
    "empty list": lambda: "/admin/news/article/?q=zzz",
    "project": of(Project, "change"),
    "several pictures": lambda: "/admin/editorial/picture/add-several/",
    "delete": of(Project, "delete"),
    "history": of(Project, "history"),
    "deleted ones": lambda: "/admin/news/article/deleted/",
    "preview": of(Article, "preview"),
    "search": lambda: "/admin/search/?q=project",
    "nothing found": lambda: "/admin/search/?q=zzz",
    "notices": lambda: "/admin/notices/",
    "password": lambda: "/admin/password_change/",
    "translations": lambda: "/admin/translations/",
    "translations of a project": lambda: f"/admin/translations/projects.project/{Project.objects.first().pk}/",
    "translation of an article": lambda: f"/admin/translations/news.article/{Article.objects.first().pk}/sl/",
    "file of a translator": lambda: "/admin/translations/returned/",
    "copy of a project": of(Project, "copy"),
    "copy of an event": of(Event, "copy"),
    "where reports begin": lambda: "/admin/reports/reportsnapshot/add/",
    "figures of a period": lambda: f"/admin/results/reportingperiod/{ReportingPeriod.objects.first().pk}/report/",
}


def test_other_pages_of_the_back_office(desk):
    make_one_of_each()
    call_command("refresh_translations")
    assert faults_at(desk, [place() for name, place in OFFICE.items() if name not in ("list", "project")]) == {}


def test_a_projects_form_in_twelve_languages(desk, twelve_languages):
    make_one_of_each()
    desk.goto(OFFICE["project"]())
    assert faults(desk) == []
    desk.get_by_role("button", name="All languages").click()
    assert faults(desk) == []


def test_the_first_screen_with_all_that_can_wait(desk, editor):
    make_one_of_each()
    Article.objects.update(state="in_review")
    Picture.objects.update(alt_en="")
    Contact.objects.update(consent_ends_on=timezone.localdate())
    ReportingPeriod.objects.update(due_on=timezone.localdate())
    Measurement.objects.update(state="submitted")
    keep(Event.objects.get(), editor, "form")
    Event.objects.update(state="draft")
    BulkChange.objects.create(user=editor, kind="news.article", screen="action:set_topics")
    desk.goto("/admin/")
    assert desk.locator(".card.waiting").count() == 5
    assert faults(desk) == []


def test_texts_that_differ_from_the_record(desk, editor):
    article = make_differing_article(title_sl="Članek", body_sl="<p>Skupni proračun znaša 1.467.941,00 EUR.</p>")
    refresh()
    accepted = Discrepancy.objects.get(language="sl")
    Acceptance.objects.create(key=accepted.key, record_id=article.pk, reason="The source says so.", accepted_by=editor)
    assert faults_at(desk, [change(article), "/admin/factcheck/?standing=", "/admin/factcheck/elsewhere/"]) == {}
    desk.get_by_label("Which project").select_option(index=1)
    desk.get_by_label("Text", exact=True).fill(f"A total budget of {STATED}.")
    desk.get_by_role("button", name="Check it").click()
    desk.wait_for_selector(".findings")
    assert faults(desk) == []


def test_topics_for_several_before_and_after_the_choice(desk):
    make_one_of_each()
    desk.goto("/admin/projects/project/")
    desk.locator(".action-select").check()
    desk.locator("select[name=action]").select_option("set_topics")
    desk.get_by_role("button", name="Go").click()
    desk.get_by_role("heading", name="Set topics").wait_for()
    assert faults(desk) == []
    desk.get_by_text("and no others").click()
    desk.get_by_role("button", name="Show what changes").click()
    desk.get_by_role("button", name="Change 1 record").wait_for()
    assert faults(desk) == []
    desk.get_by_role("button", name="Change 1 record").click()
    desk.get_by_role("button", name="Undo").wait_for()
    assert faults(desk) == []


def test_a_returned_record_with_everything_that_its_review_tells(desk, editor):
    article = make_article(state="in_review")
    decide(BY_CODE["return"], article, "in_review", editor, "Which enterprises?")
    Article.objects.update(state="returned")
    desk.goto(change(article))
    assert faults(desk) == []


def test_the_page_of_a_step_with_many_and_the_notices(desk, editor):
    for fields in ({"lead_en": "Lead"}, {}):
        make_article(state="draft", **fields)
    Notice.objects.create(person=editor, step="submit", kind="news.article", record_id=1, name="A", note="Look")
    desk.goto("/admin/news/article/")
    desk.locator("#action-toggle").check()
    desk.select_option("[name=action]", "publish")
    desk.get_by_role("button", name="Go").click()
    desk.get_by_role("heading", name="1 record stays as it is").wait_for()
    assert faults(desk) == []
    desk.goto("/admin/notices/")
    assert faults(desk) == []


DETAILS = [{"column": "End", "old": "31 January 2022", "new": "30 June 2022"}, {"message": "This is no date."}]


def test_the_pages_of_an_import(desk):
    begun = make_import(progress="waiting", planned_at=None)
    running = make_import(progress="running", steps=100, steps_done=42, planned_at=None)
    tried = make_import([(outcome, DETAILS) for outcome in OUTCOMES])
    undone = make_import([("created", DETAILS)], confirmed_at=timezone.now(), undone_at=timezone.now())
    pages = ["/admin/imports/import/add/", *map(change, (begun, tried, undone)), f"{change(running)}?still"]
    assert faults_at(desk, pages) == {}


def test_a_form_that_was_refused(desk):
    desk.goto("/admin/news/event/add/")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_selector(".errornote")
    assert faults(desk) == []


def test_what_two_editors_wrote(desk):
    article = make_article()
    desk.goto(change(article))
    Article.objects.update(title_en="Theirs", lead_en="Theirs")
    desk.locator("[name=title_en]").fill("Mine")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_selector(".collision")
    assert faults(desk) == []
    desk.get_by_label("Keep mine").check()
    desk.get_by_role("button", name="Save what is now in the form").click()
    desk.wait_for_selector(".messagelist .success")
    assert faults(desk) == []


def test_versions_that_are_compared_and_restored(desk):
    desk.goto(change(make_article()))
    desk.locator("[name=title_en]").fill("Another title")
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.get_by_role("link", name="History").click()
    desk.get_by_role("button", name="Compare the two chosen").click()
    desk.wait_for_selector(".differences")
    assert faults(desk) == []
    desk.get_by_role("link", name="Restore this one").first.click()
    desk.get_by_role("button", name="Restore this version").wait_for()
    assert faults(desk) == []


def test_the_login(page, live_server):
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector(".errornote")
    assert faults(page) == []


def test_the_menu_opens_on_a_phone_without_running_off_it(desk):
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto("/admin/projects/project/")
    desk.get_by_role("button", name="Menu").click()
    menu = desk.get_by_role("navigation", name="Main menu")
    menu.get_by_role("link", name="Projects").wait_for()
    assert menu.locator("[aria-current=page]").inner_text() == "Projects"
    desk.keyboard.press("Escape")
    menu.wait_for(state="hidden")


@pytest.mark.parametrize("name", ["first screen", "list", "project", "search"])
def test_a_finger_hits_what_it_wants_on_a_tablet(desk, name):
    """Buttons, fields and links that stand by themselves are 44 pixels high, or the row they stand in is."""
    make_one_of_each()
    desk.set_viewport_size({"width": 768, "height": 1024})
    desk.goto(OFFICE[name]())
    small = desk.evaluate("""() => [...document.querySelectorAll(
      "button, summary, select, input:not([type=hidden], [type=checkbox], [type=file]), .records a, .object-tools a"
    )].filter((part) => part.checkVisibility() && !part.closest(".prose-menubar, .select2-container, .visually-hidden"))
      .filter((part) => part.getBoundingClientRect().height < 41 && part.tabIndex >= 0)
      .map((part) => `${part.outerHTML.slice(0, 120)} ${part.getBoundingClientRect().height}`)""")
    assert small == []


def test_the_way_from_a_selection_to_a_report(desk):
    """The choices, what is to be mended, and a report that waits for a worker, whose end the page notices by itself."""
    make_project(acronym="ALPHA")
    desk.goto("/admin/projects/project/")
    desk.check("#action-toggle")
    desk.select_option("select[name=action]", "make_report")
    desk.click("button[name=index]")
    assert faults(desk) == []
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.check("[name=kind][value=closing]")
    desk.click("text=Make the report")
    desk.wait_for_selector(".snapshot__problems")
    assert faults(desk) == []
    snapshot = ReportSnapshot.objects.get()
    ReportSnapshot.objects.update(progress="waiting", fault="", problems=[])
    desk.reload()
    desk.wait_for_selector("progress")
    assert faults(desk) == []
    snapshot.refresh_from_db()
    snapshot.cancel()
    desk.wait_for_selector("text=Nothing of it was kept")
