"""The public pages as browser tests visit them: every kind of page, filled with texts of a language, and failures."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone

from editorial.fields import RichTextField
from editorial.states import State
from editorial.translations import column, translated_fields
from interreg_portal import urls
from interreg_portal.examples import TITLES
from news.models import Article, Event
from pages.models import Page
from partners.models import Partner
from projects.models import Project
from projects.sections import all_sections
from results.models import GoodPractice
from tests.factories import make_article
from tests.test_back_office import MODELS, make_one_of_each

LISTS = ["", "projects/", "practices/", "news/", "events/", "partners/", "open-data/"]
SEARCHES = ["search/", "search/?q=example", "search/?q=zzzzzz+project", "projects/?q=a&stage=running", "events/?q=zzz"]
FAILURES = {"nothing-here/": 404, "news/withdrawn/": 410, "refused/": 403, "failing/": 500}


def refuse(request):
    raise PermissionDenied


def fail(request):
    raise RuntimeError("A fault that a test asked for")


# The portal's own addresses, and two at which it fails.
urlpatterns = [*i18n_patterns(path("refused/", refuse), path("failing/", fail)), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


def in_words(field, language) -> str:
    """A text as long as it may get: with a heading, a list and a link where the field holds rich text."""
    text = TITLES[language]
    if isinstance(field, RichTextField):
        link = '<a href="https://example.org/">example.org</a>'
        return f"<h2>{text}</h2><p>{text} {link}</p><ul><li><p>{text}</p></li></ul>"
    return text[: field.max_length]


def write_everything(language):
    """Every text of every record, in one language."""
    for model in MODELS:
        columns = {column(name, language): model._meta.get_field(name) for name in translated_fields(model)}
        if columns:
            model._base_manager.update(**{name: in_words(field, language) for name, field in columns.items()})


def make_the_portal():
    """A record of every kind, all that can be public, with a page that staff wrote."""
    make_one_of_each()
    Project.objects.update(total_budget=1_637_941, union_funding=1_330_000, union_funding_is_rounded=True)
    Partner.objects.update(is_agency=True, latitude=45.959, longitude=15.492)
    Page.objects.create(slug="about", title_en="About", state=State.PUBLISHED)
    make_article(slug="withdrawn", state=State.WITHDRAWN, published_at=timezone.now())


def kinds_of_pages() -> list[str]:
    """The addresses of every kind of page, without the language."""
    project, *others = (model.objects.published().first() for model in (Project, Article, Event, GoodPractice, Partner))
    records = [record.get_absolute_url().removeprefix("/en/") for record in (project, *others)]
    sections = [f"{records[0]}{section.name}/" for section in all_sections()]
    return [*LISTS, *records, *sections, "about/", *SEARCHES, *FAILURES]
