"""The search box of the back office finds records of every kind, for those who may view them."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interreg_portal.record_search import SHOWN
from tests.factories import make_article, make_partner, make_phase, make_project
from tests.forms import change
from tests.test_back_office import make_one_of_each

pytestmark = pytest.mark.django_db
SEARCH = "/admin/search/"


def found(client, words):
    """The kinds of record that were found, each with its links."""
    page = BeautifulSoup(client.get(SEARCH, {"q": words}).content, "html.parser")
    return {
        card.h2.text: {link.text: link["href"] for link in card.select(".records a")} for card in page.select(".card")
    }


def test_records_of_every_kind_are_found_with_a_link_to_each(office):
    article = make_article(title_en="Orchards of Europe")
    partner = make_partner(name="Orchard institute")
    make_article(title_en="Something else")
    assert found(office, "orchard") == {
        "Articles": {"Orchards of Europe": change(article)},
        "Organisations": {"Orchard institute": change(partner)},
    }


def test_a_text_is_found_in_any_language(office):
    article = make_article(title_en="Orchards", title_bg="Овощни градини")
    assert found(office, "градини")["Articles"] == {"Orchards": change(article)}


def test_a_record_is_named_as_where_it_is_chosen(office):
    phase = make_phase(make_project(acronym="RIVER"), name_en="Dredging", number=2)
    assert found(office, "dredging")["Phases"] == {"RIVER: 2. Dredging": change(phase)}


def test_a_few_are_shown_and_the_list_shows_the_others(office):
    for number in range(SHOWN + 2):
        make_article(title_en=f"Harvest & more {number}")
    page = BeautifulSoup(office.get(SEARCH, {"q": "harvest &"}).content, "html.parser")
    assert len(page.select(".records a")) == SHOWN
    listed = office.get(page.select_one(".card .more")["href"]).content.decode()
    assert listed.count('class="field-title') == SHOWN + 2


def test_only_what_someone_may_view_is_found(client, django_user_model):
    make_article(title_en="Orchards")
    make_partner(name="Orchard institute")
    someone = django_user_model.objects.create_user("someone", is_staff=True, interface_language="en")
    client.force_login(someone)
    assert found(client, "orchard") == {}
    someone.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert list(found(client, "orchard")) == ["Articles"]


def test_a_visitor_is_asked_to_log_in(client):
    assert client.get(SEARCH, {"q": "a"}).status_code == 302


def test_it_takes_no_more_queries_with_more_records(office):
    make_one_of_each()
    office.get(SEARCH, {"q": "e"})
    with CaptureQueriesContext(connection) as few:
        office.get(SEARCH, {"q": "e"})
    make_one_of_each()
    make_one_of_each()
    with CaptureQueriesContext(connection) as more:
        office.get(SEARCH, {"q": "e"})
    assert len(more) == len(few)


@pytest.mark.parametrize(
    "words", ["", "  ", "\0", "a\0b", "'\"%_\\", '"', "č" * 5000, "word " * 500, "<script>", "💧", "+386", "7.5"]
)
def test_strange_words_are_answered(office, words):
    make_one_of_each()
    answer = office.get(SEARCH, {"q": words})
    assert answer.status_code == 200


def test_nothing_found_is_said_with_a_way_out(office):
    assert "Nothing was found" in office.get(SEARCH, {"q": "zzz"}).content.decode()
    assert "Nothing was found" not in office.get(SEARCH).content.decode()
