"""What every page of the back office shows around its content: menu, first screen, empty lists, groups of rows."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from tests.factories import make_article, make_partner, make_phase, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db


def read(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_the_menu_marks_where_one_is_and_opens_only_that_task(office):
    menu = read(office, change(make_article())).select_one("#menu")
    assert [link.text for link in menu.select("[aria-current]")] == ["Articles"]
    assert [task.summary.text for task in menu.select("details[open]")] == ["News"]


def test_on_the_first_screen_every_task_is_open(office):
    menu = read(office, "/admin/").select_one("#menu")
    assert menu.select_one("[aria-current]").text == "Overview"
    assert len(menu.select("details[open]")) == len(menu.select("details")) == 7


def test_the_first_screen_offers_what_one_may_do_and_lists_what_one_did(client, django_user_model, office, editor):
    article = make_article(title_en="Harvest")
    assert "Nothing yet." in read(office, "/admin/").select_one(".recent").text
    office.post(f"/admin/news/article/{article.pk}/preview/")
    assert "Harvest" in read(office, "/admin/").select_one(".recent a").text
    someone = django_user_model.objects.create_user("someone", is_staff=True, interface_language="en")
    someone.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(someone)
    page = read(client, "/admin/")
    assert [task.text for task in page.select("main .cards h2")] == ["News"]
    assert not page.select("main .add")


def test_who_may_only_add_finds_the_way_to_it(client, django_user_model):
    someone = django_user_model.objects.create_user("someone", is_staff=True, interface_language="en")
    someone.user_permissions.add(Permission.objects.get(codename="add_article"))
    client.force_login(someone)
    assert read(client, "/admin/").select_one("#menu li a")["href"] == "/admin/news/article/add/"


def test_the_agency_stands_at_the_head_and_on_the_login(office, client):
    make_partner(name="Agency of the river", is_agency=True)
    assert "Agency of the river" in read(office, "/admin/").select_one("#site-name").text
    office.logout()
    assert "Agency of the river" in read(client, "/admin/login/").select_one("main").text


def test_a_group_of_rows_says_how_many_it_holds(office):
    project = make_project()
    make_phase(project)
    make_phase(project)
    assert read(office, change(project)).select_one("#phases-heading").text.strip() == "Phases (2)"
    assert read(office, "/admin/projects/project/add/").select_one("#phases-heading").text.strip() == "Phases (0)"


def test_an_empty_list_says_so_with_a_way_on(office):
    assert "Nothing here yet." in read(office, "/admin/news/article/").select_one(".nothing").text
    make_article()
    assert read(office, "/admin/news/article/?q=zzz").select_one(".nothing a")["href"] == "?"
    assert not read(office, "/admin/news/article/").select(".nothing")


def test_the_two_fields_of_a_moment_have_a_name_each(office):
    form = read(office, change(make_article()))
    names = [form.select_one(f"#id_published_at_{part}")["aria-label"] for part in (0, 1)]
    assert names == ["Date", "Time"]
