"""Which language a text is shown in: the reader's, else the next one of the fallback chain that has it."""

from django.conf import settings
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from modeltranslation.translator import NotRegistered, translator


def active_languages() -> list[str]:
    """The codes of the languages in use, the portal's first one first."""
    return [code for code, name in settings.LANGUAGES]


def fallback_chain(language: str | None = None) -> list[str]:
    """The given language (else the reader's), then the others in use in the portal's order."""
    first = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [first, *(code for code in active_languages() if code != first)]


def column(field: str, language: str) -> str:
    """The model field that holds one language's text: `title`, `sl` → `title_sl`."""
    return f"{field}_{language}"


def columns(field: str) -> list[str]:
    """The model fields that hold a text in the languages in use, `partner__unit` → `partner__unit_en`, …"""
    return [column(field, language) for language in active_languages()]


def translated_fields(model) -> list[str]:
    """The names of a model's texts per language: `["title", "summary"]`; empty where it has none."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def inactive_columns(model) -> list[str]:
    """The model's fields for languages that this portal doesn't use."""
    unused = [code for code in settings.MODELTRANSLATION_LANGUAGES if code not in active_languages()]
    return [column(field, language) for field in translated_fields(model) for language in unused]


def language_of(record, field: str) -> str:
    """The language in which a visitor reads `record.field` now; the reader's own where no language has it."""
    chain = fallback_chain()
    return next((language for language in chain if getattr(record, column(field, language))), chain[0])


def languages_with(record, field: str) -> list[str]:
    """The languages in use in which `record.field` is written."""
    return [language for language in active_languages() if getattr(record, column(field, language))]


def as_read(field: str):
    """The text of `field` as the reader sees it, as an SQL expression to sort by."""
    texts = [NullIf(F(column(field, language)), Value("")) for language in fallback_chain()]
    return Coalesce(*texts, Value(""), output_field=CharField())
