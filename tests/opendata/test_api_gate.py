"""What holds for every address of the API: who may read, how often, what is kept, and that problems are JSON."""

import logging

import pytest
from django.core.cache import cache
from django.urls import reverse

from opendata.api import rate
from opendata.api.problems import KINDS
from opendata.api.projects import ProjectFilter

ROOT = "/data/api/v1"
pytestmark = pytest.mark.django_db


def problem(answer, kind):
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert told["type"].endswith(f"/data/api/#{kind}")
    assert answer.status_code == told["status"] == KINDS[kind][0]
    assert answer["Cache-Control"] == "no-store"
    return told


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("colour=red", ["colour"]),
        ("topic=water&topic=air", ["topic"]),
        ("stage=asleep", ["stage"]),
        ("limit=0", ["limit"]),
        ("limit=101&country=si", ["limit", "country"]),
        ("limit=99999999999999999999999", ["limit"]),
        ("q=%00", ["q"]),
        ("q=" + "a" * 101, ["q"]),
        ("topic=", ["topic"]),
        ("language=xx", ["language"]),
        ("year=24", ["year"]),
        ("sort=colour", ["sort"]),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_named(client, query, wrong):
    told = problem(client.get(f"{ROOT}/projects?{query}"), "invalid-parameter")
    assert sorted(error["parameter"] for error in told["errors"]) == sorted(wrong)
    assert all(error["detail"] for error in told["errors"])


def test_a_record_refuses_parameters_that_it_does_not_know(client, public):
    for query, unknown in (("projects/sava?q=river", "q"), ("openapi.json?pretty=1", "pretty")):
        [error] = problem(client.get(f"{ROOT}/{query}"), "invalid-parameter")["errors"]
        assert error["parameter"] == unknown


def test_a_problem_says_which_values_there_are(client):
    [error] = problem(client.get(f"{ROOT}/events?kind=party"), "invalid-parameter")["errors"]
    assert "kick_off, partner_meeting" in error["detail"]


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/projects/", "/projects/%00", "/indicators/%00", "/projects/A%20b"]
)
def test_what_is_nowhere_is_told_as_json(client, path):
    assert problem(client.get(f"{ROOT}{path}"), "not-found")["status"] == 404


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999999999", "x", "9223372036854775807"])
def test_a_document_that_cannot_be_is_not_found(client, number):
    assert problem(client.get(f"{ROOT}/documents/{number}"), "not-found")["status"] == 404


def test_more_parameters_than_django_reads_are_a_problem_too(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert problem(client.get(f"{ROOT}/projects?a=1&b=2&c=3&d=4"), "invalid-request")["status"] == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(client, method):
    client.handler.enforce_csrf_checks = True
    answer = getattr(client, method)(f"{ROOT}/projects")
    problem(answer, "method-not-allowed")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_mistake_of_the_portal_is_logged_and_told_without_its_cause(client, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr(ProjectFilter, "qs", property(fail))
    client.raise_request_exception = False
    answer = client.get(f"{ROOT}/projects")
    problem(answer, "failed")
    assert b"secret" not in answer.content
    assert "a secret of the database" in caplog.text


def test_head_answers_as_get_does_without_a_body(client, public):
    got, head = client.get(f"{ROOT}/projects"), client.head(f"{ROOT}/projects")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]


def test_what_the_sender_has_already_is_not_sent_again(client, public):
    answer = client.get(f"{ROOT}/projects?limit=1")
    assert "max-age" in answer["Cache-Control"]
    again = client.get(f"{ROOT}/projects?limit=1", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == answer["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    public.acronym = "DRAVA"
    public.save()
    assert client.get(f"{ROOT}/projects?limit=1", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_page_that_has_a_next_one_stays_the_same_too(client, public):
    public.pk = None
    public.slug, public.acronym = "other", "OTHER"
    public.save(force_insert=True)
    first = client.get(f"{ROOT}/projects?limit=1")
    assert first.json()["next"]
    assert client.get(f"{ROOT}/projects?limit=1", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_every_site_may_read(client, public):
    for address in ("projects", "projects/nothing", "projects?limit=0", "openapi.json"):
        answer = client.get(f"{ROOT}/{address}", headers={"Origin": "https://example.org"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Link" in answer["Access-Control-Expose-Headers"]


def test_a_browser_that_asks_first_is_told_what_it_may_do(client):
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = client.options(f"{ROOT}/projects", headers=headers | {"Access-Control-Request-Headers": "if-none-match"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_no_cookie_and_no_session(office, public):
    office.cookies.clear()
    answer = office.get(f"{ROOT}/projects")
    assert not answer.cookies
    assert [each.strip() for each in answer["Vary"].split(",")] == ["Accept-Language", "Accept-Encoding"]


def test_who_asks_too_often_is_told_when_to_come_back(client, settings, public):
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [client.get(f"{ROOT}/programmes", headers={"Accept-Language": "sl"}) for _each in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    problem(answers[-1], "too-many-requests")
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert client.get(f"{ROOT}/programmes", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_next_minute_begins_anew(client, settings, public, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 1
    monkeypatch.setattr(rate.time, "time", lambda: 6_000)
    assert [client.get(f"{ROOT}/programmes").status_code for _each in range(2)] == [200, 429]
    monkeypatch.setattr(rate.time, "time", lambda: 6_060)
    assert client.get(f"{ROOT}/programmes").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "who"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "invented, 192.0.2.1", "192.0.2.1"),
        (2, "invented, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "not:an:address", "not:an:address"),
    ],
)
def test_only_proxies_of_our_own_are_believed(rf, settings, proxies, forwarded, who):
    settings.TRUSTED_PROXIES = proxies
    assert rate.sender(rf.get("/", headers={"X-Forwarded-For": forwarded})) == who


def test_a_cache_that_is_down_keeps_nobody_from_reading(client, public, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", fail, raising=False)
    with caplog.at_level(logging.WARNING):
        answer = client.get(f"{ROOT}/programmes")
    assert answer.status_code == 200
    assert "RateLimit-Limit" not in answer.headers
    assert "can't be counted" in caplog.text


def test_while_the_portal_is_worked_on_programs_read_so_as_json(client, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()
    answer = client.get(f"{ROOT}/projects")
    problem(answer, "unavailable")
    assert answer["Retry-After"]


def test_the_description_is_open_api_and_names_every_address(client):
    told = client.get(f"{ROOT}/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert told["info"]["license"]["name"] == "CC BY 4.0"
    for path, operations in told["paths"].items():
        assert operations["get"]["summary"], path
        assert {"200", "304", "400", "429", "500"} <= operations["get"]["responses"].keys()
        assert all(each.get("description") for each in operations["get"]["parameters"]), path


def test_the_page_that_describes_it_needs_no_script(client):
    page = client.get(reverse("api_page")).content.decode()
    assert "<script" not in page.replace('<script type="application/ld+json">', "")
    for kind in KINDS:
        assert f'id="{kind}"' in page
    for name in ("/data/api/v1/targets", "ProjectInFull", "at most 100 characters", "approved, running"):
        assert name in page


def test_the_address_in_a_problem_leads_to_that_page(client):
    assert client.get("/data/api/", follow=True).status_code == 200
