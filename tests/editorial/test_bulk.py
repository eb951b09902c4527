"""An action over several records is kept as one, and whoever did it can undo it."""

from types import SimpleNamespace

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from editorial.bulk import bulk_change, last_bulk_change, undo
from editorial.models import BulkChange, Picture
from editorial.states import State
from editorial.versions import snapshots_of
from news.models import Article
from projects.models import Project, Topic
from tests.accounts.people import logged_in, make_person
from tests.factories import make_article, make_participation, make_partner, make_phase, make_practice, make_project
from tests.forms import change, said, send
from tests.test_back_office import picture_file

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


def asked_by(person):
    """A request by which a list's action publishes."""
    return SimpleNamespace(
        user=person,
        resolver_match=SimpleNamespace(url_name="news_article_changelist"),
        POST={"action": "publish"},
    )


def publish(person, records, check=bool):
    with bulk_change(asked_by(person), records) as bulk:
        for record in bulk.records:
            check(record)
            record.state = State.PUBLISHED
            bulk.save(record)
    return bulk.change


def states(records):
    return sorted(records.model.objects.filter(pk__in=[each.pk for each in records]).values_list("state", flat=True))


def ticked(*records):
    return {ACTION_CHECKBOX_NAME: [record.pk for record in records]}


def list_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_changelist")


def set_topics(browser, records, how, topics, **more):
    data = {"action": "set_topics", "how": how, "topics": [topic.pk for topic in topics]} | ticked(*records) | more
    return browser.post(list_of(records[0]), data, follow=True)


def press_undo(browser, bulk):
    app, model = bulk.kind.split(".")
    return browser.post(reverse(f"admin:{app}_{model}_undo", args=[bulk.pk]), follow=True)


@pytest.fixture
def drafts(db):
    for number in range(3):
        make_article(state=State.DRAFT, title_en=f"Draft {number}", title_sl=f"Osnutek {number}")
    return Article.objects.order_by("pk")


@pytest.fixture
def topics(db):
    return [Topic.objects.create(slug=slug, name_en=slug.title(), order=place) for place, slug in enumerate("abc")]


def test_publishing_several_is_undone_with_the_state(editor, drafts):
    bulk = publish(editor, drafts)
    assert states(drafts) == ["published"] * 3
    outcome = undo(bulk, asked_by(editor))
    assert (outcome.done, outcome.left) == (3, [])
    assert states(drafts) == ["draft"] * 3
    assert not Article.objects.filter(published_at__isnull=False).exists()


def test_each_record_keeps_its_versions_and_its_log(office, editor, drafts):
    bulk = publish(editor, drafts)
    undo(bulk, asked_by(editor))
    screens = [each.screen for each in snapshots_of(Article, drafts[0].pk)]
    assert screens == ["undo", "action:publish", "outside"]
    history = office.get(f"{LIST}{drafts[0].pk}/history/").content.decode()
    assert "An action over several records undone" in history


def test_what_someone_changed_since_is_left_and_named(office, editor, drafts, django_user_model):
    bulk = publish(editor, drafts)
    other = django_user_model.objects.create_superuser("ana", first_name="Ana", interface_language="en")
    send(logged_in(other), change(drafts[0]), {"title_en": "Written by Ana"})
    answer = press_undo(office, bulk)
    assert "Undone: 2 records are as they were." in said(answer)
    assert any("“Draft 0” was left as it is. Ana changed it on" in sentence for sentence in said(answer))
    assert states(drafts) == ["draft", "draft", "published"]
    assert Article.objects.get(pk=drafts[0].pk).title_en == "Written by Ana"


def test_what_a_command_changed_or_deleted_since_is_left_too(office, editor, drafts):
    first, second, _third = drafts
    bulk = publish(editor, drafts)
    Article.objects.filter(pk=first.pk).update(title_sl="Nekaj drugega")
    Article.objects.filter(pk=second.pk).delete()
    told = " ".join(said(press_undo(office, bulk)))
    assert "“Draft 0” was left as it is. It has been changed since." in told
    assert "“Draft 1” was left as it is. It has been deleted since." in told
    assert "Undone: 1 record is as it was." in told


