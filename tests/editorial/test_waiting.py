"""The first screen tells each person what waits for them, how the portal does, and what they can still undo."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone, translation

from editorial import waiting
from editorial.keeping import keep
from editorial.models import Picture
from editorial.progress import coverage, last_months, published
from editorial.review import BY_CODE, decide
from editorial.states import State
from editorial.translating.progress import observe
from editorial.waiting import Part, Waiting, waiting_for
from news.models import Article
from partners.models import Contact
from results.models import Measurement
from tests.accounts.people import logged_in, make_person
from tests.factories import (
    make_article,
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_practice,
    make_project,
    make_target,
)
from tests.test_back_office import make_one_of_each, picture_file, queries_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def counted_anew():
    cache.clear()


def waits(person, name):
    """What the person's card of a thing says: its count and its lines; None where there is no card."""
    return next(
        ((each.count, [row.line for row in each.rows]) for each in waiting_for(person) if each.waiting.name == name),
        None,
    )


def screen_of(person):
    return BeautifulSoup(logged_in(person).get("/admin/").content, "html.parser")


@pytest.fixture
def theirs(db):
    """A partner editor with a project of their organisation, and somebody else's project."""
    partner = make_partner()
    project, other = make_project(acronym="OURS"), make_project(acronym="THEIRS")
    make_participation(project, partner=partner)
    return make_person("partner_editor", partner=partner), project, other


def submit(record, person):
    decide(BY_CODE["submit"], record, State.DRAFT, person)


def test_what_is_public_with_something_missing_waits_with_the_way_to_each_field(theirs):
    person, project, other = theirs
    make_article(project, title_en="Ours", title_sl="Naše", body_en="")
    make_article(other, title_en="Theirs")
    card = next(thing for thing in waiting_for(make_person("editor")) if thing.waiting.name == "gaps")
    [address] = {address for _name, address in card.lists}
    page = BeautifulSoup(logged_in(make_person("editor")).get(address).content, "html.parser")
    assert page.select_one("#content-main a[href*='/change/#id_']")
    assert "Theirs" in page.text
    assert "Theirs" not in logged_in(person).get(address).content.decode()


def test_outdated_translations_wait_for_their_translator():
    article = make_article(title_en="Visit", title_sl="Obisk")
    observe([article])
    article.title_en = "Second visit"
    article.save()
    observe([article])
    translator = make_person("translator", languages=["sl"])
    assert waits(translator, "stale") == (1, ["Second visit"])
    [row] = next(thing for thing in waiting_for(translator) if thing.waiting.name == "stale").rows
    assert logged_in(translator).get(row.address).status_code == 200
    assert waits(make_person("reader"), "stale") is None


def test_what_is_in_review_waits_for_those_who_publish(theirs):
    person, project, _other = theirs
    make_article(project, state=State.IN_REVIEW, title_en="News")
    make_event(project=project, state=State.IN_REVIEW, title_en="Event")
    make_measurement(make_target(project), state="submitted")
    for role in ("administrator", "editor", "reviewer"):
        count, lines = waits(make_person(role), "review")
        assert count == 3
        assert {"News", "Event"} < set(lines)
    for someone in (person, make_person("translator", languages=["sl"]), make_person("reader")):
        assert waits(someone, "review") is None


def test_a_card_shows_five_and_leads_to_the_same_ones_in_the_list(office, editor):
    for number in range(7):
        make_article(state=State.IN_REVIEW, title_en=f"News {number}")
    make_article()
    card = BeautifulSoup(office.get("/admin/").content, "html.parser").select_one(".card.waiting")
    assert len(card.select("li")) == 5
    assert card.select_one(".waiting__count").text == "7"
    way = card.select_one(".more")
    assert way.text == "In the list: Articles (7)"
    assert len(BeautifulSoup(office.get(way["href"]).content, "html.parser").select("#result_list tbody tr")) == 7


