"""
Visitors' pages are kept until what they were read from changes (`editorial/generations.py`), and then made anew.

A page is kept for visitors alone: whoever comes with a session, or by a link to a preview, never gets one and never
leaves one. What it is kept under is all that it may depend on: scheme, host, language, path and query.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_path, get_language_from_request

from editorial.generations import Entry, alone, look_up, put, reading, still_right
from interreg_portal.compression import TEXTS, accepts_gzip
from interreg_portal.maintenance import closed

# What says by itself how long it may be kept, and by whom.
ELSEWHERE = ("/admin/", "/data/", settings.MEDIA_URL, settings.STATIC_URL)
# Whoever brings one of these gets an answer of their own.
PERSONAL = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
# By what campaigns count their clicks; no page looks at it.
TRACKING = re.compile(r"utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id", re.IGNORECASE)
LARGEST = 64 * 1024  # bytes, compressed
# Addresses that a visitor can make up without end share so many places, so that they drive nothing else away.
PLACES = 500
OF_THE_MOMENT = {"ETag", "Content-Length"}
# What an answer may depend on: who brings a cookie that matters gets no kept page, and each is sent what it can unpack.
KNOWN = {"accept-encoding", "cookie"}


@cache
def deployment() -> str:
    """What pages are made by: a digest of version, settings, code, templates and texts, which an upgrade changes."""
    told = [settings.PORTAL_VERSION, settings.LANGUAGES, settings.REQUIRED_LANGUAGES, settings.TIME_ZONE]
    told += [settings.DATA_LICENCE, settings.STORAGES, settings.SEARCH]
    folders = [settings.BASE_DIR / name for name in (*settings.PORTAL_APPS, "templates", "locale", "requirements.txt")]
    for file in sorted(files_in(*folders, settings.STATIC_ROOT / "staticfiles.json")):
        found = file.stat()
        told.append((str(file), found.st_size, found.st_mtime_ns))
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def files_in(*places: Path) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from (file for end in ("py", "html", "mo", "json", "txt") for file in place.rglob(f"*.{end}"))
        elif place.exists():
            yield place


@dataclass(frozen=True)
class Address:
    """All that a visitor's page may depend on beside what is in the database."""

    scheme: str
    host: str
    language: str
    path: str
    query: str

    @classmethod
    def of(cls, request) -> "Address":
        """Raise DisallowedHost where the portal isn't reached under that name."""
        language = get_language_from_request(request, check_path=True)
        return cls(request.scheme, request.get_host(), language, request.path, request.META["QUERY_STRING"])

    @property
    def key(self) -> str:
        return blake2b(repr((deployment(), self)).encode(), digest_size=16).hexdigest()

    @property
    def place(self) -> str:
        """Under what its page is kept, perhaps in turn with those of other addresses."""
        if self.query or self.host not in settings.ALLOWED_HOSTS:
            return f"page:{int(self.key, 16) % PLACES}"
        return f"page:{self.key}"


@dataclass(frozen=True)
class Page:
    """An answer as it is kept: compressed once, and named by what it says."""

    address: Address
    headers: dict[str, str]
    packed: bytes
    etag: str

    @classmethod
    def of(cls, address: Address, answer) -> "Page":
        patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
        headers = {name: value for name, value in answer.items() if name not in OF_THE_MOMENT}
        etag = f'W/"{blake2b(answer.content, digest_size=12).hexdigest()}"'
        return cls(address, headers, gzip.compress(answer.content, compresslevel=6, mtime=0), etag)

    def answer(self, request, until: datetime) -> HttpResponse:
        """What this visitor is sent, by which others may be answered until then: 304 to those who have it already."""
        answer = HttpResponse(headers=self.headers)
        answer.headers["ETag"] = self.etag
        answer.headers["Cache-Control"] = for_proxies((until - timezone.now()).total_seconds())
        known = get_conditional_response(request, self.etag, response=answer)
        if known is not answer:
            return known
        if accepts_gzip(request):
            answer.content = self.packed
            answer.headers["Content-Encoding"] = "gzip"
        else:
            answer.content = gzip.decompress(self.packed)
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer


