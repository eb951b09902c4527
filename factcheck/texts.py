"""The portal's texts that speak of one project, in every language in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import Count, Min, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from editorial.querysets import translated
from editorial.translating.board import path_to_whole
from editorial.translations import active_languages, column, translated_fields
from news.models import Article, Event, Newsletter

CHUNK = 200  # records read at a time
# What was written for a day and stands as it was then, and the field that says which day; all else must be right today.
DATED = {Article: "published_at", Event: "end_date", Newsletter: "issued_on"}


@dataclass(frozen=True)
class Text:
    """`words` of a record's `field` in a language; `project` is the number of the one that they speak of."""

    record: Model
    field: str
    language: str
    words: str
    project: int

    @property
    def as_of(self) -> date | None:
        """The day that the text was written for; None where it has to be right today."""
        value = getattr(self.record, DATED.get(type(self.record), ""), None)
        return timezone.localdate(value) if isinstance(value, datetime) else value


def texts(projects: QuerySet | None = None, languages: list[str] | None = None) -> Iterator[Text]:
    """All texts about one project each, by default of all projects and in all languages in use, drafts included."""
    for model in models_about_projects():
        for record in records(model, projects).iterator(chunk_size=CHUNK):
            yield from texts_of(record, record.about_project, languages)


def texts_of(record, project: int, languages: list[str] | None = None) -> Iterator[Text]:
    """What a record says in the given languages, by default in all that are in use."""
    for language in languages or active_languages():
        for field in translated_fields(type(record)):
            if words := getattr(record, column(field, language)):
                yield Text(record, field, language, words, project)


def models_about_projects() -> list[type[Model]]:
    """Those with texts per language that are a project or belong to one, directly or not."""
    return [model for model in apps.get_models() if translated_fields(model) and path_to_whole(model) is not None]


def records(model, projects: QuerySet | None = None) -> QuerySet:
    """The model's records that belong to exactly one project, with its number as `about_project`."""
    path = path_to_whole(model) or "pk"
    itself = model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
    only_one = itself.annotate(wholes=Count(path, distinct=True)).filter(wholes=1).annotate(whole=Min(path))
    about = translated(model._default_manager.order_by("pk")).annotate(about_project=Subquery(only_one.values("whole")))
    if projects is None:
        return about.filter(about_project__isnull=False).lean()
    return about.filter(about_project__in=projects.order_by().values("pk")).lean()
