"""What the back office says of facts that a saved text names and that its readers won't see."""

from django.contrib import messages
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.models import Publishable
from editorial.showing import Found, Text
from editorial.translations import columns, translated_fields


def texts_naming_facts(record) -> list[tuple[str, Text]]:
    """A record's texts, in all languages in use, in which facts are named, each with what its field is called."""
    return [
        (capfirst(record._meta.get_field(field).verbose_name), Text(text, record))
        for field in translated_fields(type(record))
        for name in columns(field)
        if "[[" in (text := getattr(record, name) or "")
    ]


def unread_facts(records, user) -> list[str]:
    """
    Sentences on the facts that saved records name and that show as “not published”, each once a field: those that the
    portal doesn't know, and of public records those that visitors may not see yet.
    """
    named = [naming for record in records for naming in texts_naming_facts(record)]
    if not named:
        return []
    texts = [text for _label, text in named]
    staff, visitors = Found(None, texts, user), Found(None, texts)
    sentences = []
    for label, text in named:
        unknown = staff.unknown_in(text)
        hidden = [token for token in visitors.unknown_in(text) if token not in unknown and is_public(text.record)]
        sentences += [not_known(token, label) for token in unknown] + [not_public(token, label) for token in hidden]
    return list(dict.fromkeys(sentences))


def is_public(record) -> bool:
    return isinstance(record, Publishable) and record.is_public


def not_known(token, label) -> str:
    message = _(
        "“%(token)s” in “%(field)s” shows as “not published”, as the portal doesn't know it. Fill it in where it "
        "belongs, or write the sentence without it."
    )
    return message % {"token": token, "field": label}


def not_public(token, label) -> str:
    message = _("Visitors read “not published” for “%(token)s” in “%(field)s” until its project is published.")
    return message % {"token": token, "field": label}


class WarnsOfUnknownFacts:
    """For admins: whoever saves a text that names a fact learns when its readers won't see it."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rows = [row.instance for rows in formsets for row in rows.forms if row.instance.pk and row.has_changed()]
        for sentence in unread_facts([form.instance, *rows], request.user):
            messages.warning(request, sentence)
