"""People of each role, and browsers in which they are logged in."""

from django.test import Client

from accounts.models import User
from accounts.roles import BY_NAME, give


def make_person(role, **fields) -> User:
    number = User.objects.count()
    defaults = {"email": f"{role}-{number}@example.org", "is_staff": True, "interface_language": "en"}
    person = User.objects.create_user(**{"username": f"{role}-{number}"} | defaults | fields)
    give(person, BY_NAME[role])
    return person


def logged_in(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser
