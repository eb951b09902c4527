"""Who gives whom which role, and the links by which people set their passwords."""

import re
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.management import call_command

from accounts.invitations import language_for
from accounts.models import User
from accounts.roles import ROLES
from tests.accounts.people import logged_in, make_person
from tests.factories import make_partner
from tests.forms import change, filled_in, mistakes, said, send

ADD = "/admin/accounts/user/add/"
PEOPLE = "/admin/accounts/user/"
PASSWORD = "quite-a-long-one"


@pytest.fixture
def chief(db):
    """An administrator who is no superuser."""
    return make_person("administrator", username="chief")


@pytest.fixture
def desk(chief):
    return logged_in(chief)


@pytest.fixture
def invited(desk, django_capture_on_commit_callbacks):
    """Someone who has just been invited as an editor."""
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"first_name": "Ana", "last_name": "Novak", "email": "Ana@example.org", "role": "editor"}
        answer = send(desk, ADD, sent | {"languages": ["sl"], "interface_language": "en"})
    assert answer.status_code == 302
    return User.objects.get(username="ana@example.org")


def link() -> str:
    """The address in the last e-mail."""
    return re.search(r"http://testserver(/\S+/password/\S+)", mail.outbox[-1].body)[1]


def choose_password(client, address, password=PASSWORD):
    form = client.get(address, follow=True)
    page = form.redirect_chain[-1][0] if form.redirect_chain else address
    return client.post(page, {"new_password1": password, "new_password2": password}, follow=True)


def roles_offered(browser, address) -> list[str]:
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    return [option["value"] for option in page.select("input[name=role]")]


# Roles


def test_loading_the_roles_twice_is_the_same_as_once(db):
    call_command("load_roles")
    group = Group.objects.get(name="reader")
    rights = set(group.permissions.all())
    group.permissions.clear()
    other = Group.objects.create(name="Friends of the agency")
    call_command("load_roles")
    assert set(group.permissions.all()) == rights != set()
    assert set(Group.objects.values_list("name", flat=True)) == {*(role.name for role in ROLES), other.name}


def test_an_administrator_gives_every_role_and_never_makes_a_superuser(desk):
    person = make_person("reader")
    assert roles_offered(desk, change(person)) == ["", *(role.name for role in ROLES)]
    forged = {"role": "administrator", "is_superuser": "on", "is_staff": "on", "groups": [1], "user_permissions": [1]}
    assert send(desk, change(person), forged).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.role.name, person.user_permissions.count()) == (False, "administrator", 0)


def test_nobody_lifts_themselves(desk, chief):
    forged = {"role": "reader", "is_superuser": "on", "is_active": "", "first_name": "Eva"}
    assert send(desk, change(chief), forged).status_code == 302
    chief = User.objects.get(pk=chief.pk)
    assert (chief.role.name, chief.is_superuser, chief.is_active, chief.is_staff) == (
        "administrator",
        False,
        True,
        True,
    )
    assert chief.first_name == "Eva"
    assert desk.post(f"{PEOPLE}{chief.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_administrator_neither_changes_nor_deletes_a_superuser(desk, editor):
    assert desk.get(change(editor)).status_code == 200
    assert desk.post(change(editor), {"email": "mine@example.org"}).status_code == 403
    assert desk.get(f"{PEOPLE}{editor.pk}/password/").status_code == 403
    assert desk.post(f"{PEOPLE}{editor.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(PEOPLE, {"action": "delete_selected", "_selected_action": editor.pk, "post": "yes"})
    desk.post(PEOPLE, {"action": "invite_again", "_selected_action": editor.pk})
    assert User.objects.get(pk=editor.pk).email == "editor@example.org"
    assert mail.outbox == []


def test_a_role_with_rights_that_one_lacks_is_not_offered(db, django_user_model):
    clerk = make_person("reader")
    clerk.user_permissions.set(Group.objects.get(name="administrator").permissions.filter(codename__endswith="_user"))
    browser = logged_in(clerk)
    person = make_person("reader")
    assert roles_offered(browser, ADD) == ["reader"]
    assert "role" in mistakes(send(browser, change(person), {"role": "administrator"}))
    assert browser.post(change(make_person("administrator")), {"role": "reader"}).status_code == 403


def test_a_superuser_makes_another_one_who_stays_in_the_back_office(office):
    person = make_person("reader")
    assert send(office, change(person), {"is_superuser": "on", "role": ""}).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.is_staff, person.role) == (True, True, None)


def test_without_a_role_the_back_office_is_closed(desk):
    person = make_person("reader")
    send(desk, change(person), {"role": ""})
    assert logged_in(person).get("/admin/")["Location"].startswith("/admin/login/")


def test_a_role_that_needs_more_asks_for_it(desk):
    sent = {"email": "ana@example.org", "role": "partner_editor"}
    assert set(mistakes(send(desk, ADD, sent))) == {"partner"}
    assert set(mistakes(send(desk, ADD, sent | {"role": "translator"}))) == {"languages"}
    assert set(mistakes(send(desk, ADD, {"role": "", "email": ""}))) == {"role", "email"}
    assert not User.objects.filter(username="ana@example.org").exists()


def test_the_list_is_filtered_by_role(desk, chief):
    reader = make_person("reader")
    page = BeautifulSoup(desk.get(PEOPLE, {"role": "reader"}).content, "html.parser")
    assert [row.get_text() for row in page.select("#result_list tbody th")] == [reader.username]
    assert desk.get(PEOPLE, {"role": "king"}).status_code == 200


# Invitations


def test_who_is_invited_sets_a_password_and_logs_in(invited, client):
    assert (invited.is_staff, invited.role.name, invited.has_usable_password()) == (True, "editor", False)
    [message] = mail.outbox
    assert message.to == ["ana@example.org"]
    assert "ana@example.org" in message.body
    assert "7 days" in message.body
    assert "Your password has been set" in choose_password(client, link()).content.decode()
    assert client.login(username="ana@example.org", password=PASSWORD)
    assert client.get("/admin/news/article/").status_code == 200


@pytest.mark.parametrize(
    ("chosen", "written", "language"),
    [("lv", ["sl"], "lv"), ("", ["sl", "bg"], "sl"), ("", [], "en"), ("", ["de"], "en"), ("de", ["bg"], "bg")],
)
def test_the_portal_writes_to_people_in_their_language(chosen, written, language):
    assert language_for(User(interface_language=chosen, languages=written)) == language


def test_a_weak_password_is_refused_with_the_reason(invited, client):
    page = choose_password(client, link(), "short")
    assert "too short" in page.content.decode()
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def test_a_link_works_once(invited, client):
    address = link()
    choose_password(client, address)
    page = client.get(address, follow=True).content.decode()
    assert "Send me a new link" in page
    assert "/admin/password_reset/" in page
    assert 'type="password"' not in page


def test_an_old_link_offers_a_new_one_which_works(invited, client, monkeypatch):
    address = link()
    later = datetime.now() + timedelta(days=8)  # noqa: DTZ005 – as Django's tokens count
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)
    assert "Send me a new link" in client.get(address, follow=True).content.decode()
    client.post("/admin/password_reset/", {"email": "ANA@example.org"})
    assert len(mail.outbox) == 2
    choose_password(client, link())
    assert client.login(username="ana@example.org", password=PASSWORD)


