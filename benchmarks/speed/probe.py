"""
A portal within this process, which answers for what its pages cost: `python -m benchmarks.speed.probe [--staff]`.

It first writes the pages that there are, a line of JSON {name: address}. Then, for each address that it reads, a line
of what it cost: {"cpu": seconds of processor, the database's included, "wall": seconds, "queries": …, "bytes": …,
"queries_of_304": …}. Before an address that ends in `#projects.project` is asked for, a record of that model is saved.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import django
from django.db import connection

django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.speed import pages  # noqa: E402

SECONDS = (
    0.05  # for which a page is asked for again and again, so that a round isn't a matter of one garbage collection
)
STAFF = {
    "projects": "/admin/projects/project/",
    "articles": "/admin/news/article/",
    "partners": "/admin/partners/partner/",
}


def main(who=""):
    client = Client(SERVER_NAME="127.0.0.1")
    tell(staff_pages(client) if who == "--staff" else pages.pages(lambda address: text_of(client, address)))
    seen = {}
    for line in sys.stdin:
        address = line.strip()
        if address not in seen:
            seen[address] = first_visit(client, address)
        tell(cost(client, address) | seen[address])


def tell(what):
    print(json.dumps(what), flush=True)


def staff_pages(client) -> dict[str, str]:
    """The lists of the back office, and the form of a project."""
    person = get_user_model().objects.filter(username="for-a-measurement").first()
    client.force_login(person or get_user_model().objects.create_superuser("for-a-measurement", "", None))
    project = pages.BeautifulSoup(text_of(client, STAFF["projects"]), "html.parser")
    return STAFF | {"form": project.select_one("#result_list tbody th a")["href"]}


def text_of(client, address) -> str:
    """Raises ValueError where the portal doesn't answer with the page."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise ValueError(f"{address}: {answer.status_code}")
    return answer.content.decode()


def first_visit(client, address) -> dict:
    """Queries and bytes of a page that was asked for before, and the queries where a browser has it already."""
    answer = client.get(address)
    save_before(address)
    with CaptureQueriesContext(connection) as queries:
        size = len(text_of(client, address).encode())
        taken = len(queries)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"if-none-match": answer.get("ETag", "")})
        return {"queries": taken, "bytes": size, "queries_of_304": len(queries) if again.status_code == 304 else None}


def save_before(address):
    _address, _, model = address.partition("#")
    if model:
        records = apps.get_model(model).objects
        records.filter(pk=records.values_list("pk", flat=True).first()).update(slug=F("slug"))


def cost(client, address) -> dict:
    """The mean of the visits that there is time for, one at least, after one that meets what was saved meanwhile."""
    client.get(address)
    cpu = wall = visits = 0
    while wall < SECONDS:
        save_before(address)
        computed, begun = process_time() + database_time(), perf_counter()
        client.get(address)
        wall += perf_counter() - begun
        cpu += process_time() + database_time() - computed
        visits += 1
    return {"cpu": cpu / visits, "wall": wall / visits}


def database_time() -> float:
    """Seconds of processor that PostgreSQL's process for this connection has taken, where it runs on this machine."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    taken = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(taken.read_text().split()[0]) / 1e9 if taken.exists() else 0


main(*sys.argv[1:])
