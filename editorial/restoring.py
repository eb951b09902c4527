"""Brings a kept version of a record back, with its rows and relations: all of it in one transaction, or nothing."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.formats import listing
from editorial.keeping import keep, keep_before
from editorial.models import Snapshot
from editorial.names import names_of, numbers
from editorial.review import Reviewable
from editorial.versions import Row, State, kind, names_of_fields, parts_of, rows_in, state_in, state_of


class Refused(Exception):
    """Why a version can't be brought back, in sentences. Nothing was changed."""

    @property
    def sentences(self) -> tuple[str]:
        return self.args


def restore(snapshot: Snapshot, model, user, screen="restore", taking=()):
    """
    Give a record and its rows the values of one of its versions, those of the fields in `taking` too, which restoring
    leaves otherwise. Raises Refused.
    """
    with transaction.atomic():
        if not model._base_manager.select_for_update().filter(pk=snapshot.record_id).exists():
            raise Refused(
                _("The record has been deleted meanwhile. Bring it back first, from the list of deleted ones.")
            )
        keep_before(model, snapshot.record_id)
        state = state_in(snapshot, model)
        remove_rows_beside(state)
        Restoration(rows_of(state), taking).write()
        record = model._base_manager.get(pk=snapshot.record_id)
        keep(record, user, screen)
    return record


def bring_back(snapshot: Snapshot, model, user, screen="bring_back", taking=()):
    """
    Make a deleted record anew, with its rows and with what was deleted because of it; `taking` as in `restore`.
    Raises Refused.
    """
    with transaction.atomic():
        if model._base_manager.filter(pk=snapshot.record_id).exists():
            raise Refused(_("Someone has brought this back already."))
        rows = rows_deleted(snapshot, model)
        restoration = Restoration(rows, taking)
        restoration.write()
        relink(snapshot, rows)
        for row in rows:
            if row.model in admin.site._registry:
                keep(row.model._base_manager.get(pk=row.pk), user, screen, kind(model))
    return model._base_manager.get(pk=snapshot.record_id)


def rows_of(state: State) -> list[Row]:
    return [state.record, *(row for rows in state.rows.values() for row in rows.values())]


def rows_deleted(snapshot: Snapshot, model) -> list[Row]:
    """A deleted record, its rows, and what went with it if it was the one that was deleted; without what is there."""
    rows = rows_in(snapshot.revision_id)
    if not (snapshot.screen == "deletion" and snapshot.of == snapshot.kind):
        rows = rows_of(state_of(rows, model, snapshot.record_id))
    there = existing(rows_by_model(rows))
    return [row for row in rows if row.pk not in there[row.model]]


def rows_by_model(rows) -> dict:
    found = {}
    for row in rows:
        found.setdefault(row.model, set()).add(row.pk)
    return found


def existing(records: dict) -> dict:
    """Those of some records that are there: `{model: {1, 2}}`."""
    return {
        model: set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for model, pks in records.items()
    }


def remove_rows_beside(state: State):
    """Delete the rows that a record has now and didn't have in this version."""
    for part_model, rows in state.rows.items():
        link = next(iter(part.link for part in parts_of(state.record.model) if part.model is part_model))
        extra = part_model._base_manager.filter(**{link.name: state.record.pk}).exclude(pk__in=rows)
        if fixed := [reason for row in extra if isinstance(row, Reviewable) and (reason := row.why_fixed())]:
            raise Refused(*fixed)
        try:
            extra.delete()
        except ProtectedError as error:
            message = _("%(rows)s can't be taken out again, because something else refers to it: %(others)s.")
            names = {"rows": listing(list(map(str, extra))), "others": listing(list(map(str, error.protected_objects)))}
            raise Refused(message % names) from error


def relink(snapshot: Snapshot, rows: list[Row]):
    """Let what referred to deleted records, and is still there, refer to them again."""
    back = rows_by_model(rows)
    for row in rows_in(snapshot.revision_id):
        record = row.model._base_manager.filter(pk=row.pk).first()
        if record and row.pk not in back.get(row.model, ()):
            point_again(record, row, back)


def point_again(record, row: Row, back: dict):
    for field in relations(row):
        found = numbers([row.fields[field.name]]) & back.get(field.related_model, set())
        if found and field.many_to_many:
            getattr(record, field.name).add(*found)
        elif found and getattr(record, field.attname) is None:
            row.model._base_manager.filter(pk=row.pk).update(**{field.attname: row.fields[field.name]})


