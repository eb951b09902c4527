"""Who asks again is told quickly that nothing has changed, and gets the file anew as soon as something has."""

import tracemalloc
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.keeping import keep
from editorial.states import State
from opendata.datasets import FILES
from opendata.operations import OPERATIONS
from projects.models import Participation, Project
from results.models import GoodPractice
from tests.factories import make_measurement, make_participation, make_practice, make_project, make_target
from tests.opendata.files import fetched

pytestmark = pytest.mark.django_db

ADDRESSES = [f"/data/{name}.{extension}" for name, extension in FILES]
EVERYTHING = [*ADDRESSES, "/data/catalogue.jsonld", "/data/catalogue.ttl", "/data/catalogue.rdf"]


def etag(client, address="/data/operations.csv") -> str:
    return client.get(address)["ETag"]


def a_portal() -> Project:
    project = make_project(total_budget=100, union_funding=50)
    make_participation(project, "lead", total_budget=100)
    make_measurement(make_target(project))
    make_practice(project)
    return project


@pytest.mark.parametrize("address", EVERYTHING)
def test_what_is_known_is_not_sent_again_and_costs_few_queries(client, django_assert_max_num_queries, address):
    a_portal()
    first = client.get(address)
    with django_assert_max_num_queries(8 if "catalogue" in address else 4):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "public, max-age=300"
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    assert client.get(address, headers={"If-Match": '"another"'}).status_code == 412


def raise_a_share():
    Participation.objects.update(total_budget=Decimal("100.01"))


def publish_what_was_scheduled():
    Project.objects.filter(published_at__gt=timezone.now()).update(published_at=timezone.now())


def rename_a_fund():
    """As the back office saves it: with a version."""
    fund = Project.objects.get(acronym="PUBLIC").programme.fund
    fund.name_en = "Fund"
    fund.save()
    keep(fund, None, "form")


def let_a_partner_go():
    Participation.objects.update(left=timezone.localdate() - timedelta(days=1))


CHANGES = {
    "a project is changed": lambda: Project.objects.get(acronym="PUBLIC").save(),
    "a project is added": make_project,
    "a project is withdrawn": lambda: Project.objects.update(state=State.WITHDRAWN),
    "a practice is deleted": lambda: GoodPractice.objects.get().delete(),
    "what was scheduled goes public": publish_what_was_scheduled,
    "a command changes an amount": raise_a_share,
    "a partner leaves": let_a_partner_go,
    "a figure is approved": lambda: make_measurement(Project.objects.get(acronym="PUBLIC").targets.get(), value=0),
    "a vocabulary is changed": rename_a_fund,
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_gives_a_file_another_etag(client, what):
    Project.objects.filter(pk=a_portal().pk).update(acronym="PUBLIC")
    make_project(acronym="SCHEDULED", published_at=timezone.now() + timedelta(days=1))
    before = etag(client)
    assert before == etag(client), "nothing has changed yet"
    CHANGES[what]()
    assert etag(client) != before


def test_the_licence_the_languages_and_the_portals_address_are_part_of_a_file(client, settings, twelve_languages):
    known = {etag(client)}
    settings.DATA_LICENCE = {"name": "CC0", "address": "https://creativecommons.org/publicdomain/zero/1.0/"}
    known.add(etag(client))
    settings.LANGUAGES = settings.LANGUAGES[:2]
    known.add(etag(client))
    known.add(client.get("/data/operations.csv", headers={"host": "localhost"})["ETag"])
    assert len(known) == 4


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_written_once_and_former_ones_go(client, address):
    a_portal()
    first = fetched(client, address)
    with CaptureQueriesContext(connection) as queries:
        assert fetched(client, address) == first
    assert len(queries) <= 4
    make_project()
    fetched(client, address)
    assert len(list(settings.DATA_FILES.iterdir())) == 1


def test_half_a_file_is_never_kept(client, monkeypatch):
    a_portal()
    monkeypatch.setattr(OPERATIONS.fields[0].__class__, "columns", property(lambda field: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        client.get("/data/operations.csv")
    assert not settings.DATA_FILES.exists() or not list(settings.DATA_FILES.iterdir())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_disk_that_takes_nothing_keeps_nobody_from_the_data(client, settings, tmp_path, caplog, address):
    a_portal()
    (tmp_path / "full").write_text("no folder")
    settings.DATA_FILES = tmp_path / "full" / "data"
    assert fetched(client, address)
    assert "can be kept" in caplog.text
    assert client.get("/en/open-data/").status_code == 200


def test_a_portal_of_another_version_writes_its_files_anew(client, settings):
    a_portal()
    before = etag(client)
    settings.PORTAL_VERSION = "99.0"
    assert etag(client) != before


@pytest.mark.parametrize("file", FILES, ids=".".join)
def test_the_queries_dont_grow_with_the_records(file):
    dataset, format = FILES[file]
    counted = []
    for number in (2, 10):
        for _ in range(number):
            a_portal()
        with CaptureQueriesContext(connection) as queries:
            format.write(dataset, "http://testserver/", BytesIO())
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8


def peak() -> int:
    """Bytes that are held at most while all rows of the list of operations go by."""
    tracemalloc.start()
    for _row in OPERATIONS.rows("http://testserver/"):
        pass
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


def test_many_records_need_no_more_memory_than_a_few(monkeypatch):
    monkeypatch.setattr("opendata.dataset.RECORDS_AT_ONCE", 10)
    first = a_portal()
    peak()  # what is set up once

    def add(number):
        fields = {"programme": first.programme, "state": State.PUBLISHED, "published_at": first.published_at}
        slugs = [f"p-{Project.objects.count()}-{each}" for each in range(number)]
        Project.objects.bulk_create([Project(slug=slug, summary_en="word " * 2000, **fields) for slug in slugs])

    add(50)
    few = peak()
    add(150)
    assert peak() < few * 1.2


@pytest.mark.parametrize("address", [*EVERYTHING, "/data/operations.csv-metadata.json", "/data/keep.schema.json"])
def test_any_site_may_read_the_data(client, address):
    answer = client.get(address)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'rel="license"' in answer["Link"]
    assert "Cookie" not in answer.get("Vary", "")
    asked = client.options(address)
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "If-Modified-Since, If-None-Match")
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_what_is_not_there_is_not_found(client):
    for address in ("nothing.csv", "operations.ods", "keep.csv", "keep.csv-metadata.json", "catalogue.xml"):
        assert client.get(f"/data/{address}").status_code == 404