def test_a_link_to_the_preview_is_no_change(office, editor, drafts):
    bulk = publish(editor, drafts)
    office.post(f"{LIST}{drafts[0].pk}/preview/")
    assert undo(bulk, asked_by(editor)).done == 3


def test_an_undo_works_once(office, editor, drafts):
    bulk = publish(editor, drafts)
    press_undo(office, bulk)
    Article.objects.update(state=State.IN_REVIEW)
    assert said(press_undo(office, bulk)) == ["This has been undone already."]
    assert states(drafts) == ["in_review"] * 3


def test_nobody_undoes_what_another_did(office, drafts):
    bulk = publish(make_person("editor"), drafts)
    assert press_undo(office, bulk).status_code == 403
    assert states(drafts) == ["published"] * 3
    assert "Undo" not in office.get(LIST).content.decode()


def test_an_undo_is_posted_to_the_list_it_belongs_to(office, editor, drafts):
    bulk = publish(editor, drafts)
    assert office.get(f"{LIST}undo/{bulk.pk}/").status_code == 405
    assert office.post(f"/admin/news/event/undo/{bulk.pk}/").status_code == 404
    assert office.post(f"{LIST}undo/{bulk.pk + 1}/").status_code == 404


def test_who_lost_the_right_meanwhile_can_not_undo(drafts):
    person = make_person("editor")
    bulk = publish(person, drafts)
    translator = make_person("translator", languages=["sl"])
    BulkChange.objects.update(user=translator)
    told = " ".join(said(press_undo(logged_in(translator), bulk)))
    assert "“Draft 0” was left as it is. You may not change it back." in told
    assert states(drafts) == ["published"] * 3
    bulk.refresh_from_db()
    assert bulk.undone_at is None


def test_a_reviewer_takes_back_the_state_and_nothing_else_is_touched(drafts):
    reviewer = make_person("reviewer")
    bulk = publish(reviewer, drafts)
    assert undo(bulk, asked_by(reviewer)).done == 3
    assert states(drafts) == ["draft"] * 3
    assert set(Article.objects.values_list("title_sl", flat=True)) == {"Osnutek 0", "Osnutek 1", "Osnutek 2"}


def test_what_contradicts_a_rule_is_left_with_the_reason(editor, topics):
    project = make_project()
    phase = make_phase(project, number=1, name_en="One")
    with bulk_change(asked_by(editor), type(phase).objects.filter(pk=phase.pk)) as bulk:
        for each in bulk.records:
            each.number = 2
            bulk.save(each)
    type(phase).objects.create(project=project, number=1, start=project.start, end=project.start)
    outcome = undo(bulk.change, asked_by(editor))
    assert outcome.done == 0
    assert "phase with this number already" in outcome.left[0][1]


def test_an_error_takes_everything_back(editor, drafts):
    Article.objects.filter(pk=drafts[2].pk).update(slug="")

    def publish_and_fail(record):
        if not record.slug:
            raise ValueError("no address")

    with pytest.raises(ValueError, match="no address"):
        publish(editor, drafts, check=publish_and_fail)
    assert states(drafts) == ["draft"] * 3
    assert not BulkChange.objects.exists()


def test_what_changed_nothing_offers_no_undo(editor, drafts):
    with bulk_change(asked_by(editor), drafts):
        pass
    assert last_bulk_change(editor) is None


def test_deleted_ones_are_brought_back_as_public_as_they_were(office, editor):
    articles = [make_article(title_en="One"), make_article(title_en="Two")]
    office.post(LIST, {"action": "delete_selected", "post": "yes"} | ticked(*articles))
    assert not Article.objects.exists()
    page = office.get(LIST).content.decode()
    assert "Articles (2)" in page
    told = said(press_undo(office, BulkChange.objects.get()))
    assert told == ["Undone: 2 records are as they were."]
    assert set(Article.objects.published()) == set(articles)


def test_deleted_pictures_can_not_come_back(office):
    picture = Picture.objects.create(file=picture_file(), alt_en="A rectangle")
    office.post("/admin/editorial/picture/", {"action": "delete_selected", "post": "yes"} | ticked(picture))
    assert "You may not bring it back." in " ".join(said(press_undo(office, BulkChange.objects.get())))


