"""Those concerned hear of a step of the review: at the bell, and once a day by e-mail."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import get_language

from accounts import digests
from accounts.digests import Line
from accounts.models import Notice, User
from editorial.states import State
from news.models import Article
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.two_editors import page
from tests.forms import change, said, send, take

NOTICES = "/admin/notices/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    """A partner editor whose organisation takes part in a project."""
    person = make_person("partner_editor", partner=make.make_partner(), first_name="Ana", last_name="Zupan")
    make.make_participation(make.make_project(), partner=person.partner)
    return person


@pytest.fixture
def article(writer):
    project = writer.partner.participations.get().project
    return make.make_article(project, state=State.DRAFT, lead_en="Lead", title_en="The river")


@pytest.fixture
def reviewer():
    return make_person("reviewer", first_name="Rok", last_name="Kos")


def told() -> set[tuple[str, str]]:
    return {(notice.person.username, str(notice)) for notice in Notice.objects.select_related("person", "actor")}


class FullServer(BaseEmailBackend):
    """Answers, and takes no e-mail."""

    def send_messages(self, messages):
        raise SMTPException("mailbox full")


class NoServer(BaseEmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody there")


def digest() -> list[str]:
    call_command("send_digests", verbosity=0)


# Who hears of what


def test_what_is_submitted_is_told_to_those_who_review(writer, article, reviewer):
    for role in ("administrator", "editor", "reader"):
        make_person(role)
    take(logged_in(writer), change(article), "submit", "Please look")
    assert told() == {(reviewer.username, "Ana Zupan submitted “The river” for review.")}
    assert Notice.objects.get().note == "Please look"


def test_without_a_reviewer_the_administrators_are_told(writer, article):
    chief = make_person("administrator")
    make_person("reviewer", is_active=False)
    take(logged_in(writer), change(article), "submit")
    assert {name for name, _ in told()} == {chief.username}


@pytest.mark.parametrize(
    ("step", "state", "sentence"),
    [
        ("return", State.IN_REVIEW, "Rok Kos returned “The river”."),
        ("publish", State.IN_REVIEW, "Rok Kos published “The river”."),
        ("withdraw", State.PUBLISHED, "Rok Kos withdrew “The river”."),
        ("redraft", State.IN_REVIEW, "Rok Kos made “The river” a draft again."),
    ],
)
def test_who_submitted_and_who_wrote_last_hear_what_came_of_it(writer, article, reviewer, step, state, sentence):
    take(logged_in(writer), change(article), "submit")
    editor = make_person("editor")
    send(logged_in(editor), change(article), {"lead_en": "A better lead"})
    Article.objects.update(state=state, published_at=timezone.now())
    Notice.objects.all().delete()
    take(logged_in(reviewer), change(article), step, "Because")
    assert told() == {(writer.username, sentence), (editor.username, sentence)}


def test_nobody_is_told_of_what_they_did_themselves(article):
    editor = make_person("editor")
    desk = logged_in(editor)
    send(desk, change(article), {"lead_en": "A lead"})
    take(desk, change(article), "publish")
    assert not Notice.objects.exists()


def test_who_can_no_longer_see_it_is_not_told(writer, article, reviewer):
    take(logged_in(writer), change(article), "submit")
    Notice.objects.all().delete()
    article.projects.clear()
    take(logged_in(reviewer), change(article), "return", "Which project?")
    assert not Notice.objects.exists()


# The bell


def test_the_bell_counts_what_is_new_and_leads_to_it(reviewer, article):
    desk = logged_in(reviewer)
    assert "Notices: none new" in page(desk.get("/admin/")).select_one(".bell").text
    take(logged_in(make_person("editor")), change(article), "submit")
    assert "Notices: 1 new" in page(desk.get("/admin/")).select_one(".bell").text
    notice = page(desk.get(NOTICES)).select_one(".notices__list form")
    assert desk.post(notice["action"])["Location"] == change(article)
    assert "Notices: none new" in page(desk.get("/admin/")).select_one(".bell").text


def test_all_are_marked_as_read_at_once(reviewer):
    for number in range(3):
        Notice.objects.create(person=reviewer, step="submit", kind="news.article", record_id=number, name="A")
    desk = logged_in(reviewer)
    desk.post(NOTICES, {"read": "all"})
    assert reviewer.unread == 0


def test_nobody_reads_the_notices_of_others(reviewer, writer):
    notice = Notice.objects.create(person=reviewer, step="submit", kind="news.article", record_id=1, name="Secret")
    desk = logged_in(writer)
    assert desk.post(f"{NOTICES}{notice.pk}/").status_code == 404
    assert "Secret" not in desk.get(NOTICES).content.decode()
    assert reviewer.unread == 1


def test_a_visitor_is_sent_to_the_login(client):
    assert client.get(NOTICES)["Location"].startswith("/admin/login/")
    assert client.post(f"{NOTICES}1/")["Location"].startswith("/admin/login/")


def test_a_notice_of_what_the_portal_no_longer_has_is_still_read(reviewer):
    notice = Notice.objects.create(person=reviewer, step="praise", kind="old.thing", record_id=1, name="A thing")
    desk = logged_in(reviewer)
    assert "Someone who is no longer here changed “A thing”." in desk.get(NOTICES).content.decode()
    assert desk.post(f"{NOTICES}{notice.pk}/")["Location"] == NOTICES


def test_the_list_of_notices_costs_no_more_for_more(reviewer, django_assert_max_num_queries):
    desk, people = logged_in(reviewer), [make_person("editor") for _ in range(5)]

    def leave(actors):
        for person in actors:
            Notice.objects.create(person=reviewer, step="submit", kind="a.b", record_id=1, name="A", actor=person)

    leave(people[:1])
    with django_assert_max_num_queries(30) as few:
        desk.get(NOTICES)
    leave(people)
    with django_assert_max_num_queries(len(few)):
        desk.get(NOTICES)


# The digest


@pytest.fixture
def waiting(writer, article, reviewer):
    take(logged_in(writer), change(article), "submit", "Please look")


def test_one_e_mail_tells_all_that_is_new(waiting, reviewer, article, mailoutbox, settings):
    settings.PORTAL_ADDRESS = "https://projects.example.eu"
    digest()
    (mail,) = mailoutbox
    assert mail.to == [reviewer.email]
    assert "Ana Zupan submitted “The river” for review." in mail.body
    assert "Why: Please look" in mail.body
    assert f"https://projects.example.eu{change(article)}" in mail.body
    assert "\n\n\n" not in mail.body


def test_there_is_one_a_day_however_often_the_command_runs(waiting, reviewer, mailoutbox):
    digest()
    Notice.objects.create(person=reviewer, step="submit", kind="news.article", record_id=1, name="Another one")
    digest()
    assert len(mailoutbox) == 1
    User.objects.update(digest_on=timezone.localdate() - timedelta(days=1))
    digest()
    assert len(mailoutbox) == 2
    assert "Another one" in mailoutbox[1].body
    assert "The river" not in mailoutbox[1].body


def test_what_was_read_is_not_mailed(waiting, reviewer, mailoutbox):
    reviewer.notices.mark_read()
    digest()
    assert mailoutbox == []


def test_a_digest_is_switched_off_and_on(waiting, reviewer, mailoutbox):
    desk = logged_in(reviewer)
    assert "no digest" in said(desk.get(desk.post(NOTICES, {"digest": "off"})["Location"]))[0]
    digest()
    assert mailoutbox == []
    desk.post(NOTICES, {"digest": "on"})
    digest()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("person", [{"is_active": False}, {"email": ""}, {"is_staff": False}])
def test_who_left_or_has_no_address_gets_none(waiting, reviewer, mailoutbox, person):
    User.objects.filter(pk=reviewer.pk).update(**person)
    digest()
    assert mailoutbox == []


def test_it_is_written_in_the_language_of_its_reader(waiting, reviewer, mailoutbox, monkeypatch):
    User.objects.filter(pk=reviewer.pk).update(interface_language="sl")
    monkeypatch.setattr(digests, "sources", [lambda person: [Line(get_language())] if person == reviewer else []])
    digest()
    assert "- sl\n" in mailoutbox[0].body


def test_another_floor_adds_its_lines(reviewer, mailoutbox, monkeypatch, settings):
    settings.PORTAL_ADDRESS = "https://projects.example.eu"
    line = Line("3 figures are due", "/admin/results/")
    monkeypatch.setattr(digests, "sources", [lambda person: [line] if person == reviewer else []])
    make_person("editor")
    digest()
    (mail,) = mailoutbox
    assert "3 figures are due\n  https://projects.example.eu/admin/results/" in mail.body


def test_a_server_that_refuses_is_told_and_the_notices_go_on_waiting(waiting, reviewer, settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.FullServer"
    with pytest.raises(CommandError, match=rf"{reviewer.email}: mailbox full"):
        digest()
    assert reviewer.notices.to_mail().count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    digest()
    assert len(mailoutbox) == 1


def test_a_server_that_is_not_there_is_told(waiting, reviewer, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    with pytest.raises(CommandError, match="can't be reached"):
        digest()
    assert reviewer.notices.to_mail().count() == 1
