"""The names of months in the languages of the Union (Unicode CLDR, by Babel)."""

from functools import cache

from babel.dates import get_month_names
from django.conf import settings

from editorial.formats import locale_of
from search.words import folded

SHORTEST = 3  # letters


@cache
def months_in(language: str) -> dict[str, int]:
    """The folded names, whole and abbreviated, in all forms."""
    found = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            names = get_month_names(width, context, locale_of(language))
            found |= {folded(name): number for number, name in names.items() if not name.isdigit()}
    return found


def month_named(name: str, language: str) -> int | None:
    """The number of a month: in the list's language, else in English, else where no two languages contradict."""
    said = folded(name)
    for first in (language, "en"):
        if number := months_in(first).get(said):
            return number
    found = {months_in(code).get(said) for code in settings.MODELTRANSLATION_LANGUAGES} - {None}
    return found.pop() if len(found) == 1 and len(said) >= SHORTEST else None