def test_people_are_deleted_as_ever(office, django_user_model):
    person = django_user_model.objects.create_user("someone")
    office.post("/admin/accounts/user/", {"action": "delete_selected", "post": "yes"} | ticked(person))
    assert not django_user_model.objects.filter(username="someone").exists()


def test_topics_are_shown_before_they_are_set(office, drafts, topics):
    answer = office.post(LIST, {"action": "set_topics", "index": 0} | ticked(*drafts))
    assert answer.status_code == 200
    drafts[0].topics.set(topics[:1])
    page = set_topics(office, drafts, "add", topics[:1]).content.decode()
    assert "Change 2 records" in page
    assert "It has these topics already." in page
    assert not drafts[1].topics.exists()


@pytest.mark.parametrize(("how", "expected"), [("add", "ab"), ("take_out", "a"), ("replace", "b")])
def test_topics_of_many_are_set_and_undone(office, drafts, topics, how, expected):
    drafts[0].topics.set(topics[:1])
    drafts[1].topics.set(topics[:2])
    assert said(set_topics(office, drafts, how, topics[1:2], apply=""))[0].endswith("changed.")
    assert "".join(drafts[0].topics.values_list("slug", flat=True)) == expected
    press_undo(office, BulkChange.objects.get())
    assert [[topic.slug for topic in each.topics.all()] for each in drafts] == [["a"], ["a", "b"], []]


def test_no_topic_is_no_choice_unless_all_go(office, drafts, topics):
    drafts[0].topics.set(topics)
    assert "Tick at least one topic." in set_topics(office, drafts, "add", [], apply="").content.decode()
    set_topics(office, drafts, "replace", [], apply="")
    assert not drafts[0].topics.exists()
    assert said(set_topics(office, drafts, "replace", [], apply="")) == [
        "Nothing was changed: the records have these topics already."
    ]


def test_the_list_offers_the_undo_right_after(office, drafts, topics):
    page = set_topics(office, drafts, "add", topics, apply="").content.decode()
    assert "<b>Set topics</b>, Articles (3)" in page
    assert f"{LIST}undo/{BulkChange.objects.get().pk}/" in page


def test_a_partner_editor_sets_topics_of_their_own_drafts_alone(topics):
    partner = make_partner()
    project = make_project()
    make_participation(project, partner=partner)
    own = make_article(project, state=State.DRAFT, title_en="Ours")
    public = make_article(project, title_en="Ours in public")
    foreign = make_article(make_project(), state=State.DRAFT, title_en="Theirs")
    browser = logged_in(make_person("partner_editor", partner=partner))
    page = set_topics(browser, [own, public, foreign], "add", topics).content.decode()
    assert "Theirs" not in page
    assert "You may not change this one." in page
    set_topics(browser, [own, public, foreign], "add", topics, apply="")
    assert [article.topics.count() for article in (own, public, foreign)] == [3, 0, 0]


@pytest.mark.parametrize("role", ["translator", "reviewer", "reader"])
def test_who_may_not_write_topics_is_not_offered_them(drafts, topics, role):
    browser = logged_in(make_person(role, languages=["en"]))
    assert "set_topics" not in browser.get(LIST).content.decode()
    set_topics(browser, drafts, "add", topics, apply="")
    assert not Article.objects.filter(topics__isnull=False).exists()


def test_projects_and_practices_have_topics_too(office, topics):
    project = make_project()
    for record in (project, make_practice(project)):
        set_topics(office, [record], "add", topics, apply="")
        assert record.topics.count() == 3


def test_the_page_takes_no_more_queries_with_more_records(office, topics, django_assert_max_num_queries):
    for _ in range(12):
        make_article().topics.set(topics)
    with django_assert_max_num_queries(22):
        set_topics(office, list(Article.objects.all()), "take_out", topics)


def test_a_partly_undone_change_of_projects_leaves_the_rest(office, topics):
    projects = [make_project(acronym="ONE"), make_project(acronym="TWO")]
    set_topics(office, projects, "add", topics, apply="")
    Project.objects.filter(acronym="TWO").update(call="5")
    press_undo(office, BulkChange.objects.get())
    assert [each.topics.count() for each in projects] == [0, 3]
