import pytest
from bs4 import BeautifulSoup

from accounts.models import User
from tests.accounts.people import make_person
from tests.factories import make_partner
from tests.forms import mistakes, send

SPEAK = "/admin/language/"


def test_the_language_menu_names_each_language_in_its_own_words(office, editor):
    editor.interface_language = "sl"
    editor.save()
    page = BeautifulSoup(office.get("/admin/").content, "html.parser")
    buttons = [(button["value"], button.get_text(strip=True)) for button in page.select(".language-menu button")]
    assert buttons == [("en", "English"), ("sl", "slovenščina"), ("lv", "latviešu"), ("bg", "български")]


def test_a_chosen_language_is_kept_and_leads_back_to_the_same_page(office, editor):
    answer = office.post(SPEAK, {"language": "sl", "page": "/admin/projects/project/?q=x"}, follow=True)
    assert answer.redirect_chain == [("/admin/projects/project/?q=x", 302)]
    assert '<html lang="sl"' in answer.content.decode()
    assert User.objects.get().interface_language == "sl"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_language_menu_never_leads_elsewhere(office, address):
    assert office.post(SPEAK, {"language": "sl", "page": address})["Location"] == "/admin/"


@pytest.mark.parametrize("language", ["de", "xx", "", None])
def test_a_language_that_is_not_in_use_changes_nothing(office, language):
    assert office.post(SPEAK, {"language": language} if language else {}).status_code == 302
    assert User.objects.get().interface_language == "en"


def test_only_those_who_work_here_choose_a_language(client, db):
    assert client.post(SPEAK, {"language": "sl"})["Location"].startswith("/admin/login/")


def test_a_language_is_chosen_by_a_form_not_by_a_link(office):
    assert office.get(SPEAK).status_code == 405


def test_a_person_is_changed(office):
    person = make_person("reader", username="ana")
    address = f"/admin/accounts/user/{person.pk}/change/"
    fields = {"languages": ["sl", "bg"], "interface_language": "", "partner": make_partner().pk}
    assert send(office, address, fields).status_code == 302
    person.refresh_from_db()
    assert person.languages == ["sl", "bg"]
    assert person.interface_language == ""
    assert person.partner.slug.startswith("partner")


def test_a_language_that_is_not_in_use_is_refused(office, editor):
    address = f"/admin/accounts/user/{editor.pk}/change/"
    answer = send(office, address, {"languages": ["xx"], "interface_language": "de"})
    assert set(mistakes(answer)) == {"languages", "interface_language"}


def test_the_agencys_name_stands_at_the_top(office):
    assert "Interreg Portal" in office.get("/admin/").content.decode()
    make_partner(name="Regional Agency", is_agency=True)
    page = BeautifulSoup(office.get("/admin/").content, "html.parser")
    assert page.select_one("#site-name").get_text(strip=True) == "Regional Agency"
