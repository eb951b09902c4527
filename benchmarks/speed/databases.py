"""Portals of their own for the measurement: databases of any size, which go with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = "en,sl,lv,bg"


@contextmanager
def database(server: str, folder: Path, name: str) -> Iterator[str]:
    """
    An empty database as DATABASE_URL says it: a file in the folder where no server is named, else a database beside
    the one that `server`, as `postgres://user@host:5432/any`, names.
    """
    if not server:
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    own = f"bench_{os.getpid()}_{name}"
    address = urlsplit(server)
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(own)))
    try:
        yield address._replace(path=f"/{own}").geturl()
    finally:
        with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(own)))


def environment(database: str, folder: Path, **more: str) -> dict[str, str]:
    """The variables of a portal as in production that keeps its files in a folder, and shares nothing with others."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.speed.settings",
        "PYTHONPATH": str(ROOT),
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "for-a-measurement-" * 3,
        "PORTAL_LANGUAGES": LANGUAGES,
        "DATABASE_URL": database,
        "CACHE_URL": "locmem://",
        "SEARCH_URL": "database://",
        "EMAIL_URL": "console://",
        "STORAGE_URL": f"file://{folder}/media",
        "DATA_FILES": f"{folder}/data",
        "SHARED_FILES": f"{folder}/shared",
        "MAINTENANCE_FILE": f"{folder}/maintenance",
        "BENCH_ANSWERS": str(folder),
        **more,
    }


def manage(environment: dict[str, str], *command: str):
    """Raises CalledProcessError where the command fails; it has said why."""
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def fill(environment: dict[str, str], projects: int, articles: int):
    """Makes the tables and a portal of that size, and beside it the plain list to compare with."""
    manage(environment, "migrate", "--run-syncdb", "--verbosity=0")
    manage(environment, "load_sample", f"--projects={projects}", f"--articles={articles}")
    manage(environment, "load_entries")
    address = environment["DATABASE_URL"]
    if not address.startswith("sqlite"):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # what the server does by itself, but at a time of its own
