"""Whoever installs the portal is told in a sentence what is wrong with a setting."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from interreg_portal.environment import Environment

GOOD = {
    "DEBUG": "false",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "projects.example.eu",
    "DATABASE_URL": "sqlite:///:memory:",
    "PORTAL_LANGUAGES": "en,sl",
}


def start(**changes):
    """Start the portal's command line with these settings; returns (exit status, what it said)."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {*GOOD, "STORAGE_URL", "CACHE_URL", "EMAIL_URL", "SEARCH_URL"}
    }
    environment = kept | GOOD | changes
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stderr


WRONG = [
    ("SECRET_KEY", "short", "at least 50 characters"),
    ("ALLOWED_HOSTS", "", "projects.example.eu"),
    ("DEBUG", "perhaps", "true or false"),
    ("PORTAL_LANGUAGES", "en,xx", "codes of official EU languages"),
    ("PORTAL_LANGUAGES", "en,en", "each once"),
    ("REQUIRED_LANGUAGES", "en,fr", "codes of languages in use"),
    ("PORTAL_ADDRESS", "projects.example.eu", "https://projects.example.eu"),
    ("DATABASE_URL", "mysql://localhost/portal", "postgres://"),
    ("CACHE_URL", "memory", "redis://"),
    ("STORAGE_URL", "s3://bucket", "s3://key:secret@endpoint/bucket"),
    ("SEARCH_URL", "https://search.example.eu/portal", "opensearchs://"),
    ("SEARCH_URL", "opensearch://search.example.eu:9200", "opensearchs://"),
    ("EMAIL_URL", "mail.example.eu", "smtps://"),
    ("EMAIL_URL", "smtps://mail.example.eu:port", "smtps://"),
    ("DEFAULT_FROM_EMAIL", "the agency", "portal@example.eu"),
    ("DATA_LICENCE", "CC BY 4.0", "a name and an address"),
    ("DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/", "a name and an address"),
    ("TIME_ZONE", "Europe/Krsko", "Europe/Ljubljana"),
    ("PICTURE_MEGABYTES", "10.5", "a whole number from 1 to 100"),
    ("PICTURE_MEGAPIXELS", "0", "a whole number from 1 to 150"),
    ("DOCUMENT_MEGABYTES", "50 MB", "a whole number from 1 to 1000"),
    ("WEB_ADDRESS", "8000", "127.0.0.1:8000"),
    ("WEB_WORKERS", "0", "a whole number from 1 to 64"),
    ("WEB_THREADS", "many", "a whole number from 1 to 64"),
    ("DOCUMENT_UNPACKED_MEGABYTES", "²", "a whole number from 1 to 10000"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_setting_stops_the_start_with_a_sentence(name, value, expected):
    status, said = start(**{name: value})
    assert status == 1
    assert name in said
    assert expected in said
    assert "Traceback" not in said


def test_mail_is_sent_as_its_address_says(tmp_path):
    def email(address):
        env = Environment(tmp_path / "none")
        env.values["EMAIL_URL"] = address
        return env.email("EMAIL_URL", default="console://")

    starttls = email("smtp+starttls://portal%40example.eu:p%2Fw@mail.example.eu")
    assert starttls["EMAIL_HOST_USER"] == "portal@example.eu"
    assert starttls["EMAIL_HOST_PASSWORD"] == "p/w"
    assert (starttls["EMAIL_HOST"], starttls["EMAIL_PORT"]) == ("mail.example.eu", 587)
    assert (starttls["EMAIL_USE_TLS"], starttls["EMAIL_USE_SSL"]) == (True, False)
    encrypted = email("smtps://mail.example.eu:4650")
    assert (encrypted["EMAIL_PORT"], encrypted["EMAIL_USE_TLS"], encrypted["EMAIL_USE_SSL"]) == (4650, False, True)
    assert email("smtp://localhost")["EMAIL_PORT"] == 25
    assert "console" in email("console://")["EMAIL_BACKEND"]


def test_a_wrong_mail_server_is_named_without_its_password():
    status, said = start(EMAIL_URL="mailto://portal:my-secret@mail.example.eu")
    assert status == 1
    assert "EMAIL_URL" in said
    assert "my-secret" not in said


def test_every_mistake_is_told_at_once_and_a_secret_is_not_repeated():
    status, said = start(SECRET_KEY="my-short-secret", CACHE_URL="nowhere", DEBUG="maybe")
    assert status == 1
    assert all(name in said for name in ("SECRET_KEY", "CACHE_URL", "DEBUG"))
    assert "my-short-secret" not in said


def test_good_settings_start():
    assert start()[0] == 0


@pytest.mark.parametrize("languages", ["sl", "mt,fi", "de,el,hu,ga", ",".join(settings.MODELTRANSLATION_LANGUAGES)])
def test_any_choice_of_languages_needs_no_migration(languages):
    environment = dict(os.environ) | {"PORTAL_LANGUAGES": languages, "DATABASE_URL": "sqlite:///:memory:"}
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("# a comment\nNAME='from the file'\nOTHER=kept\n", encoding="utf-8")
    monkeypatch.setenv("NAME", "from outside")
    env = Environment(file)
    assert env.text("NAME") == "from outside"
    assert env.text("OTHER") == "kept"


def test_a_missing_value_without_default_is_a_mistake(tmp_path):
    env = Environment(tmp_path / ".env")
    env.text("NOBODY_SETS_THIS", expected="a word")
    with pytest.raises(ImproperlyConfigured, match="NOBODY_SETS_THIS is missing; it should be a word"):
        env.check()


def test_a_bucket_is_read_from_one_address(tmp_path, monkeypatch):
    monkeypatch.setenv("STORAGE_URL", "s3://key:se%2Fcret@s3.example.eu:9000/portal?region=eu-central-1")
    options = Environment(tmp_path / ".env").storage("STORAGE_URL", "")["OPTIONS"]
    assert options["secret_key"] == "se/cret"
    assert options["endpoint_url"] == "https://s3.example.eu:9000"
    assert (options["bucket_name"], options["region_name"]) == ("portal", "eu-central-1")


def test_every_setting_is_explained_in_the_example():
    source = Path(settings.BASE_DIR, "interreg_portal", "settings.py").read_text(encoding="utf-8")
    example = Path(settings.BASE_DIR, ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    assert {"SECRET_KEY", "DATABASE_URL", "PORTAL_LANGUAGES"} <= names
    assert not [name for name in names if f"{name}=" not in example]