@pytest.mark.parametrize("address", ["/admin/password/MQ/x-y/", "/admin/password/!!/x/", "/admin/password/OTk5/a-b/"])
def test_a_made_up_link_opens_nothing(db, client, address):
    assert "Send me a new link" in client.get(address).content.decode()
    assert "Send me a new link" in client.post(address, {"new_password1": PASSWORD}).content.decode()


def test_the_link_can_be_sent_again(invited, desk):
    answer = desk.post(PEOPLE, {"action": "invite_again", "_selected_action": invited.pk}, follow=True)
    assert said(answer)[-1] == "The link to set a password is on its way to ana@example.org."
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_where_no_mail_can_be_sent_the_person_is_kept_and_the_way_out_said(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = send(desk, ADD, {"email": "b@example.org", "role": "reader"}, follow=True)
    assert "could not be sent" in " ".join(said(answer))
    assert User.objects.filter(email="b@example.org").exists()


def test_the_same_address_is_invited_once(invited, desk):
    for email in ("ana@example.org", "ANA@example.org"):
        assert set(mistakes(send(desk, ADD, {"email": email, "role": "reader"}))) == {"email"}
    make_person("reader", username="taken@example.org", email="")
    assert set(mistakes(send(desk, ADD, {"email": "taken@example.org", "role": "reader"}))) == {"email"}


def test_what_was_typed_stays_in_a_form_with_a_mistake(desk):
    answer = send(desk, ADD, {"email": "nonsense", "first_name": "Ana", "role": "reader"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("[name=first_name]")["value"] == "Ana"
    assert page.select_one("[name=role][checked]")["value"] == "reader"


# A forgotten password


def test_the_login_page_leads_to_a_new_password(db, client):
    page = BeautifulSoup(client.get("/admin/login/").content, "html.parser")
    assert page.select_one(".password-reset-link a")["href"] == "/admin/password_reset/"
    assert client.get("/admin/password_reset/").status_code == 200


def test_nobody_learns_whether_someone_is_here(db, client):
    make_person("reader", email="here@example.org")
    answers = [client.post("/admin/password_reset/", {"email": f"{name}@example.org"}) for name in ("here", "nobody")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/admin/password_reset/done/")}
    assert [message.to for message in mail.outbox] == [["here@example.org"]]
    pages = {client.get("/admin/password_reset/done/").status_code for answer in answers}
    assert pages == {200}


def test_who_may_no_longer_log_in_gets_no_link(db, client):
    make_person("reader", email="gone@example.org", is_active=False)
    client.post("/admin/password_reset/", {"email": "gone@example.org"})
    assert mail.outbox == []


def test_the_form_asks_for_an_address(db, client):
    page = client.post("/admin/password_reset/", {"email": "nonsense"})
    assert page.status_code == 200
    assert mail.outbox == []


def test_a_person_of_an_organisation_keeps_it_from_being_deleted(office):
    partner = make_partner()
    make_person("partner_editor", partner=partner)
    address = f"/admin/partners/partner/{partner.pk}/delete/"
    assert office.post(address, {"post": "yes"}).status_code == 200
    assert filled_in(office, change(partner))["slug"] == partner.slug
