"""The words of reports: texts of records without markup, in the reader's language or marked with their own."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.facts import TOKEN, facts
from editorial.fields import RichTextField
from editorial.formats import language_name
from editorial.showing import Found, Text
from editorial.translations import language_of
from reports.cells import plain_text
from reports.document import Document, Section


def document(kind: str, title: str, sections: list[Section | None], subtitle: str = "") -> Document:
    """A report in the active language, of those sections that there are, with all facts that its texts name."""
    found = [section for section in sections if section]
    return with_facts(Document(kind, str(title), subtitle, get_language(), found))


def words(record, field: str) -> str | None:
    """
    A text of a record without markup; None where no language has it.

    What isn't translated says which language it is in. The facts that it names are put into words by `document`.
    """
    source = getattr(record, field)
    if not source:
        return None
    text = plain_text(source) if isinstance(record._meta.get_field(field), RichTextField) else source
    language = language_of(record, field)
    return with_owner(text, record) if language == get_language() else in_language(with_owner(text, record), language)


def in_language(text: str, language: str) -> str:
    # Translators: where names of languages are bent in your language, “(language: %(language)s)” does too.
    return _("%(text)s (in %(language)s)") % {"text": text, "language": language_name(language)}


def with_owner(text: str, record) -> str:
    """The text in which a fact says of which project it is, as it will be read apart from its record."""
    if "[[" not in text:
        return text
    subjects = facts.subjects_of(record)
    owner = subjects[0].slug if len(subjects) == 1 else ""
    return TOKEN.sub(lambda token: f"[[{token[1] or owner}:{token[2]}]]", text)


def with_facts(document: Document) -> Document:
    """The facts that texts name in the words that any visitor reads; a query or two for the whole report."""
    named = [Text(text, None) for text in texts_in(document) if "[[" in text]
    if not named:
        return document
    found = Found(None, named)
    return rewritten(document, lambda text: found.told(Text(text, None)) if "[[" in text else text)


def texts_in(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def rewritten(value, rewrite: Callable[[str], str]):
    """A document, or a part of one, with its texts rewritten."""
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, list):
        return [rewritten(each, rewrite) for each in value]
    if is_dataclass(value):
        return replace(value, **{each.name: rewritten(getattr(value, each.name), rewrite) for each in fields(value)})
    return value


def absolute(path: str) -> str:
    """An address of the portal with its host, as it leads there from a file."""
    return f"{settings.PORTAL_ADDRESS}{path}" if path.startswith("/") else path


def page_of(record) -> str:
    return absolute(record.get_absolute_url())
