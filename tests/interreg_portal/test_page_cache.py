"""Visitors' pages come from where they are kept, and nothing ever makes them wrong."""

import gzip
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings as portal_settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from editorial.generations import next_moment, reach
from editorial.previews import token_for
from editorial.states import State
from interreg_portal import page_cache
from interreg_portal.environment import Environment
from interreg_portal.page_cache import Address, PageCache, Shelf
from news.models import Article
from tests.factories import make_article, make_event, make_partner, make_practice, make_project

# Of what a test has written and not committed nothing is kept.
pytestmark = pytest.mark.django_db
saving = pytest.mark.django_db(transaction=True)

NEWS = "/en/news/"
REDIS = os.environ.get("TEST_REDIS_URL")  # redis://host:port; each process of the tests empties a database of its own
with_redis = pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no server whose databases may be emptied")


@pytest.fixture(autouse=True)
def keeping(settings, tmp_path):
    settings.PAGE_CACHE = True
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    caches["default"].clear()
    reach.closed_until = 0.0


@pytest.fixture
def worker():
    return ClientHandler(enforce_csrf_checks=False)


@pytest.fixture
def visitor(worker):
    return browser_of(worker)


@pytest.fixture
def staff(worker, editor):
    browser = browser_of(worker)
    browser.force_login(editor)
    return browser


def browser_of(worker):
    browser = Client(raise_request_exception=False)
    browser.handler = worker
    return browser


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def made(monkeypatch):
    """The paths of the pages that were made, and not taken from where they are kept."""
    paths, entry = [], page_cache.Page.of

    def noted(address, answer):
        paths.append(address.path)
        return entry(address, answer)

    monkeypatch.setattr(page_cache.Page, "of", noted)
    return paths


# What is kept


