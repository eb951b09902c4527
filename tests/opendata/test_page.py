"""The page that explains the data: the portal's own list, below what staff wrote, if they did."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as portal
from django.utils.translation import override

from editorial.previews import Preview, token_for
from editorial.states import State
from opendata.datasets import AS_TABLES, FILES
from pages.models import Page
from tests.factories import make_partner, make_project
from tests.opendata.files import fetched

pytestmark = pytest.mark.django_db


def read(client, language="en", **query):
    answer = client.get(f"/{language}/open-data/", query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def make_page(**fields):
    return Page.objects.create(
        **{"slug": "open-data", "title_en": "Our data", "body_en": "<p>Take them.</p>", "state": "published"} | fields
    )


@pytest.mark.parametrize("language", portal.PORTAL_LANGUAGES)
def test_every_file_is_offered_in_every_language_without_a_page_of_staff(client, language):
    page = read(client, language)
    links = {link["href"] for link in page.select(".dataset__files a")}
    assert links == {f"/data/{name}.{extension}" for name, extension in FILES}
    assert page.h1.text
    assert {link["href"] for link in page.select("main a") if link["href"].startswith("/data/catalogue")} == {
        "/data/catalogue.jsonld",
        "/data/catalogue.ttl",
        "/data/catalogue.rdf",
    }


def test_what_staff_wrote_stands_above_the_list(client):
    make_page()
    page = read(client)
    assert (page.h1.text, page.select_one(".prose").text) == ("Our data", "Take them.")
    assert page.select(".dataset")


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_the_list_stays_while_the_text_of_staff_is_not_public(client, state):
    make_page(state=state, published_at="2024-01-01T00:00Z")
    page = read(client)
    assert page.h1.text == "Open data"
    assert page.select(".dataset")


def test_a_preview_shows_the_text_that_is_not_public_yet(client):
    draft = make_page(state=State.DRAFT)
    answer = client.get(Preview(token_for(draft), draft).address("en"))
    assert "Our data" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    other = make_page(slug="other")
    assert client.get("/en/open-data/", {"preview": token_for(other)}).status_code == 404


def test_every_column_is_explained(client):
    page = read(client)
    for name, dataset in AS_TABLES.items():
        explained = page.find(id=name).select("tbody tr")
        assert len(explained) == len(dataset.fields)
        assert all(cell.get_text(strip=True) for row in explained for cell in row.find_all(["th", "td"]))
    assert "operation_name_en, _sl, _lv, _bg" in page.find(id="operations").text


def test_a_file_has_a_size_once_somebody_asked_for_it(client):
    make_project()
    assert not read(client).select(".dataset__size")
    size = len(fetched(client, "/data/operations.csv"))
    assert f"{size}\xa0bytes" in read(client).select_one("#operations .dataset__size").text.replace(",", "")
    make_project()
    assert not read(client).select(".dataset__size")


def test_the_licence_and_the_words_to_name_the_source_by(client, settings):
    make_partner(name="RRA", is_agency=True)
    page = read(client)
    assert page.select_one('a[rel="license"]')["href"] == "https://creativecommons.org/licenses/by/4.0/"
    assert page.blockquote.text == "RRA, testserver, licence CC BY 4.0"
    settings.DATA_LICENCE = {"name": "CC0 <1.0>", "address": "https://example.org/cc0"}
    assert read(client).select_one('a[rel="license"]').text == "CC0 <1.0>"


def test_search_engines_read_of_each_dataset(client):
    make_project()
    [script] = read(client).find_all("script", type="application/ld+json")
    [catalogue] = [each for each in json.loads(script.string)["@graph"] if each["@type"] == "DataCatalog"]
    operations = catalogue["dataset"][0]
    assert operations["name"] == "List of operations"
    assert operations["url"] == "http://testserver/en/open-data/#operations"
    assert {file["contentUrl"] for file in operations["distribution"]} == {
        f"http://testserver/data/operations.{extension}" for extension in ("csv", "xlsx", "json")
    }
    assert operations["dateModified"].startswith("20")


def test_the_page_is_in_the_sitemap_once_in_every_language(client):
    make_page(title_sl="Podatki")
    named = [client.get(f"/sitemap-{section}.xml").content.decode() for section in ("portal", "pages")]
    assert "<loc>http://testserver/lv/open-data/</loc>" in named[0]
    assert "open-data" not in named[1]


def test_the_page_of_staff_leads_here(client):
    with override("sl"):
        assert make_page().get_absolute_url() == "/sl/open-data/"


def test_the_queries_dont_grow_with_the_records(client, django_assert_num_queries):
    make_page()
    for number in (1, 10):
        for _ in range(number):
            make_project()
        with django_assert_num_queries(11):
            read(client)
