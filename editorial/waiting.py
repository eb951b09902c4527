"""
What waits for a person on the first screen. Each app adds what it knows about in a module `waiting.py` of its own:

    add_waiting(Waiting("consent", _("Consent that ends"), 50))
    add_records("consent", contacts_whose_consent_ends)

with a function that gets the person and gives, for each kind of record, a Part of those that this person may act on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.decisions import submitted_by
from editorial.generations import kept
from editorial.models import Picture, Publishable
from editorial.querysets import translated
from editorial.readiness import public_with_gaps
from editorial.states import State
from editorial.translations import column
from editorial.versions import worked_on_by

SHOWN = 5  # of each thing that waits; the rest is in the list


@dataclass(frozen=True)
class Waiting:
    """A thing that waits: a card on the first screen, in the order of the cards."""

    name: str
    title: str
    order: int


def change_address(record) -> str:
    return address_of(type(record), "change", record.pk)


def address_of(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@dataclass(frozen=True)
class Part:
    """
    The records of one kind that wait, the most urgent first. `query` is what filters the list of the kind to the same
    records, or the address of another page that shows them; `line` is what is said of one, `note` what beside it, and
    `address` where it leads. `name` is what they are called together, if not by their model's plural.
    """

    records: QuerySet | list
    model: type[Model]
    query: dict | str
    line: Callable[[Model], str] = str
    note: Callable[[Model], str] | None = None
    address: Callable[[Model], str] = change_address
    name: str = ""


class Row(NamedTuple):
    line: str
    address: str
    note: str


class Found(NamedTuple):
    """What waits, for the card: `lists` leads to all of it, `[("Articles (7)", "/admin/…"), …]`."""

    waiting: Waiting
    count: int
    rows: list[Row]
    lists: list[tuple[str, str]]


_waiting: dict[str, Waiting] = {}
_finders: dict[str, list[Callable[[object], Iterable[Part]]]] = {}


def add_waiting(waiting: Waiting):
    _waiting[waiting.name] = waiting


def add_records(name: str, find: Callable[[object], Iterable[Part]]):
    """Add to a thing that waits; several floors may add to the same one."""
    finders = _finders.setdefault(name, [])
    if find not in finders:
        finders.append(find)


def waiting_for(user) -> list[Found]:
    """
    Everything that waits for the person, in its order. One query a kind of record, or two where there are many; each
    card is kept until something that it was read from is saved, or the person has other rights.
    """
    things = [kept_card(each, user) for each in sorted(_waiting.values(), key=lambda each: each.order)]
    return [each for each in things if each.count]


def kept_card(waiting: Waiting, user) -> Found:
    rights = user.is_superuser or sorted(user.get_all_permissions())
    person = repr([user.pk, user.role and user.role.name, user.partner_id, user.languages, rights, get_language()])
    key = f"waiting-{waiting.name}-{sha256(person.encode()).hexdigest()}"
    return kept(key, lambda: found(waiting, user))


def found(waiting: Waiting, user) -> Found:
    parts = [part for find in _finders.get(waiting.name, ()) for part in find(user)]
    counted = [(part, *first_of(part.records)) for part in parts]
    counted = [(part, records, count) for part, records, count in counted if count]
    several = len(counted) > 1
    rows = [row(part, record, several) for part, records, _count in counted for record in records]
    lists = [(list_name(part, count), list_address(part)) for part, _records, count in counted]
    return Found(waiting, sum(count for _part, _records, count in counted), rows[:SHOWN], lists)


def first_of(records) -> tuple[list, int]:
    """The first records, and how many there are."""
    first = list(records[: SHOWN + 1])
    if len(first) <= SHOWN:
        return first, len(first)
    return first[:SHOWN], records.count() if isinstance(records, QuerySet) else len(records)


def row(part: Part, record, several: bool) -> Row:
    note = part.note(record) if part.note else capfirst(part.model._meta.verbose_name) if several else ""
    return Row(str(part.line(record)), part.address(record), str(note))


def list_name(part: Part, count: int) -> str:
    return f"{part.name or capfirst(part.model._meta.verbose_name_plural)} ({count})"


def list_address(part: Part) -> str:
    if isinstance(part.query, str):
        return part.query
    return f"{address_of(part.model, 'changelist')}?{urlencode(part.query)}"


def editable(user, model) -> QuerySet:
    """The records of a model that the person may change, with what their own line needs."""
    records = translated(model._default_manager.all())
    if not user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        return records.none()
    related = getattr(admin.site._registry.get(model), "list_select_related", ())
    mine = translated(records.editable_by(user))
    return translated(mine.select_related(*related) if related else mine).lean()


def may_give(user, model, *states) -> bool:
    """Whether the person may give records of the model these states."""
    return user.may_write(model._meta.get_field("state")) and all(map(user.may_set, states))


def publishable_models() -> list:
    return [model for model in admin.site._registry if issubclass(model, Publishable)]


def for_review(user):
    """In review, for who may publish and return."""
    for model in publishable_models():
        if may_give(user, model, State.PUBLISHED, State.RETURNED):
            records = editable(user, model).filter(state=State.IN_REVIEW).order_by("updated_at")
            yield Part(records, model, {"state__exact": State.IN_REVIEW.value})


def returned(user):
    """Returned to an organisation's people, or to who submitted it."""
    for model in publishable_models():
        records = editable(user, model).filter(state=State.RETURNED).order_by("updated_at")
        query = {"state__exact": State.RETURNED.value}
        if may_give(user, model, State.IN_REVIEW):
            own = records if user.only_own_organisation else submitted_by(user, records)
            yield Part(own, model, query if user.only_own_organisation else query | {"mine": "submitted"})


def drafts(user):
    for model in publishable_models():
        if may_give(user, model, State.DRAFT):
            records = worked_on_by(user, editable(user, model).filter(state=State.DRAFT)).order_by("-updated_at")
            yield Part(records, model, {"state__exact": State.DRAFT.value, "mine": "yes"})


def incomplete(user):
    """What visitors see although something required is missing, each kind with the first gap of each record."""
    kinds = {}
    for record, gaps in public_with_gaps(user):
        kinds.setdefault(type(record), {})[record] = gaps
    for model, found in kinds.items():
        yield Part([*found], model, reverse("gaps"), note=lambda record, found=found: found[record][0].text)


def undescribed(user):
    if user.may_write(Picture._meta.get_field(column("alt", settings.LANGUAGE_CODE))):
        yield Part(editable(user, Picture).undescribed(), Picture, {"described": "no"})


add_waiting(Waiting("review", _("For your review"), 10))
add_waiting(Waiting("returned", _("Returned to you"), 20))
add_waiting(Waiting("gaps", _("Public, with something missing"), 60))
add_waiting(Waiting("drafts", _("Your drafts"), 80))
add_waiting(Waiting("pictures", _("Pictures without a description"), 70))
add_records("review", for_review)
add_records("returned", returned)
add_records("gaps", incomplete)
add_records("drafts", drafts)
add_records("pictures", undescribed)