class Restoration:
    """Rows to be written as they were kept: what of them can't be had again, and the writing."""

    def __init__(self, rows: list[Row], taking=()):
        self.rows, self.taking = rows, taking
        self.refers_to = {}
        for row in rows:
            for field in relations(row):
                self.refers_to.setdefault(field.related_model, set()).update(numbers([row.fields[field.name]]))
        self.there = existing(self.refers_to)
        for model, pks in rows_by_model(rows).items():
            self.there.setdefault(model, set()).update(pks)

    def gone(self, row: Row, field) -> set:
        """The records that a row's field referred to and that are no longer there."""
        return numbers([row.fields[field.name]]) - self.there[field.related_model]

    def gaps(self) -> list[str]:
        """What a restored version will lack, in sentences."""
        sentences = []
        for row in self.rows:
            for field in relations(row):
                if (gone := self.gone(row, field)) and (field.many_to_many or field.null):
                    message = _("%(row)s: “%(field)s” leaves out %(names)s.")
                    sentences.append(message % self.wording(row, field, gone))
            sentences += missing_files(row)
        return sentences

    def obstacles(self) -> list[str]:
        """What must be there again before a row can be, in sentences."""
        message = _("%(row)s: “%(field)s” was %(names)s. Bring that back first.")
        return [
            message % self.wording(row, field, gone)
            for row in self.rows
            for field in relations(row)
            if (gone := self.gone(row, field)) and not (field.many_to_many or field.null)
        ]

    def wording(self, row, field, gone) -> dict:
        names = names_of(field.related_model, gone)
        unnamed = _("a record deleted since")
        return {
            "row": row.name,
            "field": capfirst(field.verbose_name),
            "names": listing([names.get(pk, unnamed) for pk in sorted(gone)]),
        }

    def write(self):
        """Write every row, then hold each against its model's rules as they all stand. Raises Refused."""
        if obstacles := self.obstacles():
            raise Refused(*obstacles)
        pending = self.rows
        while pending:
            # A row may have to wait until another has given up what only one of them may have, as the lead.
            failed = [row for row in pending if not self.try_to_save(row)]
            if len(failed) == len(pending):
                raise Refused(*self.faults(failed) or [_("The version contradicts what has been entered since.")])
            pending = failed
        if faults := self.faults(self.rows, saved=True):
            raise Refused(*faults)

    def try_to_save(self, row: Row) -> bool:
        try:
            with transaction.atomic():
                self.save(row)
        except IntegrityError:
            return False
        return True

    def save(self, row: Row):
        record = self.filled_in(row)
        check_unfixed(record, row)
        record.save(force_insert=record._state.adding)
        stamps = [field.name for field in row.model._meta.fields if getattr(field, "auto_now_add", False)]
        if stamps:
            row.model._base_manager.filter(pk=row.pk).update(**{name: row.fields[name] for name in stamps})
        for field in row.model._meta.many_to_many:
            if field.name in row.fields:
                getattr(record, field.name).set(set(row.fields[field.name]) - self.gone(row, field))

    def filled_in(self, row: Row) -> models.Model:
        """The record as it was kept, but for what a restored version leaves as it stands and what its model lost."""
        record = row.model._base_manager.filter(pk=row.pk).first() or row.model(pk=row.pk)
        left = set(left_as_it_is(row.model)).difference(self.taking)
        for name in names_of_fields(row.model):
            field = row.model._meta.get_field(name)
            if name in row.fields and name not in left and not field.many_to_many:
                empty = field.related_model and self.gone(row, field)
                put(record, field, None if empty else value_of(row, field))
        return record

    def faults(self, rows, saved=False) -> list[str]:
        """What the models' rules find wrong with the rows, a sentence each."""
        sentences = []
        for row in rows:
            record = row.model._base_manager.get(pk=row.pk) if saved else self.filled_in(row)
            files = [field.name for field in row.model._meta.fields if isinstance(field, models.FileField)]
            try:
                record.full_clean(exclude=files)
            except ValidationError as error:
                sentences += [said(row, field, text) for field, texts in error.message_dict.items() for text in texts]
        return sentences


def check_unfixed(record, row: Row):
    """Raise Refused where the record is closed to changes, as an approved figure is."""
    try:
        if isinstance(record, Reviewable):
            record.check_unfixed()
    except ValidationError as error:
        raise Refused(*(f"{row.name}: {text}" for text in error.messages)) from error


def relations(row: Row) -> list:
    fields = [row.model._meta.get_field(name) for name in names_of_fields(row.model) if name in row.fields]
    return [field for field in fields if field.related_model]


def left_as_it_is(model) -> tuple:
    return getattr(admin.site._registry.get(model), "left_on_restore", ())


def value_of(row: Row, field):
    try:
        return field.to_python(row.fields[field.name])
    except ValidationError as error:
        raise Refused(said(row, field.name, " ".join(error.messages))) from error


def put(record, field, value):
    if isinstance(field, models.FileField):
        record.__dict__[field.attname] = value  # by its name alone: the file itself may be gone
    else:
        setattr(record, field.attname, value)


def said(row: Row, name: str, text: str) -> str:
    """A model's complaint with the row and the field it is about."""
    fields = {field.name: field for field in row.model._meta.get_fields() if not field.auto_created}
    place = f" – {capfirst(fields[name].verbose_name)}" if name in fields else ""
    return f"{row.name}{place}: {text}"


def missing_files(row: Row) -> list[str]:
    message = _("%(row)s: the file “%(file)s” is no longer there. Upload it again afterwards.")
    files = [field for field in row.model._meta.fields if isinstance(field, models.FileField)]
    return [
        message % {"row": row.name, "file": row.fields[field.name].rpartition("/")[2]}
        for field in files
        if row.fields.get(field.name) and not field.storage.exists(row.fields[field.name])
    ]
