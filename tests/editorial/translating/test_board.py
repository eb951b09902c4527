"""The board: each record in each language, narrowed down by what is asked for; and how far each language is."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.models import Translation
from editorial.translating.board import coverage, coverage_of, stale_translations_of, takes_part
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.translating.pages import BOARD
from tests.forms import change, send
from tests.test_back_office import make_one_of_each


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def listed(browser, query="") -> list[str]:
    rows = soup(browser.get(BOARD + query)).select(".translations-table tbody th a")
    return sorted(row.get_text() for row in rows)


@pytest.fixture
def news(db):
    """An article of a project that is public, one that is a draft, and an event to come of another project."""
    project, other = make.make_project(acronym="ALPHA"), make.make_project(acronym="BETA")
    make.make_article(project, title_en="Public", title_sl="Javno")
    make.make_article(title_en="Draft", state="draft")
    make.make_event(title_en="Later", project=other, published_at=timezone.now() + timedelta(days=1))
    call_command("refresh_translations")
    return project


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=news", ["Draft", "Later", "Public"]),
        ("?kind=news.article", ["Draft", "Public"]),
        ("?kind=news&public=yes", ["Public"]),
        ("?kind=news&public=no", ["Draft", "Later"]),
        ("?kind=news&language=sl&state=unfinished", ["Draft", "Later"]),
        ("?kind=news&language=sl&state=complete", ["Public"]),
        ("?kind=news&state=missing", ["Draft", "Later", "Public"]),
        ("?kind=news&state=stale", []),
        ("?kind=news&state=approved", []),
        ("?kind=nonsense&language=xx&state=x&project=x&public=x&page=x&kind=news", ["Draft", "Later", "Public"]),
    ],
)
def test_the_board_is_narrowed_down(desk, news, query, found):
    assert listed(desk, query) == found


def test_a_project_is_shown_with_all_that_belongs_to_it(office, db):
    make_one_of_each()
    make.Target.objects.update(note_en="A promise")
    make.Measurement.objects.update(narrative_en="Reached")
    call_command("refresh_translations")
    project = make.Project.objects.get()
    kinds = {
        row["value"].partition(":")[0] for row in soup(office.get(f"{BOARD}?project={project.pk}")).select("td input")
    }
    assert {
        "projects.project", "projects.phase", "projects.document", "projects.amendment", "projects.stakeholdergroup",
        "results.target", "results.measurement", "results.goodpractice", "results.policyinstrument",
        "results.actionplan", "results.policychange", "news.article", "news.event", "news.newsletter",
    } <= kinds  # fmt: skip
    assert not {"pages.page", "partners.partner", "projects.topic"} & kinds


def test_what_is_public_follows_what_it_is_a_part_of(desk):
    project = make.make_project(state="draft")
    make.make_phase(project, name_en="First phase")
    call_command("refresh_translations")
    assert listed(desk, "?kind=projects.phase&public=yes") == []
    make.Project.objects.update(state="published", published_at=timezone.now())
    assert len(listed(desk, "?kind=projects.phase&public=yes")) == 1


def test_states_are_said_in_words_and_ones_own_languages_come_first(desk, office, news):
    article = make.Article.objects.get(title_sl="Javno")
    send(office, change(article), {"title_en": "Public now", "lead_en": "New"})
    page = soup(desk.get(f"{BOARD}?kind=news.article&public=yes"))
    assert [head.get_text() for head in page.select("thead th")][1:3] == ["slovenščina", "latviešu"]
    cell = page.select_one("tbody td a")
    assert [" ".join(state.get_text().split()) for state in cell.select(".progress-state")] == [
        "↻ 1 outdated",
        "○ 1 missing",
    ]


def test_one_may_translate_only_into_ones_own_languages_from_there(desk, news):
    buttons = soup(desk.get(BOARD)).select(".coverage a.button")
    assert [button["href"] for button in buttons] == [f"{BOARD}next/sl/"]


def test_the_texts_of_a_record_are_told_one_by_one(desk, article):
    rows = soup(desk.get(f"{BOARD}news.article/{article.pk}/")).select("tbody tr")
    assert [row.th.get_text() for row in rows] == ["Title", "Lead", "Text"]
    assert [row.td.get_text(" ", strip=True) for row in rows] == ["✓ translated", "✓ translated", "○ missing"]


def test_nobody_sees_more_than_is_in_their_reach(news):
    partner = make.make_partner()
    make.make_participation(news, partner=partner)
    editor = logged_in(make_person("partner_editor", partner=partner, languages=["sl"]))
    assert listed(editor, "?kind=news") == ["Public"]
    choices = soup(editor.get(BOARD)).select("[name=project] option")
    assert [choice.get_text() for choice in choices] == ["All", "ALPHA"]
    assert logged_in(make_person("reader")).get(BOARD).status_code == 200


def test_who_has_no_rights_is_refused(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    for page in ("", "export/", "returned/", "next/sl/"):
        assert client.get(BOARD + page).status_code == 403


@pytest.mark.parametrize(("role", "offered"), [("translator", True), ("reviewer", True), ("reader", False)])
def test_the_menu_leads_there_for_those_who_have_something_to_do(db, role, offered):
    person = make_person(role, languages=["sl"])
    assert takes_part(person) is offered
    assert bool(soup(logged_in(person).get("/admin/")).select(f'#menu a[href="{BOARD}"]')) is offered


def test_stale_translations_are_those_of_ones_own_languages(office, translator, article):
    send(office, change(article), {"title_bg": "Срещат се"})
    send(office, change(article), {"title_en": "Ten partners meet"})
    assert [row.language for row in stale_translations_of(translator)] == ["sl"]
    assert stale_translations_of(make_person("editor")).count() == 2
    assert stale_translations_of(make_person("editor", languages=["bg"])).count() == 1
    assert not stale_translations_of(make_person("reader", languages=["sl"])).exists()
    assert not stale_translations_of(make_person("reviewer")).exists()


def test_the_coverage_counts_texts(article, translator):
    call_command("refresh_translations")
    known = coverage(Translation.objects.filter(kind="news.article"))
    assert known["sl"] == {
        "missing": 1, "stale": 0, "complete": 2, "approved": 0, "unfinished": 1, "waiting": 0, "total": 3,
        "percent": 66,
    }  # fmt: skip
    assert known["bg"]["percent"] == 0
    assert coverage_of(translator) == known
    assert coverage_of(make_person("partner_editor", partner=make.make_partner())) == {}


def queries(browser, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("person", ["translator", "partner_editor"])
def test_more_records_take_no_more_queries(db, person):
    partner = make.make_partner()
    project = make.make_project()
    make.make_participation(project, partner=partner)
    browser = logged_in(make_person(person, partner=partner, languages=["sl"]))
    make.make_article(project)
    call_command("refresh_translations")
    browser.get(BOARD)
    few = queries(browser, f"{BOARD}?kind=news")
    for _ in range(8):
        make.make_article(project)
    call_command("refresh_translations")
    assert queries(browser, f"{BOARD}?kind=news") == few
    assert few < 20
