"""Results appear as one types; without JavaScript the same form leads to the same page."""

import re

import pytest
from playwright.sync_api import expect

from search.index import rebuild
from tests.factories import make_article, make_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles():
    make_article(title_en="Practices of regions")
    make_article(title_en="Clusters of firms")
    make_event(title_en="A day of clusters")
    rebuild()


def results(page):
    return page.locator(".hit__title").all_inner_texts()


def test_results_appear_as_one_types(page, articles):
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto("/en/search/")
    page.get_by_label("Words").press_sequentially("clus", delay=20)
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("2 results")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=clus$"))
    expect(page.get_by_label("Words")).to_be_focused()
    page.get_by_label("Words").fill("practise of regions")
    expect(page.locator(".hit")).to_have_count(1)
    page.get_by_label("Words").fill("")
    expect(page.locator(".hit")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/en/search/$"))
    assert errors == []


def test_a_late_answer_to_an_earlier_question_is_not_shown(page, articles):
    def slowly(route):
        if "q=cl" in route.request.url and "q=clusters+of+firms" not in route.request.url:
            page.wait_for_timeout(800)
        route.continue_()

    page.route("**/search/?*part=found*", slowly)
    page.goto("/en/search/")
    page.get_by_label("Words").fill("cl")
    page.wait_for_timeout(400)
    page.get_by_label("Words").fill("clusters of firms")
    expect(page.locator(".hit")).to_have_count(1)
    page.wait_for_timeout(900)
    assert results(page) == ["Clusters of firms"]


def test_kinds_and_the_way_back_lead_to_pages_of_their_own(page, articles):
    page.goto("/en/")
    page.get_by_role("search").get_by_role("searchbox").fill("clusters")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Events 1").click()
    assert results(page) == ["A day of clusters"]
    page.get_by_role("link", name="Everything 2").click()
    expect(page.locator(".hit")).to_have_count(2)


def test_it_works_without_javascript(browser, browser_context_args, articles):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    page.goto("/en/search/")
    page.get_by_label("Words").fill("cluster")
    page.locator(".search-form button").click()
    expect(page.locator(".hit")).to_have_count(2)
    context.close()


def test_filters_are_set_and_taken_away_without_javascript(browser, browser_context_args, articles):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    page.goto("/en/events/")
    page.get_by_label("Kind").select_option("Workshop (1)")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("kind=workshop"))
    page.get_by_role("link", name="Take away: Kind: Workshop").click()
    expect(page.get_by_role("link", name="Take away")).to_have_count(0)
    context.close()
