"""The steps of the review: who takes them from where, with what reason, and what is kept of each."""

from datetime import timedelta
from time import sleep

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.roles import BY_NAME
from editorial.decisions import Decision
from editorial.history import changes, screen
from editorial.models import BulkChange, Picture
from editorial.review import STEPS, obstacle, steps_for
from editorial.states import SCHEDULED, State
from editorial.versions import snapshots_of
from news.models import Article, Event
from projects.models import Project
from tests.accounts.people import logged_in, make_person
from tests.editorial.two_editors import differences, page
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project
from tests.forms import change, filled_in, mistakes, said, send, take
from tests.test_back_office import picture_file

ARTICLES = "/admin/news/article/"
IN_AN_HOUR = timedelta(hours=1)


def moment(time) -> str:
    """A time as a browser's field for it sends it."""
    return localtime(time).strftime("%Y-%m-%dT%H:%M")


def several(office, step, *records, **typed):
    """The answer to a list's action; with `confirmed` the step is taken."""
    data = {"action": step, ACTION_CHECKBOX_NAME: [record.pk for record in records]}
    return office.post(ARTICLES, data | typed)


def confirm(office, step, *records, note="", **typed):
    return several(office, step, *records, _confirmed="1", **{f"review-{step}-note": note}, **typed)


def states(*records) -> list[str]:
    return [type(record).objects.get(pk=record.pk).state for record in records]


@pytest.fixture
def draft(db):
    return make_article(state=State.DRAFT, lead_en="What happened")


# The table of steps


def test_each_standing_has_its_steps(editor):
    now = timezone.now()
    found = {
        record.standing: [step.code for step in steps_for(editor, record)]
        for record in [
            *(Article(state=state, published_at=now) for state in State),
            Article(state=State.PUBLISHED, published_at=now + IN_AN_HOUR),
        ]
    }
    assert found == {
        "draft": ["submit", "publish", "schedule"],
        "in_review": ["publish", "schedule", "return", "redraft"],
        "returned": ["submit", "publish", "schedule", "redraft"],
        "published": ["withdraw"],
        "withdrawn": ["publish", "schedule", "redraft"],
        SCHEDULED: ["publish", "schedule", "redraft"],
    }


EVERY = ["submit", "publish", "schedule", "return", "withdraw", "redraft"]
MAY = {
    "administrator": EVERY,
    "editor": EVERY,
    "partner_editor": ["submit", "redraft"],
    "translator": [],
    "reviewer": EVERY,
    "reader": [],
}


@pytest.mark.parametrize("role", BY_NAME)
def test_each_role_takes_the_steps_that_the_table_says(db, role):
    partner = make_partner()
    project = make_project()
    make_participation(project, partner=partner)
    article = make_article(project, state=State.DRAFT, lead_en="Lead")
    browser = logged_in(make_person(role, partner=partner, languages=["en"]))
    offered = set(page(browser.get(ARTICLES)).select("[name=action] option"))
    assert {option["value"] for option in offered} & set(EVERY) == set(MAY[role])
    for step in STEPS:
        Article.objects.update(state=step.origins[-1] if step.origins[-1] in State else State.DRAFT, published_at=None)
        before = states(article)
        data = filled_in(browser, change(article)) if browser.get(change(article)).status_code == 200 else {}
        due = moment(timezone.now() + IN_AN_HOUR)
        typed = {"_step": step.code, f"review-{step.code}-note": "Why", f"review-{step.code}-due": due}
        browser.post(change(article), data | typed)
        if step.code not in MAY[role]:
            assert states(article) == before, step
        elif role != "partner_editor":  # what was public is the editors'
            assert states(article) == [step.state], step
    assert Decision.objects.exists() == bool(MAY[role])


@pytest.mark.parametrize("role", ["partner_editor", "translator", "reader"])
def test_a_hand_made_action_publishes_nothing(role, draft):
    browser = logged_in(make_person(role, languages=["en"], partner=make_partner()))
    confirm(browser, "publish", draft)
    assert states(draft) == [State.DRAFT]


# On the form


def test_a_step_is_saved_together_with_what_was_typed(office, draft, editor):
    assert (
        take(office, change(draft), "submit", "Please look at the figures", title_en="A better title").status_code
        == 302
    )
    draft.refresh_from_db()
    assert (draft.state, draft.title_en) == (State.IN_REVIEW, "A better title")
    decision = Decision.objects.get()
    assert (decision.person, decision.before, decision.after) == (editor, "draft", "in_review")
    assert decision.note == "Please look at the figures"


