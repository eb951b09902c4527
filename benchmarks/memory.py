"""
What a worker of the portal holds in memory, beside a bare Django worker with the same apps loaded, on the demo:
`.venv/bin/python benchmarks/memory.py [REQUESTS]`

Each is a process of its own that answers REQUESTS times (10,000), then as many times again: the portal all its public
pages in turn, with lists narrowed down, and now and then a page of the back office; the bare worker one view that
returns a sentence. Prints MB of proportional set size, and last a line for programs.
"""

import os
import re
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
OFFICE = ["/admin/", "/admin/projects/project/", "/admin/news/article/", "/admin/results/target/"]
OFFICE_EVERY = 50  # requests


def environment(folder) -> dict:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "interreg_portal.settings",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "STORAGE_URL": f"file://{folder}/media",
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "for-a-measurement-" * 3,
    }


def megabytes() -> float:
    """The proportional set size of this process."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise OSError("The system doesn't tell what a process holds in memory.")


def bare(request):
    from django.http import HttpResponse

    return HttpResponse("A sentence.")


def places_in(site_map: bytes) -> list[str]:
    return [urlsplit(place).path for place in re.findall("<loc>(.*?)</loc>", site_map.decode())]


def public_addresses(read) -> list[str]:
    """Every page of the sitemaps, and each list among them narrowed down by a word."""
    addresses = [place for part in places_in(read("/sitemap.xml")) for place in places_in(read(part))]
    lists = [address for address in addresses if len(address.strip("/").split("/")) == 2]
    return addresses + [f"{address}?q={word}" for address in lists for word in ("water", "industry", "nothing")]


def work(kind: str, requests: int):
    """Be a worker: print what it holds at first, after `requests` answers and after as many more."""
    sys.path.insert(0, str(ROOT))
    from django.conf import settings

    if kind == "bare":
        from django.urls import path

        settings.ROOT_URLCONF = (path("", bare),)
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    from django.test import Client, RequestFactory

    visitor, editor = RequestFactory(), RequestFactory()

    # As a server asks: the test client itself would grow with each request.
    def read(address, asker=visitor) -> bytes:
        answer = application(asker.get(address).environ, lambda status, headers: None)
        content = b"".join(answer)
        answer.close()
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code} {address}")
        return content

    addresses, pages = cycle(["/"]), cycle(["/"])
    if kind == "portal":
        from accounts.models import User

        browser = Client()
        browser.force_login(User.objects.create_superuser("measured", "measured@example.org"))
        editor.cookies = browser.cookies
        addresses, pages = cycle(public_addresses(read)), cycle(OFFICE)
    print(megabytes(), flush=True)
    for _half in range(2):
        for number, address in enumerate(islice(addresses, requests)):
            read(address) if number % OFFICE_EVERY else read(next(pages), editor)
        print(megabytes(), flush=True)


def measured(kind, requests, folder) -> list[float]:
    command = [sys.executable, __file__, kind, str(requests)]
    told = subprocess.run(command, env=environment(folder), stdout=subprocess.PIPE, check=True, text=True).stdout
    return [float(line) for line in told.splitlines()]


def main(requests=10_000):
    with tempfile.TemporaryDirectory() as folder:
        for command in (["migrate", "-v0"], ["load_demo", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(folder), check=True)
        workers = {kind: measured(kind, requests, folder) for kind in ("bare", "portal")}
    print(f"{'requests':>12}{'bare':>10}{'portal':>10}{'ratio':>8}")
    for place, (small, large) in enumerate(zip(*workers.values(), strict=True)):
        print(f"{place * requests:>12,}{small:>10.1f}{large:>10.1f}{large / small:>8.2f}")
    (_start, small, _), (_start, large, last) = workers.values()
    print(f"memory bare={small:.1f} portal={large:.1f} ratio={large / small:.2f} growth={last - large:.1f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare" | "portal" as kind, requests]:
            work(kind, int(requests))
        case arguments:
            main(*map(int, arguments))