@saving
def test_every_kind_of_page_comes_from_where_it_is_kept_without_a_query(visitor, django_assert_num_queries):
    project = make_project(slug="industry")
    records = [project, make_article(project), make_event(project=project), make_practice(project), make_partner()]
    addresses = [record.get_absolute_url() for record in records]
    addresses += ["/en/", "/sl/", "/en/projects/", NEWS, "/en/events/", "/en/partners/", "/en/practices/"]
    addresses += ["/en/projects/industry/news/", "/en/projects/industry/feed/", "/en/open-data/"]
    addresses += ["/en/news/feed/", "/en/events/calendar.ics", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt"]
    for address in addresses:
        first = visitor.get(address)
        assert first.status_code == 200, address
        with django_assert_num_queries(0):
            again = visitor.get(address)
        assert again.content == first.content
        assert not again.cookies
        assert dict(again.headers) == dict(first.headers), address
        with django_assert_num_queries(0):
            known = visitor.get(address, headers={"If-None-Match": first["ETag"]})
        assert (known.status_code, known.content) == (304, b"")


def test_answers_say_how_long_proxies_may_keep_them(visitor, settings):
    settings.PROXY_SECONDS = 20
    answer = visitor.get(NEWS)
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=20, stale-while-revalidate=20"
    assert set(answer["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}
    assert "Accept-Language" in visitor.get("/sitemap.xml")["Vary"]
    settings.PROXY_SECONDS = 0
    assert visitor.get(NEWS)["Cache-Control"] == "public, max-age=0, s-maxage=0"


@saving
def test_no_proxy_keeps_a_page_beyond_the_moment_at_which_it_changes(visitor, settings):
    settings.PROXY_SECONDS = 20
    make_article(published_at=timezone.now() + timedelta(seconds=30))
    told = visitor.get(NEWS)["Cache-Control"]
    fresh, stale = (int(part.partition("=")[2]) for part in told.split(", ")[2:])
    assert fresh == 20
    assert 0 < fresh + stale < 30


@pytest.mark.parametrize(
    ("path", "status"), [("/en/nothing/", 404), ("/", 302), ("/en/news", 301), ("/en/search/?q=word", 200)]
)
def test_what_is_no_lasting_page_is_asked_for_anew(visitor, made, path, status):
    for _time in range(2):
        answer = visitor.get(path)
        assert answer.status_code == status
        assert answer["Cache-Control"] == "no-cache"
    assert made == []


@saving
def test_what_says_itself_how_long_it_may_be_kept_is_left_as_it_is(visitor, made):
    make_project()
    assert visitor.get("/en/share/portal/home.png")["Cache-Control"] == "public, max-age=86400"
    assert visitor.get("/data/operations.csv")["Cache-Control"] == "public, max-age=300"
    assert "no-store" in visitor.get("/admin/login/")["Cache-Control"]
    visitor.get("/en/downloads/projects.xlsx")
    assert made == []


# Who gets it


@saving
def test_a_draft_that_staff_saw_is_not_there_for_visitors(visitor, staff):
    draft = make_article(state=State.DRAFT, title_en="Still secret")
    address = draft.get_absolute_url()
    assert visitor.get(address).status_code == 404
    seen = staff.get(address)
    assert "Still secret" in text(seen)
    assert seen["Cache-Control"] == "private, no-store"
    assert "ETag" not in seen
    assert visitor.get(address).status_code == 404


@saving
def test_staff_read_what_was_not_kept_and_leave_nothing(visitor, staff, made, django_assert_num_queries):
    assert staff.get(NEWS)["Cache-Control"] == "private, no-store"
    assert made == []
    visitor.get(NEWS)
    assert made == [NEWS]
    assert staff.get(NEWS)["Cache-Control"] == "private, no-store"
    staff.logout()
    with django_assert_num_queries(0):
        assert staff.get(NEWS)["Cache-Control"].startswith("public")


@pytest.mark.parametrize("cookie", [portal_settings.SESSION_COOKIE_NAME, "messages"])
def test_who_brings_a_cookie_of_ones_own_gets_an_answer_of_ones_own(visitor, made, cookie):
    visitor.cookies[cookie] = "garbage"
    assert visitor.get(NEWS)["Cache-Control"] == "private, no-store"
    assert made == []


def test_other_cookies_change_nothing(visitor, made, django_assert_num_queries):
    visitor.get(NEWS)
    visitor.cookies["csrftoken"] = "a" * 32
    visitor.cookies["django_language"] = "sl"
    with django_assert_num_queries(0):
        assert '<html lang="en">' in text(visitor.get(NEWS))


def test_a_password_for_the_whole_site_is_no_reason_to_keep_pages(visitor, made):
    assert visitor.get(NEWS, headers={"Authorization": "Basic YTpi"})["Cache-Control"] == "private, no-store"
    assert made == []


@saving
def test_a_preview_is_nobodys_but_its_bearers(visitor, made):
    draft = make_article(state=State.DRAFT, title_en="Still secret")
    address = draft.get_absolute_url()
    shown = visitor.get(address, {"preview": token_for(draft)})
    assert "Still secret" in text(shown)
    assert {"private", "no-store"} <= set(shown["Cache-Control"].split(", "))
    assert visitor.get(address).status_code == 404
    assert visitor.get(address, {"preview": "forged"}).status_code == 404
    assert made == []


def test_a_form_is_never_answered_from_what_is_kept(visitor):
    assert visitor.get(NEWS).status_code == 200
    assert visitor.post(NEWS).status_code == 405


def test_an_answer_that_sets_a_cookie_or_depends_on_something_else_is_not_kept(rf, made):
    def with_cookie(answer):
        answer.set_cookie("visited", "yes")

    changes = [
        with_cookie,
        lambda answer: answer.headers.setdefault("Vary", "User-Agent"),
        lambda answer: answer.headers.setdefault("Vary", "Cookie, Accept-Language"),
        lambda answer: answer.headers.setdefault("Vary", "*"),
        lambda answer: answer.__setitem__("Content-Type", "application/pdf"),
        lambda answer: setattr(answer, "status_code", 500),
    ]
    for change in changes:

        def view(request, change=change):
            answer = HttpResponse("text")
            change(answer)
            return answer

        assert PageCache(view)(rf.get(NEWS))["Cache-Control"] == "no-cache"
    assert made == []


# Under what it is kept


def test_languages_are_told_apart_by_path_and_by_what_the_browser_asks_for(visitor):
    for language in ("en", "sl", "bg", "en"):
        assert f'<html lang="{language}">' in text(visitor.get(f"/{language}/news/", headers={"Accept-Language": "lv"}))
    for language in ("sl", "bg", "sl"):
        answer = visitor.get("/sitemap.xml", headers={"Accept-Language": language})
        assert answer["Content-Language"] == language
    assert visitor.get("/", headers={"Accept-Language": "sl"})["Location"] == "/sl/"
    assert visitor.get("/", headers={"Accept-Language": "bg"})["Location"] == "/bg/"


def test_a_forged_host_gets_nothing_and_leaves_nothing(visitor):
    visitor.get(NEWS)
    for forged in ("evil.example", "testserver.evil.example", "evil.example:80", "testserver/.evil.example"):
        assert visitor.get(NEWS, headers={"Host": forged}).status_code == 400
        answer = visitor.get(NEWS, headers={"X-Forwarded-Host": forged, "Forwarded": f"host={forged}"})
        assert answer.status_code == 200
        assert "evil" not in text(answer)
    assert "evil" not in text(visitor.get(NEWS))


def test_hosts_and_schemes_have_pages_of_their_own(visitor, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    https = {"X-Forwarded-Proto": "https", "Host": "testserver"}
    for _time in range(2):
        assert 'rel="canonical" href="http://testserver/en/news/"' in text(visitor.get(NEWS))
        assert 'href="http://localhost:81/en/news/"' in text(visitor.get(NEWS, headers={"Host": "localhost:81"}))
        assert 'href="https://testserver/en/news/"' in text(visitor.get(NEWS, headers=https))


def test_who_comes_without_https_is_led_there_although_the_page_is_kept(visitor, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    browser = browser_of(ClientHandler())
    assert browser.get(NEWS, headers={"X-Forwarded-Proto": "https", "Host": "testserver"}).status_code == 200
    answer = browser.get(NEWS, headers={"Host": "testserver"})
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/en/news/")


def test_links_on_a_page_are_those_of_its_query_as_it_was_asked(visitor):
    for _time in range(2):
        for query in ("year=2024&q=a+b", "q=a+b&year=2024", "q=a%20b&year=2024"):
            path = f"/projects/?{query}"
            assert f'href="/sl{path.replace("&", "&amp;")}"' in text(visitor.get(f"/en{path}"))


@saving
def test_each_query_has_its_own_page(visitor, made):
    make_project(title_en="Alpha")
    assert "Alpha" in text(visitor.get("/en/projects/?q=alpha"))
    assert "Alpha" not in text(visitor.get("/en/projects/?q=beta"))
    assert "Alpha" in text(visitor.get("/en/projects/?q=beta&q=alpha"))
    assert "Alpha" not in text(visitor.get("/en/projects/?q=alpha&q=beta"))
    assert len(made) == 4


def test_what_campaigns_add_to_an_address_is_left_out(visitor, made, django_assert_num_queries):
    plain = visitor.get(NEWS)
    with django_assert_num_queries(0):
        counted = visitor.get(f"{NEWS}?utm_source=newsletter&fbclid=x&UTM_medium=mail")
    assert counted.content == plain.content
    assert "utm" not in text(visitor.get(f"{NEWS}?page=1&utm_source=newsletter"))


def test_made_up_addresses_take_little_room_and_drive_nothing_away(visitor, made, monkeypatch):
    monkeypatch.setattr(page_cache, "PLACES", 3)
    visitor.get(NEWS)
    for number in range(8):
        assert f"made-up={number}" in text(visitor.get(f"{NEWS}?made-up={number}"))
        visitor.get(NEWS, headers={"Host": f"localhost:{number + 1}"})
    shelf = shelf_of(visitor)
    assert len(shelf.entries) <= 4
    made.clear()
    visitor.get(NEWS)
    assert made == []


def test_of_too_many_pages_those_go_that_nobody_asks_for(monkeypatch, visitor, made):
    monkeypatch.setattr(Shelf, "MOST", 2)
    for path in ("/en/", NEWS, "/en/", "/en/events/"):
        visitor.get(path)
    assert len(shelf_of(visitor).entries) == 2
    made.clear()
    visitor.get("/en/")
    visitor.get(NEWS)
    assert made == [NEWS]


def test_a_page_that_is_too_large_is_not_kept(monkeypatch, visitor, made):
    monkeypatch.setattr(page_cache, "LARGEST", 100)
    visitor.get(NEWS)
    visitor.get(NEWS)
    assert made == [NEWS, NEWS]


def test_an_upgrade_starts_with_nothing_kept(settings):
    address = Address("https", "projects.example.eu", "en", NEWS, "")
    before = address.key
    settings.PORTAL_VERSION = "99"
    page_cache.deployment.cache_clear()
    assert address.key != before
    page_cache.deployment.cache_clear()


# How it is sent


def shelf_of(browser) -> Shelf:
    """Where the worker that answers a browser keeps its pages."""
    layer = browser.handler._middleware_chain
    while not isinstance(layer, PageCache):
        layer = getattr(layer, "__wrapped__", layer)
        layer = layer if isinstance(layer, PageCache) else layer.get_response
    return layer.shelf


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, gzip, deflate", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("GZIP ; q=1", True),
        ("identity", False),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("br, gzip; q=0.000, deflate", False),
    ],
)
def test_each_gets_it_as_it_can_be_unpacked(visitor, accepted, packed):
    plain = visitor.get(NEWS)
    for _time in range(2):
        answer = visitor.get(NEWS, headers={"Accept-Encoding": accepted})
        assert answer.has_header("Content-Encoding") == packed
        assert int(answer["Content-Length"]) == len(answer.content)
        assert (gzip.decompress(answer.content) if packed else answer.content) == plain.content
        assert answer["ETag"] == plain["ETag"]


@saving
def test_who_has_it_already_is_told_so(visitor):
    etag = visitor.get(NEWS)["ETag"]
    for known in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        answer = visitor.get(NEWS, headers={"If-None-Match": known, "Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer["ETag"], answer["Vary"]) == (etag, "Accept-Encoding, Cookie")
        assert answer["Cache-Control"].startswith("public")
    for other in ('"other"', "nonsense", 'W/"a", "b"'):
        assert visitor.get(NEWS, headers={"If-None-Match": other}).status_code == 200
    make_article(title_en="New")
    assert visitor.get(NEWS, headers={"If-None-Match": etag}).status_code == 200


@saving
def test_what_is_made_anew_and_says_the_same_is_the_same(visitor, made):
    project = make_project()
    etag = visitor.get(NEWS)["ETag"]
    article = make_article(project, state=State.DRAFT)
    article.save()
    assert visitor.get(NEWS, headers={"If-None-Match": etag}).status_code == 304
    assert made == [NEWS, NEWS]


def test_a_head_is_answered_like_a_get_and_keeps_nothing(visitor, made):
    head = visitor.head(NEWS)
    assert (head.status_code, head.content) == (200, b"")
    page = visitor.get(NEWS)
    assert "<main" in text(page)
    assert head["ETag"] == page["ETag"]
    assert made == [NEWS, NEWS]
    assert visitor.head(NEWS)["Content-Length"] == str(len(page.content))
    assert made == [NEWS, NEWS]


def test_a_part_that_is_asked_for_is_given_as_the_whole(visitor):
    visitor.get(NEWS)
    answer = visitor.get(NEWS, headers={"Range": "bytes=0-10"})
    assert answer.status_code == 200
    assert "</html>" in text(answer)


def test_kept_pages_are_as_safe_as_new_ones(visitor):
    first, kept = visitor.get(NEWS), visitor.get(NEWS)
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Content-Language"):
        assert kept[name] == first[name] != ""


# Until when


WAYS = {
    "save": lambda article: article.save(),
    "update": lambda article: Article.objects.update(title_en="After"),
    "bulk update": lambda article: Article.objects.bulk_update([article], ["title_en"]),
    "delete": lambda article: article.delete(),
    "command": lambda article: call_command("flush", interactive=False, verbosity=0),
}


@saving
@pytest.mark.parametrize("way", WAYS)
def test_what_is_written_shows_at_once(visitor, way):
    article = make_article(title_en="Before")
    assert "Before" in text(visitor.get(NEWS))
    article.title_en = "After"
    WAYS[way](article)
    assert "Before" not in text(visitor.get(NEWS))


@saving
def test_what_staff_do_shows_at_once(visitor, staff):
    article = make_article(slug="old", title_en="Title")
    assert visitor.get("/en/news/old/").status_code == 200
    article.slug = "new"
    article.save()
    assert visitor.get("/en/news/old/")["Location"] == "/en/news/new/"
    assert visitor.get("/en/news/new/").status_code == 200
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN)
    gone = visitor.get("/en/news/new/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")
    Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED)
    assert visitor.get("/en/news/new/").status_code == 200


@saving
def test_a_save_leaves_the_pages_that_show_nothing_of_it(visitor, made):
    make_project()
    for path in (NEWS, "/en/partners/", "/robots.txt"):
        visitor.get(path)
    made.clear()
    make_article()
    for path in (NEWS, "/en/partners/", "/robots.txt"):
        visitor.get(path)
    assert made == [NEWS]


@saving
def test_what_is_undone_was_never_kept(visitor):
    with transaction.atomic():
        make_article(title_en="Never")
        assert "Never" in text(visitor.get(NEWS))
        transaction.set_rollback(True)
    assert "Never" not in text(visitor.get(NEWS))


@saving
def test_a_page_that_was_made_while_somebody_saved_is_not_kept(visitor, monkeypatch):
    make_article(title_en="Before")
    is_for_all = page_cache.is_for_all

    def saved_meanwhile(request, answer):
        in_a_thread(lambda: Article.objects.update(title_en="After"))
        monkeypatch.setattr(page_cache, "is_for_all", is_for_all)
        return is_for_all(request, answer)

    monkeypatch.setattr(page_cache, "is_for_all", saved_meanwhile)
    meanwhile = visitor.get(NEWS)
    assert "Before" in text(meanwhile)
    assert meanwhile["Cache-Control"] == "no-cache"
    assert "After" in text(visitor.get(NEWS))


@saving
def test_what_is_scheduled_shows_at_its_minute(visitor, monkeypatch):
    soon = timezone.now() + timedelta(seconds=40)
    make_article(title_en="Soon", published_at=soon)
    assert "Soon" not in text(visitor.get(NEWS))
    monkeypatch.setattr(timezone, "now", lambda: soon - timedelta(microseconds=1))
    assert "Soon" not in text(visitor.get(NEWS))
    monkeypatch.setattr(timezone, "now", lambda: soon)
    assert "Soon" in text(visitor.get(NEWS))


@saving
def test_at_midnight_a_project_has_ended(visitor, monkeypatch):
    today = timezone.localdate()
    project = make_project(slug="last-day", start=today - timedelta(days=9), end=today)
    midnight = next_moment()
    monkeypatch.setattr(timezone, "now", lambda: midnight - timedelta(seconds=2))
    running = text(visitor.get(project.get_absolute_url()))
    assert visitor.get(project.get_absolute_url())["Cache-Control"].startswith("public, max-age=0, s-maxage=1")
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    assert text(visitor.get(project.get_absolute_url())) != running


def test_while_the_portal_is_closed_nothing_is_shown_and_nothing_lost(visitor, settings, django_assert_num_queries):
    visitor.get(NEWS)
    settings.MAINTENANCE_FILE.touch()
    closed = visitor.get(NEWS)
    assert (closed.status_code, closed["Cache-Control"]) == (503, "no-store")
    settings.MAINTENANCE_FILE.unlink()
    with django_assert_num_queries(0):
        assert visitor.get(NEWS).status_code == 200


def test_it_can_be_switched_off(visitor, settings, made):
    settings.PAGE_CACHE = False
    for _time in range(2):
        answer = visitor.get(NEWS)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert made == []


# Many at once


@saving
def test_of_twenty_who_ask_at_once_one_makes_it(worker, made):
    together, found = Barrier(20), []
    browser_of(worker).get("/robots.txt")  # the worker has begun
    made.clear()

    def ask():
        together.wait(10)
        found.append(browser_of(worker).get(NEWS).content)

    threads = [Thread(target=closing_connections, args=(ask,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert made == [NEWS]


@saving
def test_without_its_cache_the_portal_goes_on(settings, made, caplog):
    settings.CACHES = dict.fromkeys(("default", "shared"), cache_at("redis://127.0.0.1:1/0"))
    visitor = browser_of(ClientHandler())
    make_article(title_en="Before")
    for _time in range(2):
        answer = visitor.get(NEWS)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
        assert "Before" in text(answer)
    Article.objects.update(title_en="After")
    assert "After" in text(visitor.get(NEWS))
    assert "can't be reached" in caplog.text


def test_what_cannot_be_read_any_more_is_made_anew(visitor, monkeypatch):
    next_moment()
    key = caches["default"].make_key("next-moment")
    caches["default"]._cache[key] = b"garbage"
    assert visitor.get(NEWS).status_code == 200
    assert "ETag" in visitor.get(NEWS)


def cache_at(address: str) -> dict:
    """The settings of a cache, as an installation with this CACHE_URL has them."""
    environment = Environment(portal_settings.BASE_DIR / "nothing")
    environment.values["CACHE_URL"] = address
    return environment.cache("CACHE_URL", "")


@pytest.fixture(params=["files", pytest.param("redis", marks=with_redis)])
def shared_by(request, settings, tmp_path):
    """Where processes tell each other what was changed: in files, or in a Redis."""
    if request.param == "redis":
        address = f"{REDIS}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
        settings.CACHES = dict.fromkeys(("default", "shared"), cache_at(address))
        caches["default"].clear()
        return address
    return "locmem://"


# A worker of its own: reads addresses, and answers for each with status, queries and whether a text stands in the page.
WORKER = """
import json, sys
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
browser = Client()
for line in sys.stdin:
    path, words = json.loads(line)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    print(json.dumps([answer.status_code, len(queries), words in answer.content.decode()]), flush=True)
"""


@contextmanager
def process(shared_by):
    """A worker in a process of its own, as a function of an address and a text."""
    here = connection.settings_dict
    place = f"{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/" if here["HOST"] else "/"
    kind = "postgres" if connection.vendor == "postgresql" else "sqlite"
    environment = os.environ | {
        "DATABASE_URL": f"{kind}://{place}{here['NAME']}",
        "CACHE_URL": shared_by,
        "PAGE_CACHE": "true",
    }
    pipe = subprocess.PIPE
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdin=pipe, stdout=pipe, text=True)  # noqa: S603

    def ask(path, words):
        worker.stdin.write(json.dumps([path, words]) + "\n")
        worker.stdin.flush()
        return json.loads(worker.stdout.readline())

    try:
        yield ask
    finally:
        worker.kill()
        worker.communicate()


@saving
def test_workers_in_processes_of_their_own_agree(shared_by):
    make_article(title_en="Before")
    with process(shared_by) as one, process(shared_by) as other:
        for ask in (one, other):
            ask(NEWS, "Before")
            assert ask(NEWS, "Before") == [200, 0, True]
        Article.objects.update(title_en="After")
        for ask in (one, other):
            assert ask(NEWS, "After")[2] is True
            assert ask(NEWS, "After") == [200, 0, True]
        with transaction.atomic():
            Article.objects.update(title_en="Not yet")
            assert one(NEWS, "After") == [200, 0, True]
        assert one(NEWS, "Not yet")[2] is True


@with_redis
@saving
@pytest.mark.parametrize("shared_by", ["redis"], indirect=True)
def test_what_one_worker_made_all_have(shared_by):
    with process(shared_by) as one, process(shared_by) as other:
        _status, queries, _found = one(NEWS, "")
        assert queries > 0
        assert other(NEWS, "") == [200, 0, True]


def in_a_thread(work):
    thread = Thread(target=closing_connections, args=(work,))
    thread.start()
    thread.join()


def closing_connections(work):
    try:
        work()
    finally:
        connections.close_all()