def for_proxies(seconds: float) -> str:
    """
    Whoever was sent a page asks each time whether it is still the same; a proxy may do so for all its visitors every
    few seconds, but never beyond the moment at which the page changes by itself.
    """
    left = int(seconds)
    fresh = min(settings.PROXY_SECONDS, left)
    stale = min(settings.PROXY_SECONDS, left - fresh)
    return f"public, max-age=0, s-maxage={fresh}" + (f", stale-while-revalidate={stale}" if stale else "")


class Shelf:
    """
    The pages that this process has at hand, as they are; those asked for longest ago go first. Workers that share a
    Redis have its pages in common beside.
    """

    MOST = 1000

    def __init__(self):
        self.entries, self.lock = OrderedDict(), Lock()
        self.shared = settings.CACHES["default"] == settings.CACHES["shared"]

    def get(self, place: str) -> Entry | None:
        """What lies at a place, if it is still right."""
        with self.lock:
            entry = self.entries.get(place)
            if entry:
                self.entries.move_to_end(place)
        right = (entry and still_right(entry)) or (look_up(place) if self.shared else None)
        if right and right is not entry:
            self.lay(place, right)
        return right

    def lay(self, place: str, entry: Entry):
        with self.lock:
            self.entries[place] = entry
            self.entries.move_to_end(place)
            if len(self.entries) > self.MOST:
                self.entries.popitem(last=False)

    def put(self, place: str, entry: Entry):
        self.lay(place, entry)
        if self.shared:
            put(place, entry)


class PageCache:
    def __init__(self, get_response):
        self.get_response = get_response
        self.shelf = Shelf()
        deployment()  # of the code that is running, and not of what an upgrade lays beside it

    def __call__(self, request):
        if request.path.startswith(ELSEWHERE) or request.method not in ("GET", "HEAD") or closed():
            return self.get_response(request)
        leave_out_tracking(request)
        if is_personal(request):
            return with_default(self.get_response(request), private=True, no_store=True)
        if not settings.PAGE_CACHE:
            return with_default(self.get_response(request), no_cache=True)
        address = Address.of(request)
        return self.find(request, address) or self.make(request, address)

    def find(self, request, address) -> HttpResponse | None:
        """What is kept for an address, if it is still right."""
        entry = self.shelf.get(address.place)
        if entry and entry.value.address == address:
            return entry.value.answer(request, entry.until)
        return None

    def make(self, request, address):
        """What the portal answers, kept where it may be; of several who ask at once, one has it made for all."""
        with alone(address.key):
            if found := self.find(request, address):
                return found
            with reading() as read:
                answer = self.get_response(request)
            if is_for_all(request, answer) and (entry := read.entry(Page.of(address, answer))):
                if request.method == "GET" and len(entry.value.packed) <= LARGEST:
                    self.shelf.put(address.place, entry)
                return entry.value.answer(request, entry.until)
        return with_default(answer, no_cache=True)


def is_personal(request) -> bool:
    """Whether the answer may be one's own: by a session, a message to be shown, a password or a link to a preview."""
    return not PERSONAL.isdisjoint(request.COOKIES) or "HTTP_AUTHORIZATION" in request.META or "preview" in request.GET


def leave_out_tracking(request):
    """Let an address be the same for all campaigns, to what is kept and to what is made."""
    parts = request.META["QUERY_STRING"].split("&")
    request.META["QUERY_STRING"] = "&".join(part for part in parts if not TRACKING.fullmatch(part.partition("=")[0]))


def is_for_all(request, answer) -> bool:
    """Whether an answer depends on nothing but its address, and leaves it to others who may keep it."""
    # Where the address names no language it is the one that the visitor asks for, which `Address` knows.
    depends_on = {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")} - {""}
    known = KNOWN if get_language_from_path(request.path_info) else KNOWN | {"accept-language"}
    return (
        answer.status_code == 200
        and not answer.streaming
        and answer.headers.get("Content-Type", "").startswith(TEXTS)
        and not answer.cookies
        and not answer.has_header("Cache-Control")
        and not answer.has_header("Content-Encoding")
        and depends_on <= known
    )


def with_default(answer, **directives):
    """The answer, with Cache-Control where it has none."""
    if not answer.has_header("Cache-Control"):
        patch_cache_control(answer, **directives)
    return answer
