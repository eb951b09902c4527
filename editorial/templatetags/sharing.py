"""What search engines, feed readers and those who share a page read in its head."""

import json

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from editorial import formats
from editorial.templatetags.page import LANGUAGE_PREFIX
from editorial.translations import active_languages, language_of, languages_with

register = template.Library()

register.filter("locale_name", formats.locale_name)

# What JSON must not hold inside a script element, as Django's json_script has it.
ESCAPED = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def address_of_page(request, language):
    """The full address of this page in a language: of a list its page too, but not how it is filtered."""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdigit() and page != "1" else ""
    return request.build_absolute_uri(LANGUAGE_PREFIX.sub(f"/{language}/", request.path, count=1) + query)


@register.simple_tag(takes_context=True)
def canonical_address(context, record=None, field=None):
    """Where the page stands in the language that it is really written in."""
    language = language_of(record, field) if record and field else get_language()
    return address_of_page(context["request"], language)


@register.simple_tag(takes_context=True)
def alternates(context, record=None, field=None):
    """`[(language, address), …]`: only real translations are announced; a page without a text of its own has all."""
    languages = languages_with(record, field) if record and field else active_languages()
    return [(language, address_of_page(context["request"], language)) for language in languages]


@register.simple_tag(takes_context=True)
def share_image(context, record=None):
    """The full address of the picture that stands for the page where it is shared."""
    kind, slug = (record._meta.model_name, record.slug) if record else ("portal", "home")
    return context["request"].build_absolute_uri(reverse("share_image", args=[kind, slug]))


@register.simple_tag
def linked_data_script(things):
    """JSON-LD: data, which no browser runs."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
