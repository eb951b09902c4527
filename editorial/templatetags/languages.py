"""How a page speaks: texts with the language they are really in, amounts and dates as the reader writes them."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language

from editorial import formats
from editorial.translations import language_of, languages_with

register = template.Library()

register.filter("country_name", formats.country_name)
register.filter("percentage", formats.percentage)
register.filter("long_date", formats.long_date)
register.filter("month_and_year", formats.month_and_year)
register.filter("listing", formats.listing)


@register.simple_tag
def lang_attribute(record, field):
    """` lang="en"` where the text is shown in another language than the page's, for screen readers and hyphenation."""
    language = language_of(record, field)
    return "" if language == get_language() else format_html(' lang="{}"', language)


@register.simple_tag
def shown_in(record, field):
    """The code of the language that a text fell back to; empty where it is in the reader's own."""
    language = language_of(record, field)
    return "" if language == get_language() else language


@register.simple_tag
def written_in(record, field):
    """The languages in use that a text is really written in."""
    return languages_with(record, field)


@register.filter
def own_language_name(language):
    """The language's name as its speakers say it: `slovenščina`."""
    return dict(settings.CONTENT_LANGUAGES).get(language, language)


@register.filter
def language_name(language):
    """The language's name in the reader's language: `Slovenian`."""
    return formats.language_name(language)


def readable(value, text):
    """An amount that doesn't break over lines, and to the cent for machines; nothing where it isn't known."""
    return (
        "" if value is None else format_html('<data class="amount" value="{}">{}</data>', f"{value:.2f}", text(value))
    )


@register.filter
def amount(value):
    """An amount in EUR to the cent."""
    return readable(value, formats.amount)


@register.filter
def whole_amount(value):
    """The same without its cents."""
    return readable(value, formats.whole_amount)


@register.filter
def figure(value):
    """A number without needless decimals: 30.0000 → `30`."""
    return "" if value is None else formats.number(value)


@register.filter
def date_of_moment(value):
    """The date of a moment, where the agency is."""
    return day(localtime(value).date()) if value else ""


@register.filter
def day(value):
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.long_date(value)) if value else ""


@register.simple_tag
def day_range(start, end):
    """`3–5 Mar 2020`, or two dates that a line may break between; the one that is known where the other isn't."""
    if not (start and end) or start == end:
        return day(start or end)
    if (start.year, start.month) != (end.year, end.month):
        return format_html("{} – {}", day(start), day(end))
    return format_html('<time datetime="{}">{}</time>', start.isoformat(), formats.date_range(start, end))
