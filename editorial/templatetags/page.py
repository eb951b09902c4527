import re

from django import template
from django.conf import settings

register = template.Library()

# The pages' own names have three letters at least, so two of them are always a language, in use or not.
LANGUAGE_PREFIX = re.compile(r"^/(?:[a-z]{2}(?:/|$))?")


@register.simple_tag(takes_context=True)
def address_in(context, language):
    """The address of this page in another language: only its first part differs."""
    return LANGUAGE_PREFIX.sub(f"/{language}/", context["request"].get_full_path(), count=1)


@register.simple_tag(takes_context=True)
def preview_query(context, record):
    """`?preview=…` on a page that a link shows before it is public, for the addresses of the same record's pages."""
    preview = getattr(getattr(context, "request", None), "preview", None)
    return f"?preview={preview.token}" if preview and preview.record == record else ""


@register.simple_tag
def portal_languages():
    """`[("en", "English"), ("sl", "slovenščina"), …]`"""
    return settings.LANGUAGES
