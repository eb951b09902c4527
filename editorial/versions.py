"""Which records are kept at every save, what belongs to each, and how a kept one is read again (django-reversion)."""

import json
from typing import NamedTuple

import reversion
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core import serializers
from django.db import models
from django.forms.models import _get_foreign_key
from reversion.models import Version

from editorial.models import Snapshot
from editorial.translations import translated_fields


class Part(NamedTuple):
    """Rows that are written in a record's form: their model, the field that links them to the record, their inline."""

    model: type[models.Model]
    link: models.ForeignKey
    inline: type[admin.options.InlineModelAdmin]


class Row(NamedTuple):
    """One record or row as it was kept: `fields` in the notation of JSON, by the names of the model's fields."""

    model: type[models.Model]
    pk: int
    name: str
    fields: dict


class State(NamedTuple):
    """A record with the rows of its form, `rows[model][pk]`; without a `record` where nothing was kept of it."""

    record: Row | None
    rows: dict[type[models.Model], dict[int, Row]]


def kind(model) -> str:
    return model._meta.label_lower


def parts_of(model) -> list[Part]:
    """What is written in the form of a model beside its own fields, whichever floor it comes from."""
    inlines = admin.site._registry[model].inlines if model in admin.site._registry else []
    return [
        Part(inline.model, _get_foreign_key(model, inline.model, fk_name=inline.fk_name), inline) for inline in inlines
    ]


def owners_of(model) -> list[Part]:
    """The forms in which a model's records are rows: each as the owner's model and the field that leads there."""
    owners = [(owner, part) for owner in admin.site._registry for part in parts_of(owner) if part.model is model]
    return [Part(owner, part.link, part.inline) for owner, part in owners]


def is_kept(model) -> bool:
    return reversion.is_registered(model)


def register_all(kept_admin):
    """
    Have every model kept whose admin is a `kept_admin`, with the rows of its form. People aren't: they hold passwords.

    A text's base column holds whatever was saved last, so only the columns of the languages are kept.
    """
    for model, options in list(admin.site._registry.items()):
        if isinstance(options, kept_admin) and model is not get_user_model():
            for each in [model, *(part.model for part in parts_of(model))]:
                if not is_kept(each):
                    reversion.register(each, exclude=translated_fields(each))


def names_of_fields(model) -> list[str]:
    """The fields of a model that are kept."""
    texts = translated_fields(model)
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if field.name not in texts and not field.primary_key]


def records_now(model, pk) -> list[models.Model]:
    """The record with the rows of its form, whole and as the database has them now; empty where it is gone."""
    found = list(model._base_manager.filter(pk=pk))
    for part in parts_of(model) if found else []:
        related = [name for name in part.inline.list_select_related if name != part.link.name]
        for row in part.model._base_manager.filter(**{part.link.name: pk}).select_related(*related).order_by("pk"):
            setattr(row, part.link.name, found[0])
            found.append(row)
    return found


def as_row(record) -> Row:
    names = names_of_fields(type(record))
    fields = json.loads(serializers.serialize("json", [record], fields=names))[0]["fields"]
    return Row(type(record), record.pk, str(record), sort_lists(type(record), fields))


def sort_lists(model, fields: dict) -> dict:
    """Related records, which a database gives in any order, always in the same one."""
    relations = {field.name for field in model._meta.local_many_to_many}
    return {name: sorted(value) if name in relations else value for name, value in fields.items()}


def state_of(rows: list[Row], model, pk) -> State:
    """What of some rows is the record and what belongs to it."""
    record = next((row for row in rows if row.model is model and row.pk == pk), None)
    belonging = {
        part.model: {row.pk: row for row in rows if row.model is part.model and row.fields.get(part.link.name) == pk}
        for part in parts_of(model)
    }
    return State(record, belonging)


def state_now(model, pk) -> State:
    return state_of([as_row(record) for record in records_now(model, pk)], model, pk)


def rows_in(revision_id) -> list[Row]:
    """Everything that a revision holds, but for models that are no longer there."""
    versions = Version.objects.filter(revision=revision_id).order_by("pk")
    return [read(version) for version in versions if version._model is not None]


def read(version: Version) -> Row:
    """A version's fields as they were kept; those that its model no longer has are left to whoever asks for them."""
    kept = json.loads(version.serialized_data)[0]
    return Row(version._model, int(version.object_id), version.object_repr, sort_lists(version._model, kept["fields"]))


def state_in(snapshot: Snapshot, model) -> State:
    return state_of(rows_in(snapshot.revision_id), model, snapshot.record_id)


def snapshots_of(model, pk):
    """The saves of a record, the latest first."""
    return Snapshot.objects.filter(kind=kind(model), record_id=pk).select_related("user")


def worked_on_by(user, records):
    """Those of the records that the person has saved once."""
    return records.filter(pk__in=Snapshot.objects.filter(user=user, kind=kind(records.model)).values("record_id"))


def deleted(model):
    """The last snapshot of each record that is no longer there, the latest first."""
    snapshots = Snapshot.objects.filter(kind=kind(model))
    last = snapshots.order_by().values("record_id").annotate(last=models.Max("pk")).values("last")
    there = model._base_manager.filter(pk=models.OuterRef("record_id"))
    return snapshots.filter(~models.Exists(there), pk__in=last).select_related("user")
