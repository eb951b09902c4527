import os
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from interreg_portal.languages import OFFICIAL_LANGUAGES

OF_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """A test that may not ask the database, which pytest-django sees to, says the same on each: SQLite has it."""
    if os.environ.get("TEST_DATABASE_URL"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
        items[:] = [item for item in items if asks_the_database(item)]


def asks_the_database(item) -> bool:
    if item.get_closest_marker("django_db") or issubclass(item.cls or object, TransactionTestCase):
        return True
    return not OF_THE_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """SQLite is a file, as in an installation: requests come at once, and each thread has a connection of its own."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "interreg_portal.sqlite":
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # nobody cuts the power of a test
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "portal.sqlite3")
    else:
        database.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        TransactionTestCase._fixture_teardown = empty_by_deleting


def empty_by_deleting(case, tear_down=TransactionTestCase._fixture_teardown):
    """Django's TRUNCATE makes a new file for each table and index. Where a test itself flushes, it stays."""
    with patch.object(type(connection.ops), "sql_flush", deletions):
        tear_down(case)


def deletions(operations, style, tables, **options) -> list[str]:
    return [f"DELETE FROM {operations.quote_name(table)}" for table in tables]  # noqa: S608


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    """English to begin with, whatever an earlier request left active, and uploads that go with the test."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media", "base_url": "/media/"},
        }
    }
    settings.DATA_FILES = tmp_path / "data"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture
def twelve_languages(settings):
    """Twelve languages in use, as `PORTAL_LANGUAGES` says it: whatever depends on them asks the settings each time."""
    codes = ["en", "sl", "lv", "bg", "de", "fr", "it", "hr", "hu", "pl", "es", "el"]
    settings.LANGUAGES = [(code, OFFICIAL_LANGUAGES[code]) for code in codes]
    return codes


@pytest.fixture
def editor(db, django_user_model):
    """Someone who may do everything in the back office."""
    return django_user_model.objects.create_superuser(
        "editor", "editor@example.org", "a-long-password", interface_language="en"
    )


@pytest.fixture
def office(client, editor):
    """A browser in which the editor is logged in."""
    client.force_login(editor)
    return client
