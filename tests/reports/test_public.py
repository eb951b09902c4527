"""What visitors download from the lists: the selection they see, and nothing that isn't public."""

import csv
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from editorial import views
from editorial.states import State
from projects.models import Topic
from reports import public
from reports.public import LISTS
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db


def lines_at(client, address) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def column_at(client, address, header) -> list[str]:
    headers, *rows = lines_at(client, address)
    return [row[headers.index(header)] for row in rows]


def links_at(client, address) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link["href"] for link in page.select(".downloads a")]


@pytest.fixture
def projects():
    water = Topic.objects.create(slug="water", name_en="Water", name_sl="Voda")
    for acronym, budget, topics in [("SAVA", 100, [water]), ("MUR", 300, [water]), ("SUN", 200, [])]:
        make_project(acronym=acronym, total_budget=budget).topics.set(topics)
    make_project(acronym="SECRET", state=State.DRAFT).topics.set([water])


@pytest.fixture
def records():
    """A public record of each kind, and drafts that belong to them."""
    project, draft = make_project(acronym="OPEN"), make_project(acronym="SECRET", state=State.DRAFT)
    partner = make_partner(name="RRA Posavje", registration_number="SI12345678")
    make_participation(project, "lead", partner=partner)
    make_participation(draft, "lead", partner=partner)
    make_article(project, draft)
    for each in (project, draft):
        make_event(project=each)
        make_practice(each)
    make_article(draft, state=State.DRAFT)
    make_partner(name="SECRET", state=State.DRAFT)


def test_the_links_of_a_list_lead_to_exactly_what_it_shows_in_its_order(client, projects):
    for query, found in [
        ("", {"SAVA", "MUR", "SUN"}),
        ("?topic=water&sort=budget", ["MUR", "SAVA"]),
        ("?sort=acronym&q=u", ["MUR", "SUN"]),
        ("?sort=budget&page=1", ["MUR", "SUN", "SAVA"]),
    ]:
        shown = [project.acronym for project in client.get(f"/en/projects/{query}").context["object_list"]]
        excel, text = links_at(client, f"/en/projects/{query}")
        assert column_at(client, text, "Acronym") == shown
        sheet = load_workbook(BytesIO(b"".join(client.get(excel)))).active
        assert [cell.value for cell in sheet["A"][1:]] == shown
        assert type(found)(shown) == found


def test_the_file_speaks_the_language_of_the_page(client, projects):
    _excel, text = links_at(client, "/sl/projects/?topic=water&sort=budget")
    assert text == "/sl/downloads/projects.csv?topic=water&sort=budget"
    headers, first, *_others = lines_at(client, text)
    told = dict(zip(headers, first, strict=True))
    assert told["Akronim"] == "MUR"
    assert told["Teme"] == "Voda"
    assert "300,00" in first


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_a_draft_is_told_even_to_staff(client, office, records, name, extension):
    for browser in (client, office):
        answer = browser.get(reverse("public_download", args=[name, extension]))
        content = b"".join(answer)
        if extension == "xlsx":
            rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
            content = "\n".join(str(cell) for row in rows for cell in row).encode()
        assert b"/en/" in content
        assert b"SECRET" not in content
        assert b"SI12345678" not in content


PUBLIC_COLUMNS = {
    "projects": "Acronym, Title, Life stage, Start, End, Lead partner, Number of partners, Number of countries, Total "
    "budget (EUR), Union funding (EUR), Union funding is rounded, Union co-financing rate, Other national "
    "co-financing (EUR), The agency takes part, The agency's part of the total budget (EUR), The agency's part of the "
    "Union funding (EUR), Programme, Programming period, CCI code, Call, Operation code, Number in keep.eu, Specific "
    "objective, Topics, Approved on, Durability ends, Cancelled on, Websites, Languages",
    "partners": "Organisation, Name in English, Short name, Type of organisation, Country, NUTS 2 region, Name of the "
    "region, City, Postal address, Website, PIC, Number of projects, Projects, Leads the projects",
    "articles": "Title, Lead, Projects, Topics, Written by, Source, Address of the source, Number of words, Languages",
    "events": "Title, Kind, Project, Phase, First day, Last day, Begins at, Ends at, Time zone, Status, Attendance, "
    "Place, City, Country, Host, Number of participants, What came of it, Registration address, Languages",
    "practices": "Title, Project, Owner, Place, Country, NUTS code, Runs from, Runs until, Topics, Brought in by, "
    "Validation, Summary, Resources needed, Evidence of success, Difficulties, Potential for transfer, Languages",
}