def test_the_state_can_not_be_typed(office, draft):
    send(office, change(draft), {"state": "published", "standing": "published"})
    assert states(draft) == [State.DRAFT]


def test_a_step_that_is_not_possible_from_here_is_refused_and_nothing_is_lost(office, draft):
    answer = take(office, change(draft), "withdraw", "Old", title_en="Typed")
    assert "not possible from the state “Draft”" in mistakes(answer)[""]
    assert page(answer).select_one("[name=title_en]")["value"] == "Typed"
    draft.refresh_from_db()
    assert (draft.state, draft.title_en != "Typed") == (State.DRAFT, True)


def test_returning_asks_why(office, draft):
    Article.objects.update(state=State.IN_REVIEW)
    assert "Say why" in mistakes(take(office, change(draft), "return", title_en="Typed"))[""]
    assert states(draft) == [State.IN_REVIEW]


def test_what_was_returned_says_so_on_top_with_the_note(office, draft):
    Article.objects.update(state=State.IN_REVIEW)
    take(office, change(draft), "return", "Which enterprises?")
    form = page(office.get(change(draft)))
    assert "Which enterprises?" in form.select_one(".review__returned").text
    assert "returned" in form.select_one(".review__returned").text
    assert form.select_one(".standing--returned")


def test_the_course_is_shown_to_everyone_who_sees_the_record(office, draft):
    take(office, change(draft), "submit", "Have a look")
    reader = logged_in(make_person("reader"))
    form = page(reader.get(change(draft)))
    assert "editor submitted “" in form.select_one(".review__course").text
    assert "Have a look" in form.select_one(".review__course").text
    assert not form.select("[name=_step]")


def test_the_history_names_the_step(office, draft):
    take(office, change(draft), "submit")
    snapshot = snapshots_of(Article, draft.pk).first()
    assert screen(snapshot) == "Form: Article – Submit for review"
    assert changes(snapshot) == ["State"]


def test_a_new_record_can_be_submitted_at_once(office):
    sent = {"title_en": "News", "slug": "news"}
    answer = take(office, f"{ARTICLES}add/", "submit", **sent)
    article = Article.objects.get()
    assert (article.state, answer["Location"]) == (State.IN_REVIEW, change(article))


def test_a_first_publication_is_dated_and_a_second_keeps_its_date(office, draft):
    take(office, change(draft), "publish")
    draft.refresh_from_db()
    first = draft.published_at
    assert draft.is_public
    take(office, change(draft), "withdraw", "A mistake")
    take(office, change(draft), "publish")
    draft.refresh_from_db()
    assert (draft.is_public, draft.published_at.replace(microsecond=0)) == (True, first.replace(microsecond=0))


def test_the_first_button_of_a_form_is_the_one_that_only_saves(office, draft):
    buttons = page(office.get(change(draft))).select("#article_form [type=submit]")
    assert buttons[0]["name"] == "_save"


# Scheduled


def schedule(office, record, time):
    return take(office, change(record), "schedule", **{"review-schedule-due": moment(time)})


def test_what_is_scheduled_is_seen_at_its_minute_without_anything_having_to_run(office, client, draft):
    assert schedule(office, draft, timezone.now() + IN_AN_HOUR).status_code == 302
    draft.refresh_from_db()
    assert (draft.standing, draft.is_public) == (SCHEDULED, False)
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 404
    Article.objects.update(published_at=timezone.now())
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert Article.objects.get().standing == State.PUBLISHED


def test_the_past_can_not_be_scheduled(office, draft):
    answer = schedule(office, draft, timezone.now() - IN_AN_HOUR)
    assert "This time has passed" in mistakes(answer)[""]
    assert states(draft) == [State.DRAFT]


def test_a_time_is_asked_for(office, draft):
    assert mistakes(take(office, change(draft), "schedule"))
    assert states(draft) == [State.DRAFT]


def test_a_schedule_is_cancelled(office, draft):
    schedule(office, draft, timezone.now() + IN_AN_HOUR)
    take(office, change(draft), "redraft")
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == (State.DRAFT, None)


def test_what_was_scheduled_can_be_published_now(office, draft):
    schedule(office, draft, timezone.now() + IN_AN_HOUR)
    take(office, change(draft), "publish")
    assert Article.objects.get().is_public


