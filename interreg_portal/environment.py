"""Reads the settings that differ from one installation to the next, and says in a sentence what is wrong with them."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import available_timezones

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SEARCH_SCHEMES = {"opensearch": "http", "opensearchs": "https"}
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def has_port(url) -> bool:
    """Whether the port of an address, if it names one, is a port."""
    try:
        return url.port is None or url.port > 0
    except ValueError:
        return False


class Environment:
    """
    Environment variables, and below them those of a `.env` file: `NAME=value` a line, `#` begins a comment.

    What is missing or malformed is collected, so that `check()` can name every mistake at once.
    """

    def __init__(self, file: Path):
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        pairs = [line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#")]
        self.values = {name.strip(): value.strip().strip("\"'") for name, value in pairs} | dict(os.environ)
        self.mistakes: list[str] = []

    def check(self):
        """Raise ImproperlyConfigured, a line a mistake, if any variable was missing or malformed."""
        if self.mistakes:
            raise ImproperlyConfigured("\n".join(self.mistakes) + "\n.env.example explains every setting.")

    def refuse(self, name, expected):
        # A password stays out of logs, also in an address that is wrong otherwise.
        value = re.sub(r"//[^/]*@", "//…@", self.values.get(name, ""))
        given = f"is “{value}”" if value else "is missing"
        self.mistakes.append(f"{name} {given}; it should be {expected}.")

    def text(self, name: str, default: str | None = None, expected: str = "a text") -> str:
        value = self.values.get(name) or default
        if value is None:
            self.refuse(name, expected)
        return value or ""

    def secret(self, name: str, default: str | None) -> str:
        """A key for signing: required where there is no default, and long enough not to be guessed."""
        expected = "a random text of at least 50 characters, which nobody else knows"
        value = self.text(name, default, expected)
        if value and len(value) < 50:
            self.values[name] = "…"  # a secret stays out of logs, even a bad one
            self.refuse(name, expected)
        return value

    def boolean(self, name: str, default: bool) -> bool:
        value = self.values.get(name, "").lower()
        if value not in ("", "true", "false"):
            self.refuse(name, "true or false")
        return value == "true" if value else default

    def number(self, name: str, default: int, highest: int, lowest: int = 1) -> int:
        """A whole number from `lowest` to `highest`."""
        value = self.text(name, str(default))
        if not (value.isdecimal() and len(value) < 10 and lowest <= int(value) <= highest):
            self.refuse(name, f"a whole number from {lowest} to {highest}")
            return default
        return int(value)

    def words(self, name: str, default: str | None, choices=None, expected: str = "words between commas") -> list[str]:
        words = [word.strip() for word in self.text(name, default, expected).split(",") if word.strip()]
        if choices and (not words or set(words) - set(choices) or len(set(words)) < len(words)):
            self.refuse(name, expected)
        return words

    def hosts(self, name: str, default: str | None) -> list[str]:
        expected = "the portal's host names between commas, as projects.example.eu, without https://"
        hosts = self.words(name, default, expected=expected)
        if self.values.get(name) and (not hosts or any("/" in host for host in hosts)):
            self.refuse(name, expected)
        return hosts

    def portal_address(self, name: str, scheme: str, hosts: list[str]) -> str:
        """The portal's own address without a slash at its end: by default that of the first host."""
        named = [host.lstrip(".*") for host in hosts if host.strip(".*")]  # not the one that means any
        default = f"{scheme}://{named[0] if named else 'localhost'}"
        url = self.parts(name, default)
        if url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/") or url.query:
            self.refuse(name, "the portal's address, as https://projects.example.eu")
            return default
        return f"{url.scheme}://{url.netloc}"

    def listening(self, name: str, default: str) -> str:
        """Where a server listens: `127.0.0.1:8000`, `[::1]:8000` or `unix:/run/portal.sock`."""
        value = self.text(name, default)
        if not re.fullmatch(r"unix:/.+|(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}", value):
            self.refuse(name, "an address and a port, as 127.0.0.1:8000, or a socket, as unix:/run/portal.sock")
        return value

    def parts(self, name: str, default: str):
        """The parts of an address; empty ones where it is none."""
        try:
            url = urlsplit(self.text(name, default))
            return url if url.port is None or url.hostname else urlsplit("")
        except ValueError:
            return urlsplit("")

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value not in available_timezones():
            self.refuse(name, "the name of a time zone, as Europe/Ljubljana")
        return value

    def database(self, name: str, default: str) -> dict:
        """Django's DATABASES entry for `sqlite:///path` or `postgres://user:password@host:port/name`."""
        url = self.parts(name, default)
        if url.scheme not in ("sqlite", "postgres", "postgresql") or not url.path.strip("/"):
            self.refuse(name, "sqlite:///var/portal.sqlite3 or postgres://user:password@host:5432/name")
            return {}
        return dj_database_url.parse(self.text(name, default), conn_max_age=600, conn_health_checks=True)

    def cache(self, name: str, default: str) -> dict:
        """Django's CACHES entry for `locmem://` or `redis://host:port/number`."""
        url = self.parts(name, default)
        if url.scheme == "locmem":
            return {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 2000},
            }
        if url.scheme not in ("redis", "rediss") or not url.hostname:
            self.refuse(name, "locmem:// or redis://host:6379/0")
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": self.text(name, default),
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},  # seconds
        }

    def shared_cache(self, name: str, default: str, folder: str) -> dict:
        """The entry for what all processes share: the same Redis, or the files of SHARED_FILES, by default a folder."""
        if self.parts(name, default).scheme in ("redis", "rediss"):
            return self.cache(name, default)
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": self.text("SHARED_FILES", folder),
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }

    def search(self, name: str, default: str) -> dict:
        """What finds words: `database://`, or `opensearch://user:password@host:9200/index`, by https `opensearchs://…`."""
        url = self.parts(name, default)
        if url.scheme == "database":
            return {"ENGINE": "search.engines.database.Database"}
        if url.scheme not in SEARCH_SCHEMES or not url.hostname or not re.fullmatch(r"/[a-z][a-z0-9_-]*", url.path):
            self.refuse(name, "database:// or opensearchs://user:password@search.example.eu:9200/portal")
        return {"ENGINE": "search.engines.opensearch.OpenSearch", "URL": self.text(name, default)}

    def email(self, name: str, default: str) -> dict:
        """
        Django's settings for sending e-mail, by `smtp://user:password@host:port`, by `smtp+starttls://…` and `smtps://…`
        where the server encrypts from the greeting or from the first byte on; `console://` prints it instead.
        """
        url = urlsplit(self.text(name, default))
        if url.scheme == "console":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        if url.scheme not in MAIL_PORTS or not url.hostname or not has_port(url):
            self.values[name] = "…"  # it may hold a password
            self.refuse(name, "smtp+starttls://user:password@mail.example.eu:587, smtps://…, smtp://… or console://")
            return {}
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or MAIL_PORTS[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": url.scheme == "smtp+starttls",
            "EMAIL_USE_SSL": url.scheme == "smtps",
        }

    def address(self, name: str, default: str) -> str:
        """An e-mail address, perhaps with a name: `Projects <portal@example.eu>`."""
        value = self.text(name, default)
        if not re.fullmatch(r"[^<>]*<[^@<>\s]+@[^@<>\s]+>|[^@<>\s]+@[^@<>\s]+", value):
            self.refuse(name, "an e-mail address, as portal@example.eu or RRA Posavje <portal@example.eu>")
        return value

    def licence(self, name: str, default: str) -> dict:
        """A licence's name and address: `CC BY 4.0 https://creativecommons.org/licenses/by/4.0/`."""
        title, _space, address = self.text(name, default).rpartition(" ")
        url = urlsplit(address)
        if not title.strip() or url.scheme not in ("http", "https") or not url.hostname:
            self.refuse(name, "a name and an address, as CC0 1.0 https://creativecommons.org/publicdomain/zero/1.0/")
        return {"name": title.strip(), "address": address}

    def storage(self, name: str, default: str) -> dict:
        """Django's STORAGES entry for uploads: `file:///folder` or `s3://key:secret@endpoint/bucket?region=…`."""
        url = self.parts(name, default)
        if url.scheme == "file" and url.path and not url.netloc:
            location = {"location": url.path, "base_url": "/media/"}
            return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
        if url.scheme != "s3" or not (url.username and url.password and url.hostname and url.path.strip("/")):
            self.refuse(name, "file:///folder/for/uploads or s3://key:secret@endpoint/bucket?region=eu-central-1")
            return {}
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        options = {
            "access_key": unquote(url.username),
            "secret_key": unquote(url.password),
            "endpoint_url": f"{query.get('scheme', 'https')}://{url.netloc.rpartition('@')[2]}",
            "bucket_name": url.path.strip("/"),
            "region_name": query.get("region"),
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
