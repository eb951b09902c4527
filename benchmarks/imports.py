"""
How many seconds of the processor an import of 11,000 rows takes, and how much memory: new, the same, and changed.

    .venv/bin/python benchmarks/imports.py               # on the database of the settings' kind, in one of its own
    DATABASE_URL=postgres://… .venv/bin/python benchmarks/imports.py

It makes a database beside the configured one and removes it. `--rows=1000` is quicker.
"""

import argparse
import csv
import os
import resource
import sys
import time
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import django
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interreg_portal.settings")
os.environ |= {"DEBUG": "false", "HTTPS": "false", "SECRET_KEY": "benchmark-" * 6, "ALLOWED_HOSTS": "testserver"}
os.environ["PORTAL_LANGUAGES"] = "en,sl,lv,bg"
django.setup()

from openpyxl import Workbook  # noqa: E402

from imports.planning import try_out  # noqa: E402
from imports.receiving import receive  # noqa: E402
from imports.writing import confirm, write  # noqa: E402

HEADERS = [
    "Operation code",
    "Operation name",
    "Name of beneficiary",
    "Operation summary",
    "Start date",
    "End date",
    "Total eligible expenditure",
    "EU funds",
    "Country",
]
CCI = "2014SI16MAOP001"


def table(rows: int, later: int = 0) -> list[list]:
    """A made-up list; `later` moves the ends by so many days."""
    summary = "Visitors learn what was done, for whom, and what came of it. " * 8
    first = date(2016, 1, 1)
    return [
        [
            f"OP20.{number:05}",
            f"Operation {number} of the valley and its villages",
            f"Organisation {number % 4000}",
            f"{number}: {summary}",
            first + timedelta(days=number % 900),
            first + timedelta(days=1000 + number % 500 + later),
            100_000 + number + 0.25,
            80_000 + number,
            "Slovenia",
        ]
        for number in range(rows)
    ]


def as_csv(rows) -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=";").writerows([HEADERS, *rows])
    return file.getvalue().encode()


def as_xlsx(rows) -> bytes:
    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("List")
    for row in [HEADERS, *rows]:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def measure(name: str, content: bytes):
    began = time.process_time()
    one = receive(content, "list", programme=CCI)
    try_out(one)
    tried = time.process_time()
    confirm(one)
    write(one)
    ended = time.process_time()
    rows = sum(one.counts.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:16} {one.get_progress_display():6} {tried - began:6.1f} s tried {ended - tried:6.1f} s written "
        f"{rows / (ended - began):7.0f} rows/s {peak:5} MB at most  {one.counts} {one.fault}"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=11_000)
    rows = parser.parse_args().rows
    name = connection.creation.create_test_db(verbosity=0)
    try:
        print(f"{connection.vendor}, {rows} rows")
        measure("CSV, new", as_csv(table(rows)))
        measure("XLSX, the same", as_xlsx(table(rows)))
        measure("CSV, other ends", as_csv(table(rows, later=30)))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
