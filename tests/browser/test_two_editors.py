"""Two people at one record, and texts that nobody loses, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from news.models import Article
from projects.models import Participation
from tests.factories import make_article, make_participation, make_project
from tests.forms import change

ADD = "/admin/news/article/add/"


@pytest.fixture
def jana_desk(browser, live_server, django_user_model, desk):
    """A second browser, in which Jana is logged in."""
    jana = django_user_model.objects.create_superuser(
        "jana", first_name="Jana", last_name="Kos", interface_language="en"
    )
    client = Client()
    client.force_login(jana)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def save(desk):
    desk.get_by_role("button", name="Save", exact=True).click()


def dialogs(desk) -> list:
    """The questions that the browser asks from now on; each is answered by staying."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    return asked


def test_both_see_what_the_other_wrote_and_nothing_is_lost(desk, jana_desk):
    article = make_article(title_en="Before")
    desk.goto(change(article))
    jana_desk.goto(change(article))
    jana_desk.locator("[name=title_en]").fill("Jana's title")
    jana_desk.locator("[name=lead_en]").fill("Jana's lead")
    save(jana_desk)
    desk.locator("[name=title_en]").fill("My title")
    desk.locator(".field-body_en .tiptap").press_sequentially("My text")
    save(desk)
    collision = desk.locator(".collision")
    expect(collision).to_contain_text("Jana Kos saved")
    expect(collision.get_by_role("group", name="Title (English)")).to_contain_text("Jana's title")
    expect(desk.locator("[name=title_en]")).to_have_value("My title")
    expect(desk.locator("[name=lead_en]")).to_have_value("Jana's lead")
    expect(desk.locator(".field-body_en .tiptap")).to_have_text("My text")
    collision.get_by_label("Keep mine").check()
    collision.get_by_role("button", name="Save what is now in the form").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert (article.title_en, article.lead_en, article.body_en) == ("My title", "Jana's lead", "<p>My text</p>")


def test_the_same_participation_inline_in_two_browsers_loses_no_change(desk, jana_desk):
    share = make_participation(make_project(), total_budget=100)
    for page in (desk, jana_desk):
        page.goto(change(share.project))
        page.locator("#participations-group summary").click()
    jana_desk.locator("[name=participations-0-unit_en]").fill("Department")
    save(jana_desk)
    desk.locator("[name=participations-0-total_budget]").fill("300")
    save(desk)
    expect(desk.locator(".collision")).to_contain_text("Department")
    desk.get_by_role("button", name="Save what is now in the form").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Participation.objects.values_list("total_budget", "unit_en").get() == (300, "Department")


def test_mine_can_be_discarded(desk, jana_desk):
    article = make_article(title_en="Before")
    desk.goto(change(article))
    desk.locator("[name=title_en]").fill("My title")
    Article.objects.filter(pk=article.pk).update(title_en="Theirs")
    save(desk)
    asked = dialogs(desk)
    desk.get_by_role("link", name="Discard mine").click()
    expect(desk.locator("[name=title_en]")).to_have_value("Theirs")
    expect(desk.locator(".kept")).to_be_hidden()
    assert asked == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_differences_are_decided_on_without_scripts(desk):
    article = make_article(title_en="Before")
    desk.goto(change(article))
    desk.locator("[name=title_en]").fill("My title")
    Article.objects.filter(pk=article.pk).update(title_en="Theirs")
    save(desk)
    desk.get_by_label("Take theirs").check()
    desk.get_by_role("button", name="Save what is now in the form").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.title_en == "Theirs"


def test_who_comes_later_is_announced_and_who_leaves_is_forgotten(desk, jana_desk):
    article = make_article()
    desk.clock.install()
    desk.goto(change(article))
    expect(desk.locator(".beside p")).to_have_count(0)
    jana_desk.goto(change(article))
    desk.clock.run_for(31_000)
    expect(desk.locator(".beside")).to_contain_text("Jana Kos opened this form at")
    jana_desk.goto("/admin/")
    desk.wait_for_timeout(300)
    desk.clock.run_for(31_000)
    expect(desk.locator(".beside p")).to_have_count(0)


def test_a_form_says_that_the_session_has_ended(desk):
    desk.clock.install()
    desk.goto(change(make_article()))
    Session.objects.all().delete()
    desk.clock.run_for(31_000)
    expect(desk.locator(".beside")).to_contain_text("Your session has ended.")


