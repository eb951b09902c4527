"""What the editor of texts offers to choose from, to whom."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial.states import State
from tests.accounts.people import logged_in, make_person
from tests.editorial.test_library import make_picture
from tests.editorial.test_showing import queries_of
from tests.factories import make_article, make_participation, make_partner, make_phase, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db

PICTURES = reverse("admin:editorial_picture_choices")
RECORDS = "/admin/records/"
FACTS = "/admin/facts/"


def part(browser, address, **query):
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def offered(browser, address, name, **query):
    return [button[f"data-{name}"] for button in part(browser, address, **query).select("[data-choice]")]


def test_records_with_pages_are_found_and_drafts_are_marked(office):
    project = make_project(acronym="ROBOTS")
    draft = make_article(title_en="Robots at work", state=State.DRAFT)
    make_phase(project, name_en="Robots first")
    found = part(office, RECORDS, q="robots").select("[data-choice]")
    assert {button["data-href"]: "not public" in button.get_text() for button in found} == {
        f"record:projects.project/{project.pk}": False,
        f"record:news.article/{draft.pk}": True,
    }
    assert found[0]["data-words"] == "ROBOTS"


def test_what_is_linked_to_now_is_named(office):
    project = make_project(acronym="ROBOTS")
    current = f"record:projects.project/{project.pk}"
    assert "The link leads to Project: ROBOTS." in part(office, RECORDS, current=current).get_text()
    for gone in ("record:projects.project/999999", "record:nowhere.nothing/1", "record:auth.group/1"):
        assert "is gone" in part(office, RECORDS, current=gone).get_text()


@pytest.mark.parametrize("query", ["\0", "%", "a" * 500, "' OR 1=1"])
def test_whatever_is_searched_for_is_answered(office, query):
    for address in (PICTURES, RECORDS, FACTS):
        part(office, address, q=query)


def test_pictures_are_found_by_what_they_show(office):
    robot, _sea = make_picture(alt_en="A robot arm"), make_picture(alt_en="The sea")
    assert offered(office, PICTURES, "picture", q="robot") == [str(robot.pk)]
    assert len(offered(office, PICTURES, "picture")) == 2
    assert "No picture was found" in part(office, PICTURES, q="zzz").get_text()


def test_a_picture_that_is_gone_is_not_found(office):
    assert office.get(reverse("admin:editorial_picture_shown", args=[12345])).status_code == 404


def test_facts_of_the_records_own_project_need_no_address(office):
    project = make_project(slug="robots", total_budget=7)
    assert "[[total_budget]]" in offered(office, FACTS, "token", own=[project.pk])
    page = part(office, FACTS, own=[project.pk]).get_text(" ", strip=True)
    assert "Total budget 7.00 EUR" in page
    assert "Union funding not published" in page


def test_facts_of_several_and_of_found_projects_have_their_address(office):
    projects = [make_project(slug="robots"), make_project(slug="sea", acronym="SEA")]
    both = offered(office, FACTS, "token", own=[project.pk for project in projects])
    assert {"[[robots:end_date]]", "[[sea:end_date]]"} <= set(both)
    assert "[[sea:end_date]]" in offered(office, FACTS, "token", q="sea", own=[projects[0].pk])
    assert "Search for the project" in part(office, FACTS).get_text()


def test_a_project_that_is_being_entered_offers_its_facts_without_values(office):
    page = part(office, FACTS, own="new")
    assert page.select_one("[data-token='[[total_budget]]']")
    assert "not published" not in page.get_text()


def test_a_partner_editor_finds_what_is_in_reach_and_nothing_else():
    partner = make_partner()
    own, other = make_project(acronym="OWN", state=State.DRAFT), make_project(acronym="OWNED", state=State.DRAFT)
    make_participation(own, partner=partner)
    browser = logged_in(make_person("partner_editor", partner=partner))
    assert offered(browser, RECORDS, "href", q="own") == [f"record:projects.project/{own.pk}"]
    assert "OWNED" not in part(browser, FACTS, q="own").get_text()
    assert offered(browser, FACTS, "token", own=[other.pk]) == []
    assert browser.get(f"/admin/records/projects.project/{other.pk}/").status_code == 404
    assert browser.get(f"/admin/records/projects.project/{own.pk}/").url == change(own)


def test_nobody_without_a_login_is_offered_anything(client):
    for address in (PICTURES, RECORDS, FACTS, "/admin/records/projects.project/1/"):
        assert "/login/" in client.get(address).url


def test_who_may_see_no_pictures_is_offered_none(django_user_model):
    browser = logged_in(django_user_model.objects.create_user("nobody", is_staff=True))
    assert browser.get(PICTURES).status_code == 403
    assert offered(browser, RECORDS, "href", q="a") == []
    assert offered(browser, FACTS, "token", q="a") == []


def test_offering_costs_the_same_however_much_is_found(office):
    make_article(make_project(acronym="ROBOT 0"), title_en="Robot")
    few = [queries_of(office, f"{address}?q=robot") for address in (RECORDS, FACTS)]
    for number in range(4):
        make_article(make_project(acronym=f"ROBOT {number}"), title_en="Robot")
    assert [queries_of(office, f"{address}?q=robot") for address in (RECORDS, FACTS)] == few


def test_the_form_carries_the_editors_parts_once_and_only_where_a_text_is(office):
    assert office.get(change(make_article())).content.decode().count('id="rich-text-toolbar"') == 1
    assert "rich-text-toolbar" not in office.get("/admin/projects/topic/add/").content.decode()
