"""
What a page of the API's list of projects costs, the first one and one at nine tenths of the list, at 1,000 and 20,000
projects: milliseconds, and their ratio, which should stay near one.

    .venv/bin/python benchmarks/api_paging.py            # on the database of the settings' kind, in one of its own
    DATABASE_URL=postgres://… .venv/bin/python benchmarks/api_paging.py

It makes a database beside the configured one, fills it and removes it. `--most=5000` is quicker.
"""

import argparse
import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import django
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interreg_portal.settings")
os.environ |= {"DEBUG": "false", "HTTPS": "false", "SECRET_KEY": "benchmark-" * 6, "ALLOWED_HOSTS": "testserver"}
os.environ |= {"PORTAL_LANGUAGES": "en,sl,lv,bg", "API_REQUESTS_PER_MINUTE": "100000"}
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from projects.models import Fund, Programme, ProgrammingPeriod, Project  # noqa: E402

ROUNDS = 15
STORAGES = {  # static files as they lie in their folder: nobody needs to collect them first
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ADDRESS = "/data/api/v1/projects?limit=20"
ORDERS = ["", "newest", "title", "budget"]


def programme() -> Programme:
    period = ProgrammingPeriod.objects.create(code="2021-2027", funding_statement_en="Co-funded")
    fund = Fund.objects.create(code="ERDF", name_en="European Regional Development Fund")
    return Programme.objects.create(cci="2021TC16RFIR001", name_en="Interreg", period=period, fund=fund)


def fill(of: Programme, first: int, last: int):
    """Published projects, as `load_demo` would take minutes to make: past `save()`, all texts in English."""
    now = timezone.now()
    projects = [
        Project(
            programme=of,
            slug=f"project-{number}",
            acronym=f"P{number * 7919 % last}",
            title_en=f"Title {number * 104729 % last}",
            summary_en="Two or three sentences for someone who has never heard of it. " * 4,
            goals_en="<p>Background and goals.</p>" * 60,
            start=date(2015, 1, 1) + timedelta(days=number % 3000) if number % 10 else None,
            total_budget=number * 31 % 2_000_000 if number % 7 else None,
            state="published",
            published_at=now,
        )
        for number in range(first, last)
    ]
    Project.objects.bulk_create(projects, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def deep(client, order: str, records: int) -> str:
    """The address of the page at nine tenths of the list, which only who reads those before it can know."""
    address = page_of(order).replace("limit=20", "limit=100")
    for _page in range(records * 9 // 1000):
        address = client.get(address).json()["next"]
    return address.replace("limit=100", "limit=20")


def page_of(order: str) -> str:
    return f"{ADDRESS}&sort={order}" if order else ADDRESS


def cost(client, address: str) -> float:
    """Milliseconds from the request to the answer: the quickest round, as other work only adds."""
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        client.get(address).json()["items"]
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken)


def measure(sizes: list[int]):
    client, of, filled = Client(), programme(), 0
    print(f"{'order':10}{'projects':>10}{'first, ms':>12}{'deep, ms':>12}{'deep / first':>14}")
    for size in sizes:
        fill(of, filled, size)
        filled = size
        for order in ORDERS:
            first, last = cost(client, page_of(order)), cost(client, deep(client, order, size))
            print(f"{order or '(entered)':10}{size:>10,}{first:>12.1f}{last:>12.1f}{last / first:>14.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=20_000, help="how many projects the longer list has")
    most = parser.parse_args().most
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(STORAGES=STORAGES):
            measure([1000, most])
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