def test_every_way_to_the_list_shows_as_many_as_the_card_says(theirs):
    person, project, other = theirs
    editor = make_person("administrator")
    for reader in (person, editor):
        for record in (make_article(project, state=State.DRAFT), make_event(project=project, state=State.RETURNED)):
            keep(record, reader, "form")
            submit(record, reader)
    make_measurement(make_target(project), state="returned", author=editor)
    make_measurement(make_target(other), state="submitted")
    make_period(project, due_on=TODAY())
    Contact.objects.create(partner=make_partner(), function_en="Press", email="p@example.org", consent_ends_on=TODAY())
    Picture.objects.create(file=picture_file())
    invited = make_person("reader")
    invited.set_unusable_password()
    invited.save()
    names = set()
    for reader in (person, editor):
        browser = logged_in(reader)
        for thing in waiting_for(reader):
            if thing.waiting.name in ("gaps", "stale"):  # on pages of their own
                continue
            names.add(thing.waiting.name)
            for name, address in thing.lists:
                rows = BeautifulSoup(browser.get(address).content, "html.parser").select("#result_list tbody tr")
                assert name.endswith(f"({len(rows)})"), (reader, name, address)
            for row in thing.rows[:1]:
                assert browser.get(row.address).status_code == 200, row
    assert names == {"review", "returned", "figures", "consent", "pictures", "drafts", "invitations", "keeping"}


def test_what_was_returned_waits_for_who_submitted_it_and_for_nobody_else():
    author, reviewer, other = (make_person(role) for role in ("editor", "reviewer", "editor"))
    article = make_article(state=State.RETURNED, title_en="Once more")
    submit(article, author)
    keep(article, other, "form")
    assert waits(author, "returned") == (1, ["Once more"])
    assert waits(other, "returned") is None
    assert waits(reviewer, "returned") is None


def test_what_was_returned_waits_for_an_organisation_as_a_whole(theirs):
    person, project, other = theirs
    make_article(project, state=State.RETURNED, title_en="Ours")
    make_article(other, state=State.RETURNED, title_en="Theirs")
    make_measurement(make_target(project), state="returned")
    count, lines = waits(person, "returned")
    assert (count, lines[0]) == (2, "Ours")


def test_ones_own_drafts_wait_and_nobody_elses():
    author, other = make_person("editor"), make_person("editor")
    keep(make_article(state=State.DRAFT, title_en="Begun"), author, "form")
    keep(make_article(state=State.PUBLISHED), author, "form")
    assert waits(author, "drafts") == (1, ["Begun"])
    assert waits(other, "drafts") is None


@pytest.mark.parametrize(
    ("due", "state", "locked", "waiting"),
    [
        (-9, None, False, True),
        (9, "draft", False, True),
        (9, "returned", False, True),
        (9, "submitted", False, False),
        (9, "approved", False, False),
        (60, None, False, False),
        (9, None, True, False),
    ],
)
def test_figures_are_due_until_they_are_handed_in(theirs, due, state, locked, waiting):
    person, project, other = theirs
    target = make_target(project)
    period = make_period(project, number=2, due_on=TODAY() + timedelta(due))
    make_period(other, due_on=TODAY())
    if state:
        make_measurement(target, period=period, state=state)
    if locked:
        type(period).objects.filter(pk=period.pk).update(locked_on=TODAY())
    assert waits(person, "figures") == ((1, ["OURS 2"]) if waiting else None)
    assert waits(make_person("reader"), "figures") is None


def test_figures_of_a_project_without_targets_or_cancelled_are_not_due(theirs):
    person, project, _other = theirs
    make_period(project, due_on=TODAY())
    assert waits(person, "figures") is None
    make_target(project)
    assert waits(person, "figures")
    type(project).objects.update(cancelled_on=TODAY())
    assert waits(person, "figures") is None


