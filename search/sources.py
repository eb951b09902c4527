"""What is searched: each kind of record that visitors can open, and the texts of it in which they look for words."""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from editorial.fields import RichTextField
from editorial.models import Publishable
from editorial.states import State
from editorial.translations import active_languages, column, fallback_chain, translated_fields
from news.models import Article, Event
from pages.models import Page
from partners.models import Partner
from projects.models import Document, Project
from results.models import GoodPractice

END_OF_BLOCK = re.compile(r"</(?:p|h\d|li|td|th|blockquote)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Source:
    """
    A kind of record. `visible` gives those that visitors may see now; `titles` and `texts` name fields, which may be
    translated; `dated` names the date by which the newer of two equally good ones comes first.
    """

    name: str
    label: str
    model: type[Model]
    visible: Callable[[], QuerySet]
    titles: list[str]
    texts: list[str]
    dated: str
    address: tuple[str, ...] = ("slug",)  # the fields that its address is made of

    def candidates(self) -> QuerySet:
        """Those that are kept in the index: what is or may become visible without being saved again."""
        is_publishable = issubclass(self.model, Publishable)
        return self.model.objects.filter(Q(state=State.PUBLISHED) if is_publishable else Q())

    def languages_of(self, record) -> list[str]:
        """The languages in use in which it says anything; all of them where its title is a name, the same in each."""
        translated = translated_fields(self.model)
        own = [field for field in [*self.titles, *self.texts] if field in translated]
        if not set(self.titles) & set(translated):
            return active_languages()
        return [each for each in active_languages() if any(getattr(record, column(field, each)) for field in own)]

    def title(self, record, language) -> str:
        return ": ".join(filter(None, (self.text(record, field, language) for field in self.titles)))

    def body(self, record, language) -> str:
        return "\n".join(filter(None, (self.text(record, field, language) for field in self.texts)))

    def text(self, record, field, language) -> str:
        """
        One text in a language, plain, its facts as it names them. Where only a title is missing, the one that readers
        are shown stands in.
        """
        is_rich = isinstance(self.model._meta.get_field(field), RichTextField)
        names = [field]
        if field in translated_fields(self.model):
            chain = fallback_chain(language) if field in self.titles else [language]
            names = [column(field, each) for each in chain]
        text = next(filter(None, (getattr(record, name) for name in names)), "")
        return composed(without_markup(text) if is_rich else text)

    def day(self, record) -> date | None:
        value = getattr(record, self.dated)
        return timezone.localdate(value) if isinstance(value, datetime) else value

    def addressed(self, pks) -> dict[int, Model]:
        """The visible ones of these records, with no more of them than their addresses are made of."""
        related = {name.rpartition("__")[0] for name in self.address} - {""}
        records = self.visible().filter(pk__in=pks).order_by().select_related(*related).only(*self.address)
        return {record.pk: record for record in records}

    def with_wholes(self, pks) -> dict[int, Model]:
        """These records with no more than says whose facts their texts name."""
        records, whole = self.model.objects.filter(pk__in=pks).only("pk"), getattr(self.model, "belongs_to", None)
        if whole is None:
            return records.in_bulk()
        field = self.model._meta.get_field(whole)
        records = records if field.many_to_many else records.only("pk", whole)
        return records.prefetch_related(Prefetch(whole, field.related_model.objects.only("pk"))).in_bulk()


def without_markup(text: str) -> str:
    """Rich text as plain text, a line for each paragraph, list item or cell."""
    return html.unescape(strip_tags(END_OF_BLOCK.sub("\n", text)))


def composed(text: str) -> str:
    """A text in Unicode's composed form, without empty lines and needless spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(filter(None, lines)))


SOURCES = [
    Source(
        "project",
        _("Projects"),
        Project,
        lambda: Project.objects.published(),
        titles=["acronym", "title"],
        texts=["summary", "change", "goals", "operation_code"],
        dated="start",
    ),
    Source(
        "practice",
        _("Good practices"),
        GoodPractice,
        lambda: GoodPractice.objects.published(),
        titles=["title"],
        texts=["summary", "description", "resources", "evidence", "difficulties", "transfer", "owner", "place"],
        dated="published_at",
    ),
    Source(
        "article",
        _("News"),
        Article,
        lambda: Article.objects.published(),
        titles=["title"],
        texts=["lead", "body"],
        dated="published_at",
    ),
    Source(
        "event",
        _("Events"),
        Event,
        lambda: Event.objects.published(),
        titles=["title"],
        texts=["description", "outcome", "place", "city"],
        dated="start_date",
    ),
    Source(
        "partner",
        _("Partners"),
        Partner,
        lambda: Partner.objects.published(),
        titles=["name"],
        texts=["english_name", "short_name", "description", "city", "region"],
        dated="published_at",
    ),
    Source(
        "document",
        _("Documents"),
        Document,
        lambda: Document.objects.in_public(),
        titles=["title"],
        texts=[],
        dated="issued_on",
        address=("file", "project__slug"),
    ),
    Source(
        "page",
        _("Pages"),
        Page,
        lambda: Page.objects.published(),
        titles=["title"],
        texts=["summary", "body"],
        dated="published_at",
    ),
]


def source_of(model) -> Source | None:
    return next((source for source in SOURCES if source.model is model), None)


def source_named(name: str) -> Source | None:
    return next((source for source in SOURCES if source.name == name), None)
