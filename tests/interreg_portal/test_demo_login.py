from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import ROLES
from interreg_portal.management.commands.demo_login import ORGANISATION
from tests.factories import make_partner, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def password(monkeypatch):
    make_project(slug="inno-industry")
    monkeypatch.setenv("DEMO_PASSWORD", "demo-demo-demo")
    return "demo-demo-demo"


def demo_login() -> str:
    said = StringIO()
    call_command("demo_login", stdout=said)
    return said.getvalue()


def test_each_role_has_a_login_of_its_name(client, password):
    said = demo_login()
    for role in ROLES:
        assert role.name in said
        assert client.login(username=role.name, password=password)
        assert client.get("/admin/").status_code == 200
    assert password in said


def test_the_demos_people_are_what_their_roles_ask_for(password):
    partner = make_partner(slug=ORGANISATION)
    demo_login()
    people = {person.username: person for person in User.objects.all()}
    assert people["administrator"].is_superuser
    assert [name for name, person in people.items() if person.is_superuser] == ["administrator"]
    assert people["partner_editor"].partner == partner
    assert people["translator"].languages == ["sl", "lv"]
    assert people["reviewer"].role.name == "reviewer"


def test_running_it_again_changes_the_password_alone(password, monkeypatch, client):
    demo_login()
    User.objects.filter(username="translator").update(languages=["bg"], first_name="Ana")
    monkeypatch.setenv("DEMO_PASSWORD", "another-password")
    demo_login()
    assert client.login(username="translator", password="another-password")
    translator = User.objects.get(username="translator")
    assert (translator.languages, translator.first_name) == (["bg"], "Ana")
    assert User.objects.count() == len(ROLES)


def test_a_portal_without_the_demo_gets_no_demo_logins(db):
    with pytest.raises(CommandError, match="load_demo"):
        demo_login()
    assert not User.objects.exists()


def test_a_person_of_the_portals_own_is_left_alone(password):
    own = User.objects.create_user("administrator", "chief@example.org", "their-own-password", is_active=False)
    with pytest.raises(CommandError, match="administrator"):
        demo_login()
    own.refresh_from_db()
    assert (own.is_superuser, own.is_active, own.check_password("their-own-password")) == (False, False, True)