def test_a_day_to_come_is_no_way_around_scheduling(office):
    article = make_article(lead_en="Lead")
    day = timezone.now() + timedelta(days=3)
    answer = send(office, change(article), {"published_at_0": f"{day:%Y-%m-%d}", "published_at_1": "10:00"})
    assert "choose “Schedule”" in mistakes(answer)["published_at_0"]


def test_editors_filter_by_what_is_scheduled(office, draft):
    now = make_article(lead_en="Lead")
    schedule(office, draft, timezone.now() + IN_AN_HOUR)

    def listed(state):
        names = page(office.get(ARTICLES, {"state__exact": state})).select("#result_list .field-title")
        return [name.text for name in names]

    assert listed("scheduled") == [draft.title_en]
    assert listed("published") == [now.title_en]


# Two at once


def test_a_step_by_someone_else_is_told_in_plain_words(office, other, draft):
    Article.objects.update(state=State.PUBLISHED, published_at=timezone.now())
    mine = filled_in(office, change(draft)) | {"title_en": "Mine"}
    take(other, change(draft), "withdraw", "The date was wrong")
    answer = office.post(change(draft), mine)
    assert differences(answer) == {"State": ["Published", "Withdrawn"]}
    assert "Jana Kos withdrew “" in mistakes(answer)[""]
    assert "Why: The date was wrong" in mistakes(answer)[""]
    assert page(answer).select_one("[name=title_en]")["value"] == "Mine"


def test_a_step_is_not_taken_from_a_state_that_was_not_seen(office, other, draft):
    mine = filled_in(office, change(draft)) | {"_step": "publish"}
    take(other, change(draft), "submit", "Not yet, please")
    assert office.post(change(draft), mine).status_code == 200
    assert states(draft) == [State.IN_REVIEW]


def test_who_may_no_longer_change_it_keeps_what_they_typed(office, draft):
    partner = make_partner()
    project = make_project()
    make_participation(project, partner=partner)
    draft.projects.add(project)
    desk = logged_in(make_person("partner_editor", partner=partner))
    mine = filled_in(desk, change(draft)) | {"title_en": "Typed so far", "review-submit-note": "Ready"}
    take(office, change(draft), "publish")
    answer = desk.post(change(draft), mine | {"_step": "submit"})
    assert answer.status_code == 403
    text = BeautifulSoup(answer.content, "html.parser").get_text()
    assert "Typed so far" in text
    assert "Ready" in text
    assert "editor published “" in text


# Many at once


def test_a_page_asks_before_many_are_published_and_says_which_can_not_be(office, draft):
    bare = make_article(state=State.DRAFT, title_en="Without a lead")
    gone = make_article(state=State.PUBLISHED, title_en="Out already", lead_en="Lead")
    answer = page(several(office, "publish", draft, bare, gone))
    assert draft.title_en in answer.select_one("form.card").text
    unable = answer.select_one("section.card")
    assert "“Lead” is not written in English" in unable.text
    assert "not possible from the state “Published”" in unable.text
    assert unable.select_one(f"a[href='{change(bare)}#id_lead_en']")
    assert states(draft, bare, gone) == [State.DRAFT, State.DRAFT, State.PUBLISHED]


def test_the_others_are_published_and_kept_in_history(office, draft):
    bare = make_article(state=State.DRAFT)
    answer = confirm(office, "publish", draft, bare, note="Together")
    assert states(draft, bare) == [State.PUBLISHED, State.DRAFT]
    assert any("1 record stays as it was" in line for line in said(office.get(answer["Location"])))
    assert Decision.objects.get().note == "Together"
    assert screen(snapshots_of(Article, draft.pk).first()) == "List: Publish"


def test_many_are_withdrawn_only_with_a_reason(office):
    articles = [make_article(lead_en="Lead") for _ in range(2)]
    assert "Say why" in page(confirm(office, "withdraw", *articles)).text
    assert states(*articles) == [State.PUBLISHED] * 2
    confirm(office, "withdraw", *articles, note="The project asked for it")
    assert states(*articles) == [State.WITHDRAWN] * 2
    assert set(Decision.objects.values_list("note", flat=True)) == {"The project asked for it"}


