"""Which of the portal's addresses belong to a copy, and where in it they lie."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from news.models import Article, Event
from pages.models import Page
from partners.models import Partner
from projects.models import Project
from results.models import GoodPractice

FOLLOWED = ("page", "period")  # what of a query makes another page; filters, orders and previews don't
# What only a running portal can do, by the names of the addresses.
LIVE = {"search", "preview", "styleguide", "share_image", "public_download", "article_feed", "project_feed", "api_page"}
LISTS = ("home", "projects", "practices", "articles", "events", "partners")


@dataclass(frozen=True)
class Place:
    """An address on the portal: its path, and of its query what makes another page."""

    path: str
    query: str = ""

    @classmethod
    def of(cls, address: str) -> "Place":
        parts = urlsplit(address)
        kept = sorted((key, value) for key, value in parse_qsl(parts.query) if key in FOLLOWED)
        return cls(unquote(parts.path), urlencode(kept))

    def __str__(self):
        return self.path + (f"?{self.query}" if self.query else "")

    @property
    def file(self) -> str:
        """Where it lies: `/en/projects/inno/?page=2` → `en/projects/inno/index-page-2.html`."""
        if not self.path.endswith("/"):
            return self.path.lstrip("/")
        pages = "".join(f"-{key}-{value}" for key, value in parse_qsl(self.query) if value.isalnum())
        return f"{self.path.lstrip('/')}index{pages}.html"

    @property
    def is_safe(self) -> bool:
        """Whether its file stays within the copy."""
        return ".." not in PurePosixPath(self.file).parts and "\\" not in self.file and "\0" not in self.file


def media_prefix() -> str:
    """What addresses of uploaded files begin with: a path of the portal, or the address of a bucket."""
    return default_storage.url("pictures/a").removesuffix("pictures/a").partition("?")[0]


@dataclass(frozen=True)
class WholePortal:
    """Everything that visitors find in the languages in use."""

    name = "portal"
    project: Project | None = None

    @property
    def starts(self) -> list[str]:
        return in_each_language(lambda: [reverse(name) for name in LISTS])

    def holds(self, place: Place, name: str, kwargs: dict) -> bool:
        return name not in LIVE


@dataclass(frozen=True)
class OneProject:
    """A project's pages, those of its articles, events, practices and partners, and what the portal says of itself."""

    project: Project
    slugs: dict[str, set] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> "OneProject":
        """What of the project visitors see now."""
        involved = Q(projects=project)
        records = {
            "article": Article.objects.published().filter(involved),
            "event": Event.objects.published().filter(project=project),
            "practice": GoodPractice.objects.published().filter(project=project),
            "partner": Partner.objects.published().filter(participations__project=project),
            "page": Page.objects.published().exclude(slug=Page.HOME),
        }
        return cls(project, {name: set(found.values_list("slug", flat=True)) for name, found in records.items()})

    @property
    def name(self) -> str:
        return self.project.slug

    @property
    def starts(self) -> list[str]:
        return in_each_language(lambda: [self.project.get_absolute_url()])

    def holds(self, place: Place, name: str, kwargs: dict) -> bool:
        if name in self.slugs:
            return kwargs["slug"] in self.slugs[name]
        if name == "event_calendar":
            return kwargs["slug"] in self.slugs["event"]
        return kwargs.get("slug") == self.project.slug and "/projects/" in place.path


def in_each_language(addresses) -> list[str]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += addresses()
    return found


def belongs(scope, place: Place) -> bool:
    """Whether a page or file of the portal is part of the copy; the back office and what is live never are."""
    if not place.is_safe or place.path.startswith(("/admin/", "/data/api/")):
        return False
    if place.path.startswith(settings.STATIC_URL):
        return True
    try:
        with translation.override(translation.get_language_from_path(place.path)):
            found = resolve(place.path)
    except Resolver404:
        return False
    if place.path.startswith("/media/"):
        return True
    return bool(found.url_name) and found.url_name not in LIVE and scope.holds(place, found.url_name, found.kwargs)
