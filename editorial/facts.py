"""
Facts that a text names instead of typing them: `[[total_budget]]` of the record's own project, or another one's
`[[inno-industry:total_budget]]`. They are shown in the reader's language, and always as they stand now.

What can be named is said by the modules `facts.py` of the floors above. Texts are resolved by `editorial.showing`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Manager, Model, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from editorial.formats import listing
from editorial.models import FormerSlug

# Possessive, so that no text takes longer than its length: neither addresses nor names hold a space.
TOKEN = re.compile(r"\[\[\s*+(?:([^\[\]:<>\s]*+)\s*+:\s*+)?([^\[\]:<>\s]*+)\s*+\]\]")
ANY_TOKEN = re.compile(r"\[\[.*?\]\]", re.S)


@dataclass(frozen=True)
class Fact:
    """Something that can be named: `say` puts it into the reader's words, or None where it isn't known."""

    name: str
    label: str
    say: Callable[[Model], str | None]


class Facts:
    """
    All that can be named. `model` is what facts are about, `load` gives records what their facts need, and `is_loaded`
    says whether a record has it.
    """

    def __init__(self):
        self.model, self.load, self.is_loaded, self.known = None, None, None, {}

    def about(self, model: type[Model], load: Callable[[QuerySet], QuerySet], is_loaded: Callable[[Model], bool]):
        self.model, self.load, self.is_loaded = model, load, is_loaded

    def add(self, *known: Fact):
        self.known |= {fact.name: fact for fact in known}

    def subjects_of(self, record) -> list:
        """What the record's own facts are about: itself, or what it belongs to; one, none or several."""
        if isinstance(record, self.model):
            return [record]
        if record is None or not hasattr(record, "belongs_to"):
            return []
        whole = getattr(record, record.belongs_to)
        wholes = whole.all() if isinstance(whole, Manager) else [whole]
        return [subject for each in wholes for subject in self.subjects_of(each)]


facts = Facts()


def tokens_in(text: str) -> list[tuple[str, str]]:
    """The facts that a text names: `[("", "total_budget"), ("inno-industry", "end_date")]`"""
    return TOKEN.findall(text)


def by_slug(subjects: QuerySet, slugs: Iterable[str]) -> dict[str, Model]:
    """The records that have these addresses, or had them once; two queries more where some had."""
    slugs = set(slugs)
    found = {record.slug: record for record in subjects.filter(slug__in=slugs)}
    missing = slugs - found.keys()
    former = FormerSlug.objects.filter(kind=facts.model._meta.label_lower, former__in=missing) if missing else []
    current = {each.former: each.current for each in former}
    moved = {record.slug: record for record in subjects.filter(slug__in=current.values())} if current else {}
    return found | {slug: moved[now] for slug, now in current.items() if now in moved}


def names_of_facts() -> str:
    return listing([f"[[{name}]]" for name in facts.known])


def check(text: str, field: str, subjects: list | None):
    """
    Raise ValidationError where a text names a fact that there is not. `field` is what the form calls the text;
    `subjects` are what the record belongs to, None where that isn't known.
    """
    for token in ANY_TOKEN.findall(strip_tags(text)):
        parts = TOKEN.fullmatch(token)
        words = {"token": token, "field": field, "facts": names_of_facts(), "name": parts and parts[2]}
        if not parts or parts[2] not in facts.known:
            message = _("“%(token)s” in “%(field)s” is no fact that the portal knows. There are %(facts)s.")
            raise ValidationError(message % words, code="token")
        if parts[1] is not None and not by_slug(facts.model._default_manager.all(), [parts[1]]):
            message = _(
                "“%(token)s” in “%(field)s” names a project that there is not. Choose it from the menu of facts."
            )
            raise ValidationError(message % words, code="token")
        if parts[1] is None and subjects is not None and len(subjects) != 1:
            message = _(
                "“%(token)s” in “%(field)s” doesn't say of which project. Put its address before the name, as in "
                "“[[example-project:%(name)s]]”, or choose the fact from the menu."
            )
            raise ValidationError(message % words, code="token")
        if token not in text:
            message = _("Part of “%(token)s” in “%(field)s” is bold, slanted or a link. Format it as a whole.")
            raise ValidationError(message % words, code="token")


def refuse(text: str, field: str):
    """Raise ValidationError where a short text, such as a title, names a fact: it stands in lists and addresses."""
    if tokens_in(text):
        message = _("“%(field)s” can't name a fact such as “%(token)s”. Write it without, or name it in a longer text.")
        raise ValidationError(message % {"field": field, "token": ANY_TOKEN.search(text)[0]}, code="token")
