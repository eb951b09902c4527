"""Taking an import back, but for what was changed since."""

from typing import NamedTuple

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.changes import tell_of_change
from editorial.keeping import keep, keep_before, note_why
from editorial.translating.progress import forget, observe
from imports.models import Import, Written
from imports.reading import Refused

STEP = 500
SCREEN = "import"
# What comes with a record by itself, and what the portal notes of it, is nobody's work.
OF_THE_RECORD = {"projects.projectwebsite"}


class Undone(NamedTuple):
    """How many records are as they were, and those that stay, with why: `[("A bridge", "It was changed since.")]`"""

    done: int
    left: list[tuple[str, str]]


@transaction.atomic
def undo(one: Import, user=None) -> Undone:
    """Take back what it wrote, but for what was changed since. Raises Refused where there is nothing to take back."""
    if not one.confirmed_at or one.undone_at or one.progress != Import.Progress.DONE:
        raise Refused(_("Only an import that was written, and not undone yet, can be undone."))
    left, done = [], 0
    rows = list(one.written.order_by("-pk"))  # what refers to others goes first
    kinds = list(dict.fromkeys((row.model, row.is_new) for row in rows))
    for label, is_new in kinds:
        of_kind = [row for row in rows if (row.model, row.is_new) == (label, is_new)]
        for start in range(0, len(of_kind), STEP):
            batch = of_kind[start : start + STEP]
            taken, stay = (remove if is_new else restore)(apps.get_model(label), batch, one, user)
            done += taken
            left += stay
    one.note(undone_at=timezone.now(), undone_by=user)
    return Undone(done, left)


def preview(one: Import, user=None) -> Undone:
    """What `undo` would do. Nothing is done."""
    with transaction.atomic():
        outcome = undo(Import.objects.get(pk=one.pk), user)
        transaction.set_rollback(True)
    return outcome


def remove(model, rows: list[Written], one: Import, user) -> tuple[int, list]:
    """Delete what the import made, where nobody has changed it or referred to it since."""
    records = model._base_manager.in_bulk([row.record_id for row in rows])
    after = {row.record_id: row.after for row in rows}
    used = referred_to(model, list(records))
    left, gone = [], []
    for pk, record in records.items():
        if pk in used:
            left.append((str(record), str(_("Something else refers to it by now."))))
        elif was_changed(record, after[pk], one):
            left.append((str(record), str(_("It was changed since."))))
        else:
            gone.append(record)
    return len(gone) + delete(model, gone, left), left


def delete(model, records: list, left: list) -> int:
    """Delete them together; 0, or less by those that something protects after all."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=[record.pk for record in records]).delete()
    except ProtectedError:
        left += [(str(record), str(_("Something else refers to it by now."))) for record in records]
        return -len(records)
    forget(records)
    tell_of_change(model, [record.pk for record in records])
    return 0


def was_changed(record, after: dict, one: Import) -> bool:
    """Whether someone has saved it since, or it no longer says what the import wrote."""
    if hasattr(record, "updated_at") and record.updated_at > one.ended_at:
        return True
    return any(current(record, name) != value for name, value in after.items() if is_column(type(record), name))


def is_column(model, name: str) -> bool:
    return any(name in (field.name, field.attname) for field in model._meta.concrete_fields)


def current(record, name: str):
    """A value as an import keeps it: texts, figures and numbers of records."""
    field = record._meta.get_field(name.removesuffix("_id") if name.endswith("_id") and name != "keep_id" else name)
    value = getattr(record, field.attname)
    return value if value is None or isinstance(value, (int, str, bool)) else str(value)


def referred_to(model, pks: list[int]) -> set[int]:
    """Those that records of other models, or of the same one, refer to."""
    found = set()
    for relation in model._meta.related_objects:
        if relation.related_model._meta.label_lower in OF_THE_RECORD or not relation.field.concrete:
            continue
        name = relation.field.name
        records = relation.related_model._base_manager.filter(**{f"{name}__in": pks})
        found |= set(records.order_by().values_list(name, flat=True))
    return found


def restore(model, rows: list[Written], one: Import, user) -> tuple[int, list]:
    """Give records the values that they had, where they still have those of the import."""
    records = model._base_manager.select_for_update(no_key=True).in_bulk([row.record_id for row in rows])
    why = _("Import %(number)d was undone: %(name)s") % {"number": one.pk, "name": one.name}
    done, left = 0, []
    for row in rows:
        record = records.get(row.record_id)
        if record is None:
            left.append((str(row), str(_("It is gone."))))
        elif any(current(record, name) != row.after.get(name) for name in row.before):
            left.append((str(record), str(_("It was changed since."))))
        else:
            keep_before(model, record.pk)
            give(record, row.before)
            observe([record])
            keep(record, user, SCREEN)
            note_why(model, record.pk, why)
            done += 1
    return done, left


def give(record: models.Model, values: dict):
    for name, value in values.items():
        field = record._meta.get_field(name.removesuffix("_id") if not is_plain(record, name) else name)
        setattr(record, field.attname, field.to_python(value))
    record.save()


def is_plain(record, name: str) -> bool:
    return any(field.name == name for field in record._meta.concrete_fields)
