"""The visibility pack: what a project's partners put up, send and hand out, as files made from its facts."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.translations import language_of
from visibility.factsheet import factsheet_of
from visibility.poster import poster_of, screen_of
from visibility.sheet import EMBLEM, emblem
from visibility.signature import press_paragraph, signature_html, signature_text


@dataclass(frozen=True)
class PackFile:
    """A file of the pack: `make(project, request)` gives it in the active language."""

    name: str
    label: str
    kind: str
    content_type: str
    make: Callable

    def name_for(self, project) -> str:
        """`inno-industry-sl-poster-a3.pdf`"""
        return f"{project.slug}-{get_language()}-{self.name}"


def text(make: Callable) -> Callable:
    return lambda project, request: make(project, request).encode()


FILES = [
    PackFile(
        "poster-a3.pdf",
        _("Poster"),
        _("PDF, A3, to be printed"),
        "application/pdf",
        lambda project, request: poster_of(project, request).pdf(),
    ),
    PackFile(
        "screen.png",
        _("Picture for an electronic display"),
        _("PNG, 1920 × 1080 pixels"),
        "image/png",
        lambda project, request: screen_of(project, request).png(),
    ),
    PackFile(
        "factsheet.pdf",
        _("Factsheet"),
        _("PDF, 2 pages of A4"),
        "application/pdf",
        lambda project, request: factsheet_of(project, request).pdf(),
    ),
    PackFile(
        "signature.html",
        _("E-mail signature"),
        _("HTML, for the settings of the mail program"),
        "text/html; charset=utf-8",
        text(signature_html),
    ),
    PackFile(
        "signature.txt",
        _("E-mail signature in words"),
        _("plain text"),
        "text/plain; charset=utf-8",
        text(signature_text),
    ),
    PackFile(
        "press.txt",
        _("Paragraph for the press"),
        _("plain text"),
        "text/plain; charset=utf-8",
        text(press_paragraph),
    ),
]
BY_NAME = {file.name: file for file in FILES}
EMBLEMS = [EMBLEM, "eu-emblem.png"]


def pack_of(project, request) -> bytes:
    """A zip of all files in the active language with the emblem; the same bytes from the same facts."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as pack:
        for file in FILES:
            pack.writestr(entry(file.name_for(project), project), file.make(project, request))
        for name in EMBLEMS:
            pack.writestr(entry(name, project), emblem(name))
    return content.getvalue()


def entry(name: str, project) -> ZipInfo:
    """As old as what is known of the project; a zip knows no day before 1980."""
    moment = timezone.localtime(project.updated_at)
    found = ZipInfo(name, max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    found.compress_type, found.external_attr = ZIP_DEFLATED, 0o644 << 16
    return found


def shown_in_others(project) -> list[tuple[str, str]]:
    """What of the pack isn't written in the active language, with the code of the one that stands in for it."""
    programme = project.programme
    words = (programme, "own_statement") if programme.own_statement else (programme.period, "funding_statement")
    texts = [(_("title"), project, "title"), (_("summary"), project, "summary"), (_("funding statement"), *words)]
    languages = [(label, language_of(record, field)) for label, record, field in texts if getattr(record, field)]
    return [(label, found) for label, found in languages if found != get_language()]


def is_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES)