def test_a_changed_form_asks_before_it_is_left(desk):
    desk.goto(change(make_article()))
    asked = dialogs(desk)
    desk.locator(".field-lead_en textarea").click()
    desk.get_by_role("link", name="Home").first.click()
    desk.wait_for_url("**/admin/")
    assert asked == []
    desk.go_back()
    desk.locator(".field-body_en .tiptap").press_sequentially("x")
    desk.get_by_role("link", name="Home").first.click(no_wait_after=True)
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_a_row_added_to_an_inline_counts_as_a_change(desk):
    desk.goto(change(make_project()))
    asked = dialogs(desk)
    desk.locator("#phases-group summary").click()
    desk.get_by_role("button", name="Add another Phase").click()
    desk.get_by_role("link", name="Home").first.click(no_wait_after=True)
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_saving_asks_nothing_and_keeps_nothing(desk):
    desk.goto(change(make_article()))
    asked = dialogs(desk)
    desk.locator("[name=title_en]").fill("New")
    save(desk)
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert asked == []
    assert desk.evaluate("localStorage.length && Object.keys(localStorage).filter(key => key.startsWith('typed'))") in (
        0,
        [],
    )


def test_a_form_that_was_only_read_keeps_nothing(desk):
    desk.goto(change(make_article()))
    expect(desk.locator(".field-body_en .tiptap")).to_be_visible()
    desk.evaluate("dispatchEvent(new Event('pagehide'))")
    assert desk.evaluate("Object.keys(localStorage).filter(key => key.startsWith('typed'))") == []


def test_a_session_that_runs_out_keeps_what_was_typed(desk, editor):
    project = make_project()
    desk.goto(change(project))
    desk.locator("[name=summary_en]").fill("An hour's work")
    desk.locator("#phases-group summary").click()
    desk.get_by_role("button", name="Add another Phase").click()
    desk.locator("[name=phases-0-name_en]").fill("New phase")
    Session.objects.all().delete()
    save(desk)
    expect(desk.get_by_text("What you typed was kept in this browser")).to_be_visible()
    desk.get_by_label("Username").fill("editor")
    desk.get_by_label("Password").fill("a-long-password")
    desk.get_by_role("button", name="Log in").click()
    expect(desk.locator("[name=summary_en]")).to_have_value("")
    desk.get_by_role("button", name="Go on with it").click()
    expect(desk.locator("[name=summary_en]")).to_have_value("An hour's work")
    expect(desk.locator("[name=phases-0-name_en]")).to_have_value("New phase")
    project.refresh_from_db()
    assert not project.summary_en


def test_a_closed_tab_keeps_what_was_typed_until_it_is_thrown_away(desk, context):
    desk.goto(ADD)
    desk.locator("[name=title_en]").fill("Kept title")
    desk.close(run_before_unload=False)
    page = context.new_page()
    page.goto(ADD)
    expect(page.locator("[name=title_en]")).to_have_value("")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_role("button", name="Go on with it")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Go on with it")).to_have_count(0)


def test_a_text_that_was_kept_and_then_saved_is_not_offered_again(desk):
    desk.goto(ADD)
    desk.locator("[name=title_en]").fill("Kept title")
    Session.objects.all().delete()
    save(desk)
    desk.get_by_label("Username").fill("editor")
    desk.get_by_label("Password").fill("a-long-password")
    desk.get_by_role("button", name="Log in").click()
    desk.get_by_role("button", name="Go on with it").click()
    desk.locator("[name=slug]").fill("kept-title")
    save(desk)
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto(ADD)
    expect(desk.get_by_role("button", name="Go on with it")).to_have_count(0)
    assert Article.objects.get().title_en == "Kept title"


def test_passwords_are_not_kept(desk):
    desk.goto(ADD)
    desk.locator("[name=title_en]").evaluate(
        "field => field.insertAdjacentHTML('afterend', '<input type=password name=secret value=very-secret-words>')"
    )
    desk.locator("[name=title_en]").fill("Kept title")
    desk.wait_for_timeout(2500)
    kept = desk.evaluate("JSON.stringify(localStorage)")
    assert "Kept title" in kept
    assert "very-secret-words" not in kept
