"""The portal in production: gunicorn, started as docs/operate.md says, with the static files as visitors get them."""

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import brotli
import pytest
from django.conf import settings
from django.db import connection

from interreg_portal.static_files import in_one
from tests.factories import make_project

pytestmark = pytest.mark.django_db(transaction=True)

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def database() -> str:
    """The address of the tests' database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="module")
def production(tmp_path_factory, django_db_setup):
    """The environment of a portal in production, with its static files collected."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.production",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "DEBUG": "false",
        "HTTPS": "false",
        "DATABASE_URL": database(),
        "WEB_ADDRESS": f"127.0.0.1:{free_port()}",
        "WEB_WORKERS": "1",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--ignore=admin", "--ignore=ninja"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)  # noqa: S603
    return environment


@pytest.fixture
def server(production):
    """gunicorn, once it answers."""
    command = [str(Path(sys.executable).parent / "gunicorn")]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=production)  # noqa: S603
    try:
        wait_for(production)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def wait_for(production):
    for _ in range(600):
        try:
            return ask(production, "/robots.txt")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn doesn't answer.")


def to(production) -> HTTPConnection:
    return HTTPConnection(production["WEB_ADDRESS"], timeout=60)


def ask(production, address, headers=BROWSER):
    """(status, headers, content) of an answer."""
    line = to(production)
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read()


def test_a_page_and_its_one_style_sheet_come_compressed(server, production):
    project = make_project(slug="orchard", acronym="ORCHARD")
    status, headers, page = ask(production, project.get_absolute_url())
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    html = gzip.decompress(page).decode()
    assert "ORCHARD" in html
    [sheet] = SHEET.findall(html)
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", sheet)

    status, headers, packed = ask(production, sheet)
    assert (status, headers["Content-Encoding"]) == (200, "br")
    style = brotli.decompress(packed).decode()
    assert gzip.decompress(ask(production, sheet, {"Accept-Encoding": "gzip"})[2]).decode() == style
    fonts = re.findall(r'url\("([^"]+\.woff2)"\)', style)
    assert [ask(production, urljoin(sheet, font))[0] for font in fonts] == [200, 200, 200]


def test_only_what_never_changes_under_its_name_is_kept_for_years(server, production):
    sheet = SHEET.search(gzip.decompress(ask(production, "/en/projects/")[2]).decode())[1]
    assert ask(production, sheet)[1]["Cache-Control"] == "max-age=315360000, public, immutable"
    source = re.sub(r"\.[0-9a-f]{12}", "", sheet)
    status, headers, _content = ask(production, source)
    assert (status, headers["Cache-Control"]) == (200, "max-age=60, public")


def test_every_text_among_the_static_files_is_compressed_ahead(production):
    root = Path(production["STATIC_ROOT"])
    sheets = [file for file in root.rglob("*.css") if file.parent == root / "css"]
    pictures = list(root.rglob("images/*.svg"))
    assert len(sheets) > 50
    assert pictures
    for file in [*sheets, *pictures]:
        if file.stat().st_size > 1000:
            ahead = [file.with_name(f"{file.name}.{ending}") for ending in ("br", "gz")]
            assert [each.name for each in ahead if not each.exists()] == []


def test_the_style_sheet_holds_every_component_in_order_and_the_print_rules_last(production):
    source = settings.BASE_DIR / "static" / "css"
    style = in_one(source / "site.css")
    names = re.findall(r'@import "(\w+\.css)"', (source / "site.css").read_text(encoding="utf-8"))
    assert {f"{file.stem}.css" for file in source.glob("*.css")} - {"site.css"} == set(names)
    assert names[-1] == "print.css"
    assert "@import" not in style
    assert "/*" not in style
    places = [style.index(first_rule(source / name)) for name in names]
    assert places == sorted(places)
    assert style.rindex("@media print {") < places[-1]


def first_rule(sheet: Path) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return without_comments.strip().partition("}")[0]


def test_a_request_under_way_ends_before_the_server_does(server, production):
    form = urlencode({"csrfmiddlewaretoken": "a" * 32, "text": "b" * 100}).encode()
    line = to(production)
    line.putrequest("POST", "/en/projects/")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": len(form)}
    for name, value in (headers | {"Cookie": f"csrftoken={'c' * 32}"}).items():
        line.putheader(name, value)
    line.endheaders(form[:10])
    time.sleep(1)  # until the portal reads the form and waits for the rest
    server.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert server.poll() is None, "the server didn't wait for the request"
    line.send(form[10:])
    answer = line.getresponse()
    assert (answer.status, b"CSRF" in answer.read()) == (403, True)  # the whole form was read, and refused
    assert server.wait(60) == 0


def test_a_wrong_setting_keeps_the_server_from_starting(production):
    command = [str(Path(sys.executable).parent / "gunicorn")]
    environment = production | {"WEB_THREADS": "many"}
    done = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "WEB_THREADS is “many”" in done.stderr
