"""A record in one language, the source beside it: saved with all the checks of its own form, and on to the next."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from editorial.models import Snapshot
from news.models import Article
from projects.models import Project
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.translating.pages import BOARD, queue, work
from tests.editorial.translating.test_progress import row, states
from tests.forms import change, filled_in, mistakes, said, send


@pytest.fixture
def outdated(office, article):
    """The article with a title that changed since it was translated."""
    send(office, change(article), {"title_en": "Ten partners meet"})
    return article


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_the_words_that_changed_are_marked_in_the_source(desk, outdated):
    page = soup(desk.get(work(outdated)))
    changes = page.select_one(".work-text__changes")
    assert changes.find("del").get_text().endswith("Nine")
    assert changes.find("ins").get_text().endswith("Ten")
    assert [text["name"] for text in page.select("form.work [name$=_sl]")] == ["title_sl", "lead_sl", "body_sl"]


def test_what_is_saved_is_kept_as_a_version_and_the_next_one_follows(desk, translator, outdated):
    other = make.make_article(title_en="Another one")
    call_command("refresh_translations")
    answer = send(desk, work(outdated, query="?kind=news"), {"title_sl": "Deset partnerjev se sreča", "_save": ""})
    assert Article.objects.get(pk=outdated.pk).title_sl == "Deset partnerjev se sreča"
    assert states(outdated)["title"] == "complete"
    snapshot = Snapshot.objects.filter(kind="news.article", record_id=outdated.pk).first()
    assert (snapshot.user, snapshot.screen) == (translator, "translation")
    assert snapshot.changes["fields"] == [["title", ["sl"]]]
    assert answer.status_code == 302
    assert answer["Location"] in (work(other, query="?kind=news"), BOARD + "?kind=news")


def test_the_queue_goes_from_what_is_public_to_what_is_not_and_ends_at_the_board(desk):
    draft = make.make_article(state="draft")
    public = make.make_article()
    call_command("refresh_translations")
    address = queue(query="?kind=news.article")
    assert desk.get(address)["Location"] == work(public, query="?kind=news.article")
    skipped = desk.get(work(public, query="?kind=news.article&skip"))
    assert skipped["Location"] == work(draft, query="?kind=news.article")
    end = desk.get(work(draft, query="?kind=news.article&skip"), follow=True)
    assert said(end) == ["That was the end of the queue."]


def test_save_stays_at_the_record(desk, outdated):
    answer = send(desk, work(outdated), {"title_sl": "Deset", "_continue": ""})
    assert answer["Location"] == work(outdated)


def test_still_right_changes_nothing_but_the_mark(desk, translator, outdated):
    send(desk, work(outdated), {"right": "title", "_save": ""})
    assert states(outdated)["title"] == "complete"
    assert row(outdated).checked_by == translator
    assert Article.objects.get(pk=outdated.pk).title_sl == "Devet partnerjev se sreča"


def test_saving_without_a_change_leaves_it_outdated(desk, outdated):
    before = Snapshot.objects.count()
    answer = send(desk, work(outdated), {"_continue": ""}, follow=True)
    assert states(outdated)["title"] == "stale"
    assert Snapshot.objects.count() == before
    assert said(answer)[0].startswith("Nothing was changed")


def test_what_the_form_refuses_is_said_beside_the_text_and_nothing_typed_is_lost(desk, article):
    answer = send(desk, work(article), {"title_sl": "x" * 201, "lead_sl": "Novo.", "_save": ""})
    assert answer.status_code == 200
    assert set(mistakes(answer)) == {"title_sl"}
    assert "Novo." in answer.content.decode()
    assert Article.objects.get().lead_sl == "Srečali so se v Dobovi."


def test_rich_text_is_cleaned_as_everywhere(desk, article):
    send(desk, work(article), {"body_sl": "<p onclick='x()'>Prvi dan.<script>x()</script></p>", "_save": ""})
    assert Article.objects.get().body_sl == "<p>Prvi dan.</p>"


def test_a_translator_posts_no_other_field_even_by_hand(desk, article):
    data = filled_in(desk, work(article)) | {"_save": ""}
    before = Article.objects.values().get()
    desk.post(work(article), data | {"title_en": "Hacked", "title_bg": "Hacked", "slug": "hacked", "state": "draft"})
    after = Article.objects.values().get()
    assert {name for name in before if before[name] != after[name]} <= {"updated_at"}


def test_a_translator_posts_to_no_other_language_even_by_hand(desk, article):
    data = filled_in(desk, work(article)) | {"title_bg": "Hacked", "_save": ""}
    assert desk.get(work(article, "bg")).status_code == 200  # to be read
    assert desk.post(work(article, "bg"), data).status_code == 403
    assert not Article.objects.get().title_bg


def test_a_translator_approves_nothing_even_by_hand(desk, article):
    data = filled_in(desk, work(article)) | {"_approve": ""}
    assert desk.post(work(article), data).status_code == 403
    call_command("refresh_translations")
    assert row(article).approved == 0


def test_still_right_by_hand_goes_no_further_than_ones_own_texts(desk, translator, outdated):
    translator.languages = ["bg"]
    translator.save()
    assert logged_in(translator).post(work(outdated), {"right": "title", "_save": ""}).status_code == 403
    assert states(outdated)["title"] == "stale"


@pytest.mark.parametrize(("role", "code"), [("reader", 200), ("partner_editor", 404)])
def test_who_may_not_write_reads_or_does_not_even_see_it(article, role, code):
    person = logged_in(make_person(role, partner=make.make_partner(), languages=["sl"]))
    assert person.get(work(article)).status_code == code
    assert person.post(work(article), {"title_sl": "Hacked", "_save": ""}).status_code in (403, 404)
    assert Article.objects.get().title_sl == "Devet partnerjev se sreča"


def test_a_partner_editor_translates_what_they_have_in_hand(db):
    partner = make.make_partner()
    project = make.make_project()
    make.make_participation(project, partner=partner)
    article = make.make_article(project, state="draft")
    editor = logged_in(make_person("partner_editor", partner=partner, languages=["sl"]))
    send(editor, work(article), {"title_sl": "Novica", "_save": ""})
    assert Article.objects.get().title_sl == "Novica"


@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator"])
def test_who_may_approve_does(outdated, role):
    person = make_person(role)
    send(logged_in(person), work(outdated), {"_approve": ""})
    assert states(outdated) == {"title": "approved", "lead": "approved", "body": "missing"}
    assert row(outdated).checked_by == person


def test_what_was_typed_for_a_record_that_is_no_more_is_shown(desk, article):
    data = filled_in(desk, work(article)) | {"title_sl": "Kar sem napisal", "_save": ""}
    address = work(article)
    Article.objects.all().delete()
    answer = desk.post(address, data)
    assert answer.status_code == 403
    assert "Kar sem napisal" in answer.content.decode()


def test_what_was_typed_stays_when_the_right_is_withdrawn_meanwhile(desk, translator, article):
    data = filled_in(desk, work(article)) | {"title_sl": "Kar sem napisal", "_save": ""}
    translator.languages = ["bg"]
    translator.save()
    answer = desk.post(work(article), data)
    assert answer.status_code == 403
    assert "Kar sem napisal" in answer.content.decode()
    assert Article.objects.get().title_sl == "Devet partnerjev se sreča"


def test_the_language_it_is_written_in_has_no_page(office, article):
    for answer in (office.get(work(article, "en")), office.post(work(article, "en"), {"_approve": ""})):
        assert answer["Location"] == f"{BOARD}news.article/{article.pk}/"


def test_a_reviewer_approves_only_what_they_have_seen(outdated):
    reviewer = logged_in(make_person("reviewer"))
    data = filled_in(reviewer, work(outdated)) | {"_approve": ""}
    Article.objects.update(title_sl="Nekaj drugega")
    answer = reviewer.post(work(outdated), data)
    assert "changed while you were writing" in answer.content.decode()
    assert row(outdated).approved == 0


def test_a_source_that_changed_meanwhile_is_told_and_nothing_typed_is_lost(desk, office, article):
    data = filled_in(desk, work(article)) | {"title_sl": "Devet partnerjev", "_save": ""}
    send(office, change(article), {"title_en": "Ten partners meet"})
    answer = desk.post(work(article), data)
    page = answer.content.decode()
    assert "changed while you were writing" in page
    assert 'value="Devet partnerjev"' in page
    assert soup(answer).select_one(".work-text__changes ins").get_text().endswith("Ten")
    assert Article.objects.get().title_sl == "Devet partnerjev se sreča"
    again = {field["name"]: field.get("value", "") for field in soup(answer).select("form.work input[name]")}
    desk.post(work(article), data | {"_seen": again["_seen"], "_opened": again["_opened"]})
    assert Article.objects.get().title_sl == "Devet partnerjev"


def test_a_translation_that_someone_else_changed_meanwhile_is_shown_beside_ones_own(desk, office, article):
    data = filled_in(desk, work(article)) | {"title_sl": "Moje", "_save": ""}
    send(office, change(article), {"title_sl": "Njihovo"})
    answer = desk.post(work(article), data)
    collision = soup(answer).select_one(".collision")
    assert "Njihovo" in collision.get_text()
    assert soup(answer).select_one("[name=title_sl]")["value"] == "Moje"
    assert Article.objects.get().title_sl == "Njihovo"


@pytest.mark.parametrize(
    "address",
    ["news.article/999/sl/", "news.article/{pk}/xx/", "auth.group/1/sl/", "nothing.here/1/sl/", "accounts.user/1/sl/"],
)
def test_what_is_not_there_is_not_found(desk, article, address):
    assert desk.get(BOARD + address.format(pk=article.pk)).status_code == 404


def test_a_visitor_is_sent_to_the_login(client, article):
    for address in (BOARD, work(article), queue(), BOARD + "returned/"):
        assert client.get(address)["Location"].startswith("/admin/login/")


def test_the_page_of_a_project_takes_few_queries(desk, django_assert_max_num_queries):
    project = make.make_project()
    for _ in range(5):
        make.make_participation(project)
    call_command("refresh_translations")
    desk.get(work(project))
    with django_assert_max_num_queries(25):
        desk.get(work(Project.objects.get()))
