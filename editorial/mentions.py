"""Where texts mention a record: rich texts that link to it or show it as a figure, in any language."""

import re
from collections import Counter
from functools import cache, partial

from django.apps import apps
from django.db.models import Q

from editorial.fields import RichTextField
from editorial.generations import kept
from editorial.models import Picture
from editorial.translations import active_languages, inactive_columns


@cache
def columns_of_texts(model) -> list[str]:
    """The model's columns of rich text in all languages."""
    return [field.name for field in model._meta.fields if isinstance(field, RichTextField) and is_column(field)]


def columns_in_use(model) -> list[str]:
    unused = inactive_columns(model)
    return [column for column in columns_of_texts(model) if column not in unused]


def is_column(field) -> bool:
    """Whether it holds a text of one language; the base column of several holds whatever was saved last."""
    return hasattr(field, "language") or not hasattr(field.model, f"{field.name}_en")


def models_with_texts() -> list:
    return [model for model in apps.get_models() if columns_of_texts(model)]


def marker(model, pk="") -> str:
    """What stands in a text that mentions a record: `data-picture="12"`, `"record:projects.project/12"`."""
    return f'data-picture="{pk}' if model is Picture else f'"record:{model._meta.label_lower}/{pk}'


def containing(model, words: str, columns: list[str]):
    """The model's records with the exact words in one of the columns."""
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__contains": words})
    return model._default_manager.filter(condition)


def mentioning(model, records, in_use=True) -> list:
    """
    For each kind of record with rich texts, the queryset of those that mention some of the given ones: in the
    languages in use, or in all of them, as one may be in use again.
    """
    found = []
    for writer in models_with_texts():
        columns = columns_in_use(writer) if in_use else columns_of_texts(writer)
        users = writer._default_manager.none()
        for record in records:
            users = users | containing(writer, marker(model, record.pk) + '"', columns)
        found.append(users)
    return found


def mention_counts(model) -> Counter:
    """In how many records' texts each record of a model is mentioned; kept until a text is saved."""
    return kept(f"mentions-{model._meta.label_lower}-{'-'.join(active_languages())}", partial(count_mentions, model))


def count_mentions(model) -> Counter:
    """One query a kind with rich texts, which reads them all."""
    number = re.compile(re.escape(marker(model)) + r"(\d+)\"")
    counts = Counter()
    for writer in models_with_texts():
        columns = columns_in_use(writer)
        for texts in containing(writer, marker(model), columns).values_list(*columns):
            counts.update({int(pk) for text in texts if text for pk in number.findall(text)})
    return counts
