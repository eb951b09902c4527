"""
A static copy: the portal is read as a visitor reads it, from page to page, and what it answers is laid out so that
every link leads to a file beside it. The result is a bag as RFC 8493 has it, which archives know and whose hashes any
tool checks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from archive.asking import Visitor
from archive.bag import write_bag
from archive.rewriting import addresses_in, addresses_in_style, as_drawing, relative, rewritten
from archive.scope import OneProject, Place, WholePortal, belongs, media_prefix
from archive.tables import write_tables


class NotCopied(Exception):
    """A copy can't be made; the sentence says why and what to do."""


STYLE = re.compile(r"/css/site\b[^/]*\.css$")


@dataclass
class StaticCopy:
    """
    The copy of a scope as it comes to be in a folder. `advance(done, known)` hears how far it is and may raise to stop.

    `files` says which file of the copy holds an address, `pages` which files are pages, `moved` where an address
    redirects, and `missing` what an address answered instead of a page: its status code.
    """

    scope: WholePortal | OneProject
    folder: Path
    advance: Callable[[int, int], None] = lambda done, known: None
    made_at: datetime = field(default_factory=timezone.now)
    files: dict[str, str] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)

    def make(self):
        """Raise NotCopied where the portal doesn't show its first page."""
        with TemporaryDirectory() as raw, translation.override(settings.LANGUAGE_CODE):
            self.read(Path(raw))
            self.lay_out(Path(raw))
        write_tables(self.scope, self.payload / "tables")
        self.write_entrance()
        write_bag(self.folder, self.scope.name, self.made_at)

    @property
    def payload(self) -> Path:
        return self.folder / "data"

    @property
    def is_whole(self) -> bool:
        return isinstance(self.scope, WholePortal)

    def read(self, raw: Path):
        """Read everything that the first pages lead to, each address once."""
        visitor, waiting = Visitor(), [str(Place.of(address)) for address in self.scope.starts]
        known = set(waiting)
        while waiting:
            address = waiting.pop()
            found = self.keep(address, visitor, raw)
            new = dict.fromkeys(each for each in found if each not in known)
            known.update(new)
            waiting.extend(new)
            self.advance(len(known) - len(waiting), len(known))
        if not self.starts:
            raise NotCopied(
                _("Visitors can't see “%(name)s”, so there is nothing to copy.") % {"name": self.scope.name}
            )

    @property
    def starts(self) -> dict[str, str]:
        """The file that opens first in each language."""
        first = {}
        for start in self.scope.starts:
            if file := self.files.get(str(Place.of(start))):
                first.setdefault(start.split("/")[1], file)
        return first

    def keep(self, address: str, visitor, raw: Path) -> list[str]:
        """Keep what an address holds, and give the addresses of the copy that this leads to."""
        place = Place.of(address)
        if (content := stored(place)) is not None:
            return self.kept(place, content, place.path.endswith(".css"), raw)
        answer = visitor.ask(address)
        if answer.leads_to and answer.status in (301, 302, 307, 308):
            target = self.inside(answer.leads_to, address)
            self.moved |= {address: target} if target else {}
            return [target] if target else []
        if answer.status != 200:
            self.missing[address] = answer.status
            return []
        if answer.is_page:
            self.pages.add(place.file)
        return self.kept(place, answer.content, answer.is_page, raw)

    def kept(self, place: Place, content: bytes, has_links: bool, raw: Path) -> list[str]:
        self.files[str(place)] = place.file
        path = raw / place.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if not has_links:
            return []
        text = content.decode()
        is_style = place.path.endswith(".css")
        links = addresses_in_style(text) if is_style else addresses_in(text, self.is_whole)
        inside = (self.inside(link, str(place)) for link in links)
        return [each for each in inside if each]

    def inside(self, link: str, page: str) -> str | None:
        """The address that a link on a page leads to, if it is part of the copy."""
        portal = settings.PORTAL_ADDRESS
        whole = urljoin(f"{portal}{page}", link)
        if whole.startswith(media_prefix()):
            whole = f"{portal}/media/{whole.removeprefix(media_prefix())}"
        parts, home = urlsplit(whole), urlsplit(portal)
        if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
            return None
        place = Place.of(whole)
        return str(place) if belongs(self.scope, place) else None

    def lay_out(self, raw: Path):
        """Write each file where it belongs, pages with their links rewritten."""
        for address, file in self.files.items():
            source, target = raw / file, self.payload / file
            if target.exists():  # two addresses of one file
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if file in self.pages:
                target.write_text(self.page(source.read_text(), address, file), encoding="utf-8", newline="\n")
            else:
                source.rename(target)

    def page(self, html: str, address: str, file: str) -> str:
        language = address.split("/")[1]
        with translation.override(language):
            context = {"address": settings.PORTAL_ADDRESS + address, "made_at": self.made_at}
            note = render_to_string("archive/note.html", context)
        return rewritten(html, lambda link: self.link(link, address, file), self.drawing, self.is_whole, note)

    def link(self, link: str, address: str, file: str) -> str | None:
        """The way to a file of the copy, an address elsewhere as it is; None where the link leads nowhere."""
        if link.startswith("#"):
            return link
        if target := self.inside(link, address):
            found = self.files.get(self.moved.get(target, target))
            part = urlsplit(link).fragment
            return found and relative(found, file) + (f"#{part}" if part else "")
        whole = urljoin(settings.PORTAL_ADDRESS + address, link)
        return None if whole.startswith((f"{settings.PORTAL_ADDRESS}/", media_prefix())) else link

    def drawing(self, address: str) -> str:
        content = stored(Place.of(urlsplit(address).path))
        return as_drawing(address, content.decode()) if content else ""

    def write_entrance(self):
        """The page that opens first, with a way into each language."""
        starts = self.starts
        languages = [(code, name, f"data/{starts[code]}") for code, name in settings.LANGUAGES if code in starts]
        styles = [f"data/{file}" for file in sorted(self.files.values()) if STYLE.search(file)]
        with translation.override(settings.LANGUAGE_CODE):
            context = {"languages": languages, "styles": styles, "project": self.scope.project, "made_at": self.made_at}
            page = render_to_string("archive/entrance.html", context | {"address": settings.PORTAL_ADDRESS})
        (self.folder / "index.html").write_text(page, encoding="utf-8", newline="\n")


def stored(place: Place) -> bytes | None:
    """A static or an uploaded file as it is stored; None where the address is a page's, or nothing is there."""
    if place.path.startswith(settings.STATIC_URL):
        return static_file(place.path.removeprefix(settings.STATIC_URL))
    if place.path.startswith("/media/pictures/"):
        name = place.path.removeprefix("/media/")
        return read(default_storage, name) if default_storage.exists(name) else None
    return None


def static_file(name: str) -> bytes | None:
    """Collected with a hash in its name in production, as it lies in the project otherwise."""
    if found := finders.find(name):
        return Path(found).read_bytes()
    return read(staticfiles_storage, name) if staticfiles_storage.exists(name) else None


def read(storage, name: str) -> bytes:
    with storage.open(name) as file:
        return file.read()
