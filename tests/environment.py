"""
The settings that the tests run under, whatever the machine's own `.env` says. Loaded before Django by `-p`.

TEST_DATABASE_URL names a PostgreSQL server to run on instead of SQLite, TEST_REDIS_URL a Redis server whose databases
may be emptied.
"""

import gc
import os
import tempfile

# A test leaves little garbage in circles; looking for it less often spares about a tenth of the time.
gc.set_threshold(50_000, 20, 50)

shared = tempfile.TemporaryDirectory()  # a folder a process, as each has a database of its own

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "interreg_portal.settings",
    "DEBUG": "true",
    "SECRET_KEY": "tests-" * 10,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "PORTAL_LANGUAGES": "en,sl,lv,bg",
    # For SQLite, tests/conftest.py makes a file of its own.
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or "sqlite:////nowhere/portal.sqlite3",
    "CACHE_URL": "locmem://",
    "SHARED_FILES": shared.name,
    "TIME_ZONE": "Europe/Ljubljana",
}
os.environ.pop("STORAGE_URL", None)
os.environ.pop("SEARCH_URL", None)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in the test's thread
