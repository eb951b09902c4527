"""Keeps records as they are saved and before they are deleted: a revision a save, a snapshot a record it changed."""

from collections.abc import Iterable
from contextlib import contextmanager

import reversion
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import models, router, transaction

from editorial.changes import Followed, tell_of_change
from editorial.comparison import changes_between, same
from editorial.models import Snapshot
from editorial.translating.progress import forget, observe
from editorial.versions import (
    Row,
    State,
    as_row,
    is_kept,
    kind,
    owners_of,
    records_now,
    snapshots_of,
    state_in,
    state_now,
    state_of,
)

NOTHING = State(None, {})


def last_state(model, pk) -> State:
    last = snapshots_of(model, pk).first()
    return state_in(last, model) if last else NOTHING


def revise(records: Iterable[models.Model], snapshots: list[dict], user):
    """Write one revision that holds the records, each once; note how far they are translated, and tell who follows."""
    records = {(type(record), record.pk): record for record in records}.values()
    observe(records)
    for record in records:
        if not isinstance(record, Followed):  # which tell by themselves
            tell_of_change(type(record), [record.pk])
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(user)
        for record in records:
            reversion.add_to_revision(record)
        for snapshot in snapshots:
            reversion.add_meta(Snapshot, user=user, **snapshot)


def snapshot_of(row: Row, screen, of, changes) -> dict:
    return {"kind": kind(row.model), "record_id": row.pk, "screen": screen, "of": of, "changes": changes}


def keep_before(model, pk):
    """
    Keep a record that is about to be changed, and whose form it is a row of, as they are now, unless they are kept so.

    So nothing is lost of what a command or an import wrote.
    """
    if pk is None:
        return
    records = records_now(model, pk)
    observe(records)  # what the translations were made from is known only until the source changes
    now = state_of([as_row(record) for record in records], model, pk)
    for owner, owner_pk in [(model, pk), *owners(now.record)]:
        state = now if owner is model else state_now(owner, owner_pk)
        before = last_state(owner, owner_pk)
        if state.record and not same(before, state):
            found = snapshot_of(state.record, "outside", kind(owner), changes_between(before, state))
            revise(records_now(owner, owner_pk), [found], None)


def owners(row: Row | None) -> set[tuple]:
    """The model and number of each record in whose form a row is written."""
    links = [(part.model, row.fields.get(part.link.name)) for part in owners_of(row.model)] if row else []
    return {(model, pk) for model, pk in links if pk is not None}


def keep(record, user, screen: str, of: str = "", bulk=None):
    """
    Keep a record as it was just saved, with its rows; and whatever else the save changed: a row that has a form of its
    own, another record in whose form a row is written. `bulk` is the BulkChange that the save is a part of.
    """
    model, of = type(record), of or kind(type(record))
    before, now = last_state(model, record.pk), records_now(model, record.pk)
    after = state_of([as_row(each) for each in now], model, record.pk)
    if after.record is None:
        return
    snapshots = [snapshot_of(after.record, screen, of, changes_between(before, after)) | {"bulk": bulk}]
    snapshots += [snapshot_of(new, screen, of, changes) for new, changes in rows_written(before, after)]
    keep_removed(before, after, user, screen, of)
    for owner, pk in others(before, after):
        was, owned = last_state(owner, pk), records_now(owner, pk)
        is_now = state_of([as_row(each) for each in owned], owner, pk)
        if is_now.record and not same(was, is_now):
            snapshots.append(snapshot_of(is_now.record, screen, of, changes_between(was, is_now)))
            now += owned
    revise(now, snapshots, user)


def note_why(model, pk, why: str):
    """Let the history of a record, and of what else its last save changed, say why that was done."""
    last = snapshots_of(model, pk).first() if why else None
    for snapshot in Snapshot.objects.filter(revision=last.revision_id) if last else []:
        snapshot.changes = (snapshot.changes or {}) | {"why": why}
        snapshot.save(update_fields=["changes"])


def rows_written(before: State, after: State):
    """Rows with a form of their own that a save added or changed."""
    for model, rows in after.rows.items():
        for pk, row in rows.items() if model in admin.site._registry else ():
            old = before.rows.get(model, {}).get(pk)
            if old is None or old.fields != row.fields:
                yield row, changes_between(State(old, {}), State(row, {}))


def keep_removed(before: State, after: State, user, screen, of):
    """Say of rows that a save removed who did it; the revision before it holds them."""
    for model, rows in before.rows.items():
        for pk, row in rows.items() if model in admin.site._registry else ():
            if pk not in after.rows[model] and newly_gone(model, pk):
                last = snapshots_of(*key(before.record)).first()
                gone = snapshot_of(row, screen, of, {}) | {"revision": last.revision, "gone": True, "user": user}
                Snapshot.objects.create(**gone)


def newly_gone(model, pk) -> bool:
    """Whether a record is no longer there, and no snapshot says so."""
    last = snapshots_of(model, pk).first()
    return not model._base_manager.filter(pk=pk).exists() and not (last and last.gone)


def key(row: Row) -> tuple:
    return row.model, row.pk


def others(before: State, after: State) -> set[tuple]:
    """The records, beside the one that was saved, whose forms show something that the save changed."""
    found = owners(before.record) | owners(after.record)
    for state, other in [(before, after), (after, before)]:
        for model, rows in state.rows.items():
            for pk, row in rows.items():
                if (twin := other.rows.get(model, {}).get(pk)) is None or twin.fields != row.fields:
                    found |= owners(row)
    return found - {key(after.record)}


@contextmanager
def deletion(record, user, bulk=None):
    """Keep a record and all that goes with it; then, once it is deleted, those in whose forms it was a row."""
    model, using = type(record), router.db_for_write(type(record))
    with transaction.atomic(using):
        row = as_row(model._base_manager.get(pk=record.pk))
        keep_before(model, record.pk)
        doomed, losing = collect(record, using)
        gone = [each for each in doomed if type(each) in admin.site._registry]
        snapshots = [
            snapshot_of(as_row(each), "deletion", kind(model), {})
            | {"gone": True, "bulk": bulk if each == record else None}
            for each in gone
        ]
        revise([*doomed, *losing], snapshots, user)
        yield
        forget(doomed)
        for owner, pk in owners(row):
            if found := owner._base_manager.filter(pk=pk).first():
                keep(found, user, "deletion", kind(model))


def collect(record, using) -> tuple[list, list]:
    """What is deleted with a record, itself included, and what then no longer refers to it; all of it whole."""
    collector = NestedObjects(using, record)
    collector.collect([record])
    doomed = {model: {each.pk for each in records} for model, records in collector.data.items()}
    losing = {}
    for updated in collector.field_updates.values():
        for each in (one for batch in updated for one in batch):
            losing.setdefault(type(each), set()).add(each.pk)
    for link, records in collector.data.items():
        if source := link._meta.auto_created:
            losing.setdefault(source, set()).update(getattr(each, column_of(source, link)) for each in records)
    return whole(doomed), whole({model: pks - doomed.get(model, set()) for model, pks in losing.items()})


def column_of(source, link) -> str:
    """Where the table of a relation to several holds the record that the relation is written at."""
    return next(field for field in source._meta.many_to_many if field.remote_field.through is link).m2m_column_name()


def whole(numbers: dict) -> list:
    return [each for model, pks in numbers.items() if is_kept(model) for each in model._base_manager.filter(pk__in=pks)]
