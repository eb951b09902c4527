"""Amounts, dates and names of countries as each language writes them (Unicode CLDR, by Babel)."""

import re
from datetime import date, time
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language

from editorial.alphabets import reading_order

# The European form, where CLDR takes another one for a language's own.
EUROPEAN_FORMS = {"en": "en_GB", "pt": "pt_PT"}

# Codes that CLDR holds beside the countries: unions, the United Nations, test regions.
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}

SPACES = re.compile(r"[\s\u2009]+")


@cache
def locale_of(language: str) -> Locale:
    """The locale whose notation a language's readers expect; English where CLDR doesn't know the language."""
    code = language.split("-")[0]
    return Locale.parse(EUROPEAN_FORMS.get(code, code))


def reader_locale() -> Locale:
    return locale_of(get_language() or "en")


def locale_name(language: str) -> str:
    """A language with the country where it is at home: `sl` → `sl_SI`, `en` → `en_GB`."""
    likely = get_global("likely_subtags").get(language, language)
    return EUROPEAN_FORMS.get(language, "_".join([language, *likely.split("_")[2:]]))


def number(value) -> str:
    """12345.5 → `12,345.5`, `12.345,5`, `12 345,5`"""
    return format_decimal(value, "#,##0.####", locale=reader_locale())


def amount(value: Decimal) -> str:
    """An amount in EUR to the cent: `1,637,941.00 EUR`, `1.637.941,00 EUR`"""
    return amount_in(value, "EUR")


def amount_in(value: Decimal, currency: str) -> str:
    """An amount in any currency to the cent: `4,578,474.00 GBP`"""
    return f"{bare_amount(value)} {currency}"


def bare_amount(value: Decimal) -> str:
    """The same in a column whose header names the currency: `1,637,941.00`, `1.637.941,00`"""
    return format_decimal(value, "#,##0.00", locale=reader_locale())


def whole_amount(value: Decimal) -> str:
    """An amount in EUR without its cents: `1,637,941 EUR`, for figures that are compared at a glance."""
    return f"{format_decimal(value, '#,##0', locale=reader_locale())} EUR"


def percentage(share: Decimal) -> str:
    """A share of one, at most one decimal: 0.85 → `85%`, `85 %`"""
    locale = reader_locale()
    pattern = locale.percent_formats[None].pattern.replace("##0", "##0.#")
    return format_percent(share, pattern, locale=locale)


def with_plain_spaces(text: str) -> str:
    """CLDR's hard and thin spaces would hide a date from a search; the style sheet keeps it on one line."""
    return SPACES.sub(" ", text)


def long_date(day: date) -> str:
    """`1 August 2019`, `1. avgust 2019`, `2019. gada 1. augusts`"""
    return with_plain_spaces(format_date(day, "long", locale=reader_locale()))


def short_date(day: date) -> str:
    """`1 Aug 2019`, `1. avg. 2019`, as it stands in a column."""
    return with_plain_spaces(format_date(day, "medium", locale=reader_locale()))


def clock(moment: time) -> str:
    """`14:05`, `14.05`"""
    return with_plain_spaces(format_time(moment, "short", locale=reader_locale()))


def month_and_year(day: date) -> str:
    """`October 2021`, `oktober 2021`"""
    return with_plain_spaces(format_skeleton("yMMMM", day, locale=reader_locale()))


def short_month(day: date) -> str:
    """`Oct`, `okt.`, as it stands below a bar."""
    return with_plain_spaces(format_date(day, "LLL", locale=reader_locale()))


def date_range(start: date, end: date) -> str:
    """`3–5 Mar 2020`, `1 August 2019 – 31 January 2023`, or one date where both are the same."""
    if start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return with_plain_spaces(format_interval(start, end, "yMMMMd", locale=reader_locale()))
    return f"{long_date(start)} – {long_date(end)}"


def country_name(code: str) -> str:
    """The country's name in the reader's language, `SI` → `Slovenia`; the code itself where there is none."""
    return reader_locale().territories.get(code, code)


def language_name(code: str) -> str:
    """The language's name in the reader's language, `sl` → `Slovenian`; the code itself where there is none."""
    return reader_locale().languages.get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Every country's code and name in the reader's language, sorted by name."""
    return countries_in(reader_locale())


@cache
def countries_in(locale: Locale) -> list[tuple[str, str]]:
    """Sorted once a language: a list of records asks for all of them in each of its rows."""
    names = locale.territories.items()
    countries = [(code, name) for code, name in names if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY]
    return sorted(countries, key=lambda country: reading_order(country[1]))


def listing(items: list[str]) -> str:
    """`Slovenia, Austria and Latvia`"""
    return format_list(items, locale=reader_locale())