@pytest.mark.parametrize("name", LISTS)
def test_visitors_get_these_columns_and_no_other(client, name):
    """A column that is added to a report is public only once it stands here."""
    [headers] = lines_at(client, f"/en/downloads/{name}.csv")
    assert headers == [*PUBLIC_COLUMNS[name].split(", "), "Last changed", "Address of the page"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_no_title_becomes_a_formula(client, extension):
    make_project(acronym="=1+1", title_en='@SUM(1;2)\t"x"')
    answer = b"".join(client.get(f"/en/downloads/projects.{extension}"))
    if extension == "csv":
        _headers, row = csv.reader(StringIO(answer.decode("utf-8-sig"), newline=""), delimiter=";")
        assert row[:2] == ["'=1+1", '\'@SUM(1;2)\t"x"']
    else:
        cells = load_workbook(BytesIO(answer)).active[2][:2]
        assert [(cell.data_type, cell.value[0]) for cell in cells] == [("s", "'")] * 2


def test_search_engines_leave_the_files_out(client, projects):
    answer = client.get("/en/downloads/projects.csv")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    page = BeautifulSoup(client.get("/en/projects/").content, "html.parser")
    assert all(link["rel"] == ["nofollow"] for link in page.select(".downloads a"))


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff%fe", "sort=%27;drop", "year=0", "year=99999999999", "country=ZZ", "topic=" + "x" * 5000,
        "page=999", "page=abc", "unknown=1", "q=" + "%25_" * 40, "topic=water&topic=energy", "sort=-total_budget",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["projects", "events"])
def test_a_hostile_query_gets_what_its_list_shows(client, projects, name, query):
    shown = client.get(f"{reverse(name)}?{query.replace('page', 'leaf')}").context["paginator"].count
    assert len(lines_at(client, f"/en/downloads/{name}.csv?{query}")) == 1 + shown


@pytest.mark.parametrize("file", ["projects.pdf", "people.csv", "projects.csv/", "..csv", "users.xlsx"])
def test_there_is_nothing_else_to_download(client, file):
    assert client.get(f"/en/downloads/{file}").status_code == 404


def test_an_empty_selection_offers_no_file_and_gives_an_empty_one(client, projects):
    assert links_at(client, "/en/projects/?q=nowhere") == []
    assert len(lines_at(client, "/en/downloads/projects.csv?q=nowhere")) == 1


def test_what_is_too_much_for_a_file_is_said_in_words(client, projects, monkeypatch):
    monkeypatch.setattr(public, "MOST_IN_A_DOWNLOAD", 2)
    monkeypatch.setitem(views.RecordList.extra_context, "download_limit", 2)
    answer = client.get("/en/downloads/projects.csv?sort=budget&page=2", follow=True)
    assert answer.redirect_chain == [("/en/projects/?sort=budget", 302)]
    page = BeautifulSoup(answer.content, "html.parser")
    said = page.select_one(".downloads").get_text(strip=True)
    assert said == "A download holds 2 records at most. Set filters to download a part."
    assert len(links_at(client, "/en/projects/?topic=water")) == 2


@pytest.mark.parametrize("name", LISTS)
def test_the_queries_dont_grow_with_the_rows(client, records, name):
    address = f"/en/downloads/{name}.csv"

    def queries():
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(address))
        return len(captured)

    few = queries()
    for _number in range(5):
        project = make_project()
        make_participation(project, "lead"), make_article(project), make_event(project=project), make_practice(project)
    assert queries() == few <= 9
