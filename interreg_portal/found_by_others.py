"""Sitemap, robots.txt and the pictures for sharing: what stands over all floors."""

from hashlib import sha256

from django.contrib.sitemaps import views
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from editorial.share_image import draw_share_image
from editorial.sitemaps import ListSitemap, RecordSitemap
from news.models import Article, Event
from opendata.page import SLUG as OPEN_DATA
from pages.models import Page
from partners.models import Partner
from projects.models import Project
from results.models import GoodPractice

SITEMAPS = {
    "portal": ListSitemap("home", "projects", "practices", "articles", "events", "partners", "open_data"),
    "projects": RecordSitemap(Project.objects.all(), "title"),
    "practices": RecordSitemap(GoodPractice.objects.all(), "title"),
    "news": RecordSitemap(Article.objects.all(), "title"),
    "events": RecordSitemap(Event.objects.all(), "title"),
    "partners": RecordSitemap(Partner.objects.all()),
    "pages": RecordSitemap(Page.objects.exclude(slug__in=[Page.HOME, OPEN_DATA]), "title"),
}
SHARED = {model._meta.model_name: model for model in (Project, GoodPractice, Article, Event, Partner, Page)}
DAY = 24 * 3600  # seconds


@require_safe
def robots(request):
    """What is not for search engines: the back office, searches and previews."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/search/", "Disallow: /*/preview/", ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def share_image(request, kind, slug):
    """The picture of a public page, in the reader's language; drawn once for the words that are on it."""
    agency = Partner.objects.agency()
    foot = agency.name if agency else _("Interreg Portal")
    if kind == "portal":
        words = (_("Interreg projects"), foot, "")
    elif kind in SHARED:
        record = get_object_or_404(SHARED[kind].objects.published(), slug=slug)
        words = (over(record), getattr(record, "title", "") or getattr(record, "name", "") or str(record), foot)
    else:
        raise Http404
    key = f"share-image:{sha256(repr(words).encode()).hexdigest()}"
    picture = cache.get_or_set(key, lambda: draw_share_image(*map(str, words)), DAY)
    # Shown by other sites, as it is meant to be.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(picture, content_type="image/png", headers=headers)


def over(record) -> str:
    """What stands over the title: a project's acronym, else what kind of page it is."""
    project = record if isinstance(record, Project) else getattr(record, "project", None)
    return project.acronym if project else str(record._meta.verbose_name).capitalize()


urlpatterns = [
    path("robots.txt", robots),
    path("sitemap.xml", views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
