"""
The catalogue is what DCAT-AP 3.0 asks for, by the profile's own SHACL shapes.

vendor/dcat-ap-3.0-*.ttl: https://github.com/SEMICeu/DCAT-AP, releases/3.0.0/html/shacl (shapes.ttl, range.ttl),
© European Union, CC BY 4.0.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from opendata.authorities import LANGUAGES, country
from opendata.catalogue_facts import SERIALISATIONS
from opendata.datasets import FILES, OFFERED
from partners.models import Contact
from projects.models import Project
from tests.factories import make_participation, make_partner, make_project
from tests.opendata.files import fetched

pytestmark = pytest.mark.django_db

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
HERE = URIRef("http://testserver/data/")
SHAPES = Path(__file__).parent / "vendor"
AUTHORITY = "http://publications.europa.eu/resource/authority/"


@pytest.fixture
def agency():
    return make_partner(name="RRA", is_agency=True, website="https://example.org/")


def graph_of(client, extension="ttl") -> Graph:
    written_as = {"rdf": "xml", "jsonld": "json-ld", "ttl": "turtle"}[extension]
    return Graph().parse(data=fetched(client, f"/data/catalogue.{extension}"), format=written_as)


def violations(graph) -> str:
    shapes = Graph()
    for path in SHAPES.glob("dcat-ap-3.0-*.ttl"):
        shapes.parse(path)
    conforms, _report, words = validate(graph, shacl_graph=shapes)
    return "" if conforms else words


def test_it_meets_the_profile_and_says_the_same_in_every_serialisation(client, agency):
    project = make_project(start=date(2023, 1, 1), end=date(2025, 12, 31))
    make_participation(project, "lead", partner=agency)
    graph = graph_of(client)
    assert violations(graph) == ""
    assert all(isomorphic(graph, graph_of(client, extension)) for extension in SERIALISATIONS)


def test_an_empty_portal_has_a_catalogue_too(client):
    assert violations(graph_of(client)) == ""


def test_a_catalogue_without_a_title_would_be_noticed(client):
    graph = graph_of(client)
    graph.remove((HERE, DCTERMS.title, None))
    assert "title" in violations(graph)


def test_every_dataset_leads_to_files_that_are_there(client, agency):
    graph = graph_of(client)
    assert len(list(graph.objects(HERE, DCAT.dataset))) == len(OFFERED)
    files = [str(address) for address in graph.objects(predicate=DCAT.downloadURL)]
    assert len(files) == len(FILES)
    for address in files:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
    for dataset in graph.objects(HERE, DCAT.dataset):
        [page] = graph.objects(dataset, DCAT.landingPage)
        address, _hash, part = page.removeprefix("http://testserver").partition("#")
        assert f'id="{part}"' in client.get(address).content.decode()


def test_it_says_whose_the_data_are_what_about_and_under_which_licence(client, agency, settings):
    project = make_project(start=date(2023, 1, 1), end=None)
    make_participation(project, partner=make_partner(country="GR"))
    graph = graph_of(client)
    operations = URIRef(f"{HERE}#operations")
    assert set(graph.objects(operations, DCTERMS.spatial)) == {URIRef(f"{AUTHORITY}country/GRC")}
    assert URIRef(f"{AUTHORITY}data-theme/REGI") in set(graph.objects(operations, DCAT.theme))
    assert set(graph.objects(HERE, DCTERMS.license)) == {URIRef(f"{AUTHORITY}licence/CC_BY_4_0")}
    assert graph.value(URIRef(f"{HERE}#span"), DCAT.startDate).toPython() == date(2023, 1, 1)
    assert (URIRef(f"{HERE}#publisher"), None, Literal("RRA")) in graph
    settings.DATA_LICENCE = {"name": "Own", "address": "https://example.org/licence"}
    assert set(graph_of(client).objects(HERE, DCTERMS.license)) == {URIRef("https://example.org/licence")}


def test_texts_stand_in_every_language_that_they_are_translated_into(client):
    titles = {title.language: str(title) for title in graph_of(client).objects(HERE, DCTERMS.title)}
    assert titles["en"] == "Open data on Interreg projects"
    assert set(titles) <= {"en", "sl", "lv", "bg"}


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, True),
        ({"consent_given_on": None}, False),
        ({"consent_ends_on": "yesterday"}, False),
        ({"end": "yesterday"}, False),
        ({"person": "Jane Example"}, False),
        ({"project": "one"}, False),
    ],
)
def test_only_a_function_of_the_agency_that_may_be_shown_is_a_contact(client, agency, fields, is_told):
    today = timezone.localdate()
    words = {"yesterday": today - timedelta(days=1), "one": make_project() if "project" in fields else None}
    fields = {name: words.get(value, value) for name, value in fields.items()}
    start = today - timedelta(days=9)
    Contact.objects.create(
        **{"partner": agency, "function": "Data", "email": "data@example.org", "consent_given_on": start} | fields
    )
    graph = graph_of(client)
    [contact] = set(graph.objects(predicate=DCAT.contactPoint))
    emails = set(graph.objects(contact, VCARD.hasEmail))
    assert emails == ({URIRef("mailto:data@example.org")} if is_told else set())
    assert (contact, RDF.type, VCARD.Kind) in graph


def test_the_end_of_a_consent_is_a_change(client, agency):
    today = timezone.localdate()
    contact = Contact.objects.create(partner=agency, function="Data", email="a@example.org", consent_given_on=today)
    before = client.get("/data/catalogue.ttl")["ETag"]
    Contact.objects.filter(pk=contact.pk).update(consent_given_on=None)
    assert client.get("/data/catalogue.ttl")["ETag"] != before


def test_the_index_answers_as_it_is_asked(client):
    assert client.get("/data/", headers={"Accept-Language": "sl"})["Location"] == "/sl/open-data/"
    assert client.get("/data/", headers={"Accept": "text/html,*/*;q=0.8"}).status_code == 302
    for asked, given in {
        "text/turtle": "text/turtle; charset=utf-8",
        "application/rdf+xml": "application/rdf+xml; charset=utf-8",
        "application/ld+json": "application/ld+json; charset=utf-8",
        "application/json": "application/ld+json; charset=utf-8",
    }.items():
        answer = client.get("/data/", headers={"Accept": asked})
        assert (answer.status_code, answer["Content-Type"]) == (200, given)
        assert "Accept" in answer["Vary"].split(", ")
    assert Project.objects.count() == 0


UNION = {
    "AT": "AUT", "BE": "BEL", "BG": "BGR", "CY": "CYP", "CZ": "CZE", "DE": "DEU", "DK": "DNK", "EE": "EST", "ES": "ESP",
    "FI": "FIN", "FR": "FRA", "GR": "GRC", "HR": "HRV", "HU": "HUN", "IE": "IRL", "IT": "ITA", "LT": "LTU", "LU": "LUX",
    "LV": "LVA", "MT": "MLT", "NL": "NLD", "PL": "POL", "PT": "PRT", "RO": "ROU", "SE": "SWE", "SI": "SVN", "SK": "SVK",
}  # fmt: skip


def test_every_official_language_and_every_country_of_the_union_has_its_code(settings):
    assert set(LANGUAGES) == set(settings.MODELTRANSLATION_LANGUAGES)
    assert {code: country(code).rpartition("/")[2] for code in UNION} == UNION
    assert country("") is None