def test_many_are_scheduled(office, draft):
    due = timezone.now() + IN_AN_HOUR
    confirm(office, "schedule", draft, **{"review-schedule-due": moment(due)})
    assert Article.objects.get().standing == SCHEDULED


def test_a_partner_editor_submits_their_own_and_no_others(db, draft):
    partner = make_partner()
    project = make_project()
    make_participation(project, partner=partner)
    own = make_article(project, state=State.DRAFT)
    public = make_article(project)
    desk = logged_in(make_person("partner_editor", partner=partner))
    confirm(desk, "submit", own, draft, public)
    assert states(own, draft, public) == [State.IN_REVIEW, State.DRAFT, State.PUBLISHED]


def test_the_page_of_many_costs_no_more_for_more(office, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        several(office, "publish", draft, make_article(make_project(), state=State.DRAFT, lead_en="Lead"))
    more = [make_article(make_project(), state=State.DRAFT, lead_en="Lead") for _ in range(5)]
    with django_assert_max_num_queries(len(few)):
        several(office, "publish", draft, *more)


# Withdrawn


def test_a_withdrawn_article_leads_on_to_its_project_and_its_list(office, client):
    project = make_project(acronym="RIVER")
    article = make_article(project, slug="first", lead_en="Lead")
    article.slug = "second"
    article.save()
    take(office, change(article), "withdraw", "Old")
    client.logout()
    for slug in ("first", "second"):
        answer = client.get(f"/en/news/{slug}/")
        links = [link["href"] for link in page(answer).select("main a")]
        assert answer.status_code == 410
        assert project.get_absolute_url() in links
        assert "/en/news/" in links


def test_with_a_project_its_events_practices_and_files_are_withdrawn(db, client):
    project = make_project()
    event, practice = make_event(project=project), make_practice(project)
    Project.objects.update(state=State.WITHDRAWN)
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 410
    assert project.get_absolute_url() not in answer.content.decode()
    assert client.get(f"{project.get_absolute_url()}documents/1/report.pdf").status_code == 410
    assert client.get(practice.get_absolute_url()).status_code == 410
    assert list(Event.objects.published()) == []


def test_an_obstacle_is_told_by_the_names_that_editors_know(editor):
    step = next(step for step in STEPS if step.code == "return")
    reason = obstacle(step, editor, Article(state=State.DRAFT))
    assert reason == "“Return” is not possible from the state “Draft”."


# For the first screen


def undo_last(office):
    address = reverse("admin:news_article_undo", args=[BulkChange.objects.latest("pk").pk])
    return said(office.post(address, follow=True))


def test_a_step_with_many_is_undone_and_the_record_tells_so(office, editor):
    article = make_article(body_en="<p>Text</p>", lead_en="Lead")
    confirm(office, "withdraw", article, note="Wrong date")
    undo_last(office)
    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    decision = Decision.objects.on(article).first()
    assert (decision.before, decision.after, decision.person) == ("withdrawn", "published", editor)


def test_what_was_to_wait_does_not_get_public_by_an_undo(office):
    due = timezone.now() + timedelta(seconds=2)
    article = make_article(body_en="<p>Text</p>", lead_en="Lead", published_at=due)
    confirm(office, "redraft", article)
    sleep((due - timezone.now()).total_seconds())
    undo_last(office)
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_what_lacks_something_by_now_does_not_get_public_by_an_undo(office):
    article = make_article(
        body_en="<p>Text</p>", lead_en="Lead", picture=Picture.objects.create(file=picture_file(), alt_en="A robot")
    )
    confirm(office, "withdraw", article, note="Wrong date")
    Picture.objects.update(alt_en="", is_decorative=False)
    undo_last(office)
    article.refresh_from_db()
    assert article.state == State.WITHDRAWN


def test_a_returned_record_shows_why_it_was_returned_whatever_came_after(office, draft):
    take(office, change(draft), "submit")
    take(office, change(draft), "return", "Which enterprises?")
    confirm(office, "publish", draft, note="Fine now")
    undo_last(office)
    shown = page(office.get(change(draft)))
    assert "Which enterprises?" in shown.select_one(".review").text


@pytest.mark.parametrize("state", ["published", "famous"])
def test_a_state_that_was_put_into_the_form_by_hand_changes_nothing(office, draft, state):
    assert send(office, change(draft), {"state": state, "title_en": "Typed"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title_en, draft.state, draft.published_at) == ("Typed", State.DRAFT, None)