@pytest.mark.parametrize(
    ("ends", "until", "waiting"), [(12, None, True), (-5, None, True), (12, -1, False), (90, None, False)]
)
def test_contacts_whose_consent_ends_wait_for_editors(ends, until, waiting):
    Contact.objects.create(
        partner=make_partner(short_name="Agency"),
        function_en="Press",
        email="press@example.org",
        consent_ends_on=TODAY() + timedelta(ends),
        end=TODAY() + timedelta(until) if until else None,
    )
    assert waits(make_person("editor"), "consent") == ((1, ["Press, Agency"]) if waiting else None)
    for role in ("reviewer", "translator", "reader"):
        assert waits(make_person(role, languages=["en"]), "consent") is None


def test_pictures_without_a_description_wait_for_who_may_write_it():
    Picture.objects.create(file=picture_file())
    Picture.objects.create(file=picture_file(), is_decorative=True)
    assert waits(make_person("editor"), "pictures")[0] == 1
    assert waits(make_person("translator", languages=["en"]), "pictures")[0] == 1
    assert waits(make_person("translator", languages=["sl"]), "pictures") is None


def test_invitations_wait_for_administrators_until_a_password_is_set():
    person = make_person("reader", first_name="Maja", last_name="Example")
    person.set_unusable_password()
    person.save()
    administrator = make_person("administrator")
    User = type(administrator)
    User.objects.exclude(pk=person.pk).update(password="something")
    assert waits(administrator, "invitations") == (1, ["Maja Example"])
    assert waits(make_person("editor"), "invitations") is None
    person.set_password("a-long-password")
    person.save()
    assert waits(administrator, "invitations") is None or "Maja Example" not in waits(administrator, "invitations")[1]


def test_a_part_may_be_a_list_with_a_page_and_a_name_of_its_own(editor, monkeypatch):
    articles = [make_article(title_en=f"Text {number}") for number in range(7)]
    part = Part(
        articles, Article, "/admin/board/", note=lambda article: "old", address=lambda article: "/a/", name="Texts"
    )
    monkeypatch.setitem(waiting._finders, "board", [lambda user: [part]])
    found = waiting.found(Waiting("board", "Board", 1), editor)
    assert (found.count, found.lists) == (7, [("Texts (7)", "/admin/board/")])
    assert found.rows[0] == ("Text 0", "/a/", "old")


def test_who_has_nothing_to_do_reads_so_and_sees_how_the_portal_does():
    make_article(title_en="News", title_sl="Novice")
    page = screen_of(make_person("reader"))
    assert "Nothing waits for you" in page.select_one("section.dashboard").text
    assert "1 page this month" in " ".join(page.select_one(".progress__sum").text.split())
    languages = {each.dt.text: " ".join(each.dd.text.split()) for each in page.select(".coverage > div")}
    assert languages["slovenščina"] == "100% 1 of 1 texts"
    assert languages["latviešu"] == "0% 0 of 1 texts"


def test_an_empty_portal_says_so_without_a_chart():
    page = screen_of(make_person("editor"))
    assert "Nothing has been published" in page.text
    assert "Nothing is public yet." in page.text
    assert not page.select(".months, .coverage")


def test_what_was_published_is_counted_by_month_and_kind():
    now = timezone.localtime()
    earlier = now.replace(day=15) - timedelta(70)
    make_article(published_at=now)
    make_article(published_at=earlier)
    make_event(published_at=now)
    make_event(published_at=now + timedelta(3))  # scheduled
    make_article(state=State.DRAFT)
    make_article(published_at=now - timedelta(800))
    found = published()
    assert (found.now, found.year) == (2, 3)
    assert [month.number for month in found.months if month.number] == [1, 2]
    assert [(kind.name, kind.now, kind.year) for kind in found.kinds] == [("Articles", 1, 2), ("Events", 1, 1)]
    assert max(month.share for month in found.months) == 1


