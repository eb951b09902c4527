"""Copies a record with the rows of its form as the start of another one: what was planned, not what came of it."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils.text import capfirst
from modeltranslation.fields import TranslationField

from editorial.rights import holds_others
from editorial.states import State
from editorial.translations import translated_fields
from editorial.versions import parts_of

DAY = timedelta(days=1)
SHORTEST_MONTH = 28  # days


@dataclass(frozen=True)
class Copied:
    """
    What of a record, or of the rows of an inline, goes into a copy: everything but the fields in `without`, a text in
    all languages. The days in
    `begins` and `ends` are moved as far as the record's own first day is; `only` says which rows are taken along.
    """

    without: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    only: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Move:
    """From one first day to another: by whole months where both are the same day, one that all have, else by days."""

    old: date | None
    new: date | None

    @property
    def months(self) -> int | None:
        if self.old.day != self.new.day or self.old.day >= SHORTEST_MONTH:
            return None
        return (self.new.year - self.old.year) * 12 + self.new.month - self.old.month

    def beginning(self, day: date) -> date:
        if self.old is None or self.new is None:
            return day
        return day + (self.new - self.old) if self.months is None else months_later(day, self.months)

    def end(self, day: date) -> date:
        """A month's last day stays one: 30 June, two months later, is 31 August."""
        return self.beginning(day + DAY) - DAY


def months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class NotCopied(Exception):
    """What stands in the way of a copy, in sentences. Nothing was made."""

    @property
    def sentences(self) -> tuple[str]:
        return self.args


def twin(record: Model, copied: Copied, move: Move, user) -> Model:
    """
    An unsaved record with the same values, texts in all languages included; a draft where it has a state. A relation to
    what is beyond the person's reach stays empty.
    """
    model = type(record)
    left_out = {*copied.without, "state", "published_at"}
    fields = [each for each in model._meta.concrete_fields if not left_out & names_of(each) and not is_own(each)]
    new = model(**{each.attname: getattr(record, each.attname) for each in fields if may_take(user, record, each)})
    for name in (*copied.begins, *copied.ends):
        if day := getattr(record, name):
            setattr(new, name, move.end(day) if name in copied.ends else move.beginning(day))
    if hasattr(new, "state"):
        new.state = State.DRAFT
    return new


def names_of(each) -> set[str]:
    """A field's name, and the text's whose words it holds in one language."""
    return {each.name, each.translated_field.name} if isinstance(each, TranslationField) else {each.name}


def is_own(each) -> bool:
    """Whether every record has its own: its number, when it was made or changed, and a text's column of no language."""
    stamp = getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False)
    return each.primary_key or stamp or each.name in translated_fields(each.model)


def may_take(user, record, each) -> bool:
    return not (each.is_relation and each.null and holds_others(user, record, each))


def save_copy(new: Model, original: Model, copied: Copied, move: Move, parts, user):
    """
    Save a twin with the rows of `parts` and the relations to several. Raises NotCopied where a rule forbids any of it.
    """
    with transaction.atomic():
        checked(new)
        new.save()
        for each in original._meta.many_to_many:
            if each.name not in copied.without and not holds_others(user, original, each):
                getattr(new, each.name).set(getattr(original, each.name).all())
        for part in parts:
            for row in rows_of(part, original):
                copy = twin(row, part.inline.copied, move, user)
                setattr(copy, part.link.name, new)
                checked(copy)
                copy.save()


def rows_of(part, original):
    return part.model._base_manager.filter(part.inline.copied.only, **{part.link.name: original.pk}).order_by("pk")


def copied_parts(model) -> list:
    """The inlines of a record's form, from whichever floor, whose rows go into a copy."""
    return [part for part in parts_of(model) if getattr(part.inline, "copied", None)]


def checked(record):
    try:
        record.full_clean()
    except ValidationError as error:
        raise NotCopied(*sentences(record, error)) from error


def sentences(record, error) -> list[str]:
    names = {each.name: capfirst(each.verbose_name) for each in record._meta.fields}
    kind = capfirst(record._meta.verbose_name)
    return [
        f"{kind} – {names[name]}: {text}" if name != NON_FIELD_ERRORS and name in names else f"{kind}: {text}"
        for name, texts in error.message_dict.items()
        for text in texts
    ]
