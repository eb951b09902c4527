"""What differs between two states of a record: field by field, language by language, row by row, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from editorial.fields import RichTextField
from editorial.names import Names, in_words
from editorial.translations import active_languages, inactive_columns
from editorial.versions import Row, State, names_of_fields, parts_of
from editorial.wording import in_words as rich_in_words

EMPTY = (None, "", [])
FRACTION = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+(?=Z$|[+-]\d\d:\d\d$)")


class Shown(NamedTuple):
    """A field that a version shows: one text of several languages, or a value that is one for all."""

    field: models.Field
    language: str

    @property
    def text(self) -> models.Field:
        return getattr(self.field, "translated_field", self.field)

    @property
    def label(self) -> str:
        return capfirst(self.text.verbose_name)


class Piece(NamedTuple):
    what: str  # "same", "added" or "removed"
    text: str


class Line(NamedTuple):
    """What became of one field, in one language where it has several."""

    label: str
    language: str
    pieces: list[Piece]
    note: str = ""


class RowChange(NamedTuple):
    what: str  # "added", "removed" or "changed"
    name: str
    lines: list[Line]


class Comparison(NamedTuple):
    lines: list[Line]
    tables: list[tuple[str, list[RowChange]]]

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.tables


def options_of(model, inline=None):
    return inline or admin.site._registry.get(model)


def order_in_form(options) -> list[str]:
    """The names of a form's fields as its admin or inline declares them, from top to bottom."""
    fieldsets = getattr(options, "fieldsets", None) or [(None, {"fields": getattr(options, "fields", None) or []})]
    return [name for _title, fieldset in fieldsets for name in flatten(fieldset["fields"])]


def shown_fields(model, link=None, inline=None) -> list[Shown]:
    """What people can write of a record, in the languages in use and in the order of its form."""
    order, hidden = order_in_form(options_of(model, inline)), set(inactive_columns(model))
    fields = [model._meta.get_field(name) for name in names_of_fields(model) if name not in hidden]
    shown = [
        Shown(field, field.language if isinstance(field, TranslationField) else "")
        for field in fields
        if field.editable and (link is None or field.name != link.name)
    ]
    places, languages = {name: place for place, name in enumerate(order)}, ["", *active_languages()]
    return sorted(shown, key=lambda each: (places.get(each.text.name, len(places)), languages.index(each.language)))


def differs(old: Row | None, new: Row | None, name: str) -> bool:
    """Whether a field's value differs; a field that came or went with an update of the portal never does."""
    if any(row and name not in row.fields for row in (old, new)):
        return False
    before, after = (to_the_second(row.fields[name]) if row else None for row in (old, new))
    return before != after and not (before in EMPTY and after in EMPTY)


def to_the_second(value):
    """A moment without the fraction that a form can't hold; anything else as it is."""
    return FRACTION.sub(r"\1", value) if isinstance(value, str) else value


def changed_fields(old, new, fields: list[Shown]) -> list[Shown]:
    return [shown for shown in fields if differs(old, new, shown.field.name)]


def paired(before: State, after: State, model) -> list[tuple[Row | None, Row | None]]:
    """Each row as it was and as it is; None where it wasn't or isn't there."""
    old, new = before.rows.get(model, {}), after.rows.get(model, {})
    return [(old.get(pk), new.get(pk)) for pk in dict.fromkeys([*old, *new])]


def same(before: State, after: State) -> bool:
    """Whether nothing at all differs that people or commands can write, other languages included."""
    if before.record is None:
        return False
    pairs = [(before.record, after.record)]
    for model in after.rows:
        pairs += paired(before, after, model)
    return all(old and new and not any_field_differs(old, new) for old, new in pairs)


def any_field_differs(old: Row, new: Row) -> bool:
    stamps = {field.name for field in new.model._meta.fields if getattr(field, "auto_now", False)}
    return any(differs(old, new, name) for name in new.fields.keys() - stamps)


def changes_between(before: State, after: State) -> dict | None:
    """
    What a save changed, by name: `{"fields": [["title", ["en", "sl"]]], "rows": [["projects.phase", 1, 0, 2]]}` with
    the rows added, removed and changed. None for the first version.
    """
    if before.record is None:
        return None
    fields = {}
    for shown in changed_fields(before.record, after.record, shown_fields(after.record.model)):
        fields.setdefault(shown.text.name, []).extend([shown.language] if shown.language else [])
    rows = [[part.model._meta.label_lower, *count_rows(before, after, part)] for part in parts_of(after.record.model)]
    return {"fields": list(map(list, fields.items())), "rows": [row for row in rows if any(row[1:])]}


def count_rows(before, after, part) -> tuple[int, int, int]:
    pairs, fields = paired(before, after, part.model), shown_fields(part.model, part.link, part.inline)
    added = sum(old is None for old, new in pairs)
    removed = sum(new is None for old, new in pairs)
    return added, removed, sum(bool(old and new and changed_fields(old, new, fields)) for old, new in pairs)


def compare(before: State, after: State, model, but=()) -> Comparison:
    """Everything that differs but for the fields named, in the reader's words."""
    tables = []
    names = Names()
    for part in parts_of(model):
        fields = shown_fields(part.model, part.link, part.inline)
        pairs = [(old, new, changed_fields(old, new, fields)) for old, new in paired(before, after, part.model)]
        tables.append((part.model, [pair for pair in pairs if pair[2] or None in pair[:2]]))
    fields = [each for each in shown_fields(model) if each.field.name not in but]
    own = changed_fields(before.record, after.record, fields)
    rows = [pair for _model, pairs in tables for pair in pairs]
    for old, new, changed in [(before.record, after.record, own), *rows]:
        names.need(changed, old, new)
    return Comparison(
        [line(before.record, after.record, shown, names) for shown in own],
        [(title(model), [row_change(*pair, names) for pair in pairs]) for model, pairs in tables if pairs],
    )


def title(model) -> str:
    return capfirst(model._meta.verbose_name_plural)


def row_change(old, new, changed, names) -> RowChange:
    what = "changed" if old and new else "added" if new else "removed"
    return RowChange(what, (new or old).name, [line(old, new, shown, names) for shown in changed])


def line(old, new, shown: Shown, names) -> Line:
    before, after = (row.fields[shown.field.name] if row else None for row in (old, new))
    if is_text(shown.field):
        before, after = (plain(shown.text, value, names) for value in (before, after))
        note = _("The words are the same; formatting or a link changed.") if before == after else ""
        return Line(shown.label, shown.language, marked(before, after), note)
    before, after = (in_words(shown.field, value, names) for value in (before, after))
    pieces = [Piece(what, value) for what, value in (("removed", before), ("added", after)) if value]
    return Line(shown.label, shown.language, pieces)


def is_text(field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def plain(field, value, names=None) -> str:
    """A text without its markup, a line for each paragraph, heading and item. `names` knows what it mentions."""
    if not isinstance(field, RichTextField):
        return value or ""
    if names is None:
        names = Names()
        names.need_mentioned([value or ""])
    return rich_in_words(value or "", names.of)


def marked(before: str, after: str) -> list[Piece]:
    """A text with the words marked that went and came: `[("same", "Nine partners"), ("removed", "meet"), …]`"""
    old, new = words(before), words(after)
    pieces = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", " ".join(old[start:end])))
            continue
        gone, come = " ".join(old[start:end]), " ".join(new[new_start:new_end])
        pieces += [piece for piece in (Piece("removed", gone), Piece("added", come)) if piece.text]
    return pieces


def words(text: str) -> list[str]:
    return re.findall(r"\n|[^\s]+", text)