def test_the_last_twelve_months_cross_the_year():
    months = last_months(date(2026, 2, 28))
    assert (months[0], months[-1], len(months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)


def test_coverage_counts_texts_of_public_records_that_are_written_in_some_language():
    make_article(title_en="A", title_sl="B", lead_en="C")
    make_article(title_sl="only Slovenian", title_en="")
    make_article(title_lv="a draft", state=State.DRAFT)
    counts = {each.language: (each.written, each.all) for each in coverage()}
    assert counts == {"en": (2, 3), "sl": (2, 3), "lv": (0, 3), "bg": (0, 3)}


def test_coverage_is_counted_anew_every_ten_minutes_and_not_at_every_visit(django_assert_num_queries):
    make_article()
    coverage()
    with django_assert_num_queries(0):
        assert coverage()[0].all == 1


def test_the_first_screen_takes_no_more_queries_with_more_content(office):
    def fill():
        for _ in range(3):
            make_one_of_each()
        project = make_project()
        target = make_target(project)
        for _ in range(3):
            make_article(project, state=State.IN_REVIEW)
            make_practice(project, state=State.IN_REVIEW)
            make_period(project, due_on=TODAY())
            make_measurement(target, state=Measurement.State.SUBMITTED)
        cache.clear()

    fill()
    queries_of(office, "/admin/")
    cache.clear()
    few = queries_of(office, "/admin/")
    fill()
    fill()
    many = queries_of(office, "/admin/")
    assert len(many) - len(few) <= 4, "a count for each card that holds more than it shows"
    assert len(few) <= 65


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_not_read_again_until_some_of_it_is_saved(django_assert_max_num_queries):
    editor = make_person("administrator")
    article = make_article(state=State.IN_REVIEW, title_en="News", title_sl="Novice")
    period = make_period(make_target(make_project()).project, due_on=TODAY())
    make_event(state=State.IN_REVIEW)
    first = waiting_for(editor), published()
    with django_assert_max_num_queries(6):  # the person's role, rights and languages
        assert (waiting_for(type(editor).objects.get(pk=editor.pk)), published()) == first
    assert waits(editor, "review")[0] == 2
    article.state = State.PUBLISHED
    article.save()
    assert waits(editor, "review")[0] == 1
    assert published().now == first[1].now + 1
    period.delete()
    assert waits(editor, "figures") is None


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_what_waits_is_for_one_person_with_their_rights_and_in_their_language(theirs):
    person, project, other = theirs
    for each in (project, other):
        make_article(each, state=State.RETURNED, title_en="News", title_sl="Novice")
    editor = make_person("administrator")
    submit(Article.objects.last(), editor)
    assert (waits(person, "returned")[0], waits(editor, "returned")[0]) == (1, 1)
    with translation.override("sl"):
        assert waits(person, "returned") == (1, ["Novice"])
    assert waits(person, "returned") == (1, ["News"])
    person.groups.clear()
    assert waits(type(person).objects.get(pk=person.pk), "returned") is None


@pytest.mark.django_db(transaction=True)
def test_a_screen_seen_twice_is_the_same(office, editor):
    for _ in range(2):
        make_one_of_each()
    screens = [BeautifulSoup(office.get("/admin/").content, "html.parser").select_one("#content-main") for _ in "12"]
    assert screens[0].text == screens[1].text
    assert screens[0].select(".card.waiting")


def test_the_last_action_over_several_is_offered_for_a_week(office, editor):
    articles = [make_article(), make_article()]
    data = {"action": "delete_selected", "post": "yes", "_selected_action": [article.pk for article in articles]}
    office.post("/admin/news/article/", data)
    page = BeautifulSoup(office.get("/admin/").content, "html.parser")
    assert "Articles (2)" in page.select_one(".above-list").text
    office.post(page.select_one(".above-list")["action"])
    assert Article.objects.count() == 2
    assert not BeautifulSoup(office.get("/admin/").content, "html.parser").select(".above-list")
