"""
An action over several records, kept as one, so that whoever did it can undo it: each record through its own versions.

    with bulk_change(request, records) as bulk:
        for record in bulk.records:
            record.state = State.PUBLISHED
            bulk.save(record)
"""

from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial import history
from editorial.comparison import same
from editorial.keeping import deletion, keep, keep_before
from editorial.locks_admin import lock
from editorial.models import BulkChange, Publishable, Snapshot
from editorial.readiness import required
from editorial.restoring import Refused, bring_back, restore
from editorial.review import TAKEN_BACK, Reviewable, decided
from editorial.states import State
from editorial.translations import column
from editorial.versions import kind, snapshots_of, state_in, state_now

OFFERED_FOR = timedelta(days=7)
BESIDE_THE_LIST_FOR = timedelta(hours=1)


class Bulk:
    """What `bulk_change` gives: `records` that nobody else can change meanwhile, and the ways to write them."""

    def __init__(self, request, records):
        self.user, self.screen, self.model = request.user, history.screen_of(request), records.model
        lock(self.model, pk__in=list(records.values_list("pk", flat=True)))
        self.records = records.all()  # read anew: as they stand now that they are locked
        self.change = None
        self.count = 0

    def save(self, record):
        """Save one of the records, once, with a version before and after."""
        with self.changing(record):
            record.save()

    @contextmanager
    def changing(self, record):
        """For what `save` can't do, such as a relation to several: keeps the record before and after the block."""
        keep_before(self.model, record.pk)
        yield
        keep(record, self.user, self.screen, bulk=self.begun())
        log(self.user, record, history.bulk_name(self.change))

    def delete(self, record):
        """Delete one of the records, so that it can be brought back."""
        with deletion(record, self.user, bulk=self.begun()):
            record.delete()

    def begun(self) -> BulkChange:
        """The change that it all belongs to, made with the first record: an action that changed nothing leaves none."""
        if self.change is None:
            self.change = BulkChange.objects.create(user=self.user, kind=kind(self.model), screen=self.screen)
        self.count += 1
        return self.change


@contextmanager
def bulk_change(request, records):
    """Do something to several records in one transaction; gives a Bulk. An error takes all of it back."""
    with transaction.atomic():
        yield Bulk(request, records)


def log(user, record, words: str):
    """Let the record's log say who did what, as after a form; its versions are kept by themselves."""
    LogEntry.objects.log_actions(user.pk, [record], CHANGE, change_message=words, single_object=True)


class Undoable(NamedTuple):
    """An action that someone can still undo, in words."""

    change: BulkChange
    count: int

    @property
    def name(self) -> str:
        return history.bulk_name(self.change)

    @property
    def address(self) -> str:
        meta = history.model_named(self.change.kind)._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_undo", args=[self.change.pk])

    @property
    def records(self) -> str:
        """`Articles (3)`"""
        return f"{capfirst(history.model_named(self.change.kind)._meta.verbose_name_plural)} ({self.count})"


def last_bulk_change(user, model=None) -> Undoable | None:
    """
    What a person did last to several records, if it can still be undone: for a week, or beside the list of a model for
    an hour.
    """
    age = BESIDE_THE_LIST_FOR if model else OFFERED_FOR
    last = BulkChange.objects.filter(user=user, at__gte=timezone.now() - age).first()
    if last is None or last.undone_at or history.model_named(last.kind) is None:
        return None
    if model and last.kind != kind(model):
        return None
    return Undoable(last, last.snapshots.count())


class Outcome(NamedTuple):
    """How many records are as they were, and the others: `[("Nine partners meet", "Ana changed it …")]`"""

    done: int
    left: list[tuple[str, str]]


def undo(change: BulkChange, request) -> Outcome:
    """
    Take an action back from each of its records that nobody has changed since; the others stay as they are.

    Raises Refused where it has been undone already. What can be taken back is decided once: what is left then has a
    newer version, or a reason that each record's history shows a way around.
    """
    model = history.model_named(change.kind)
    with transaction.atomic():
        change = BulkChange.objects.select_for_update(no_key=True).get(pk=change.pk)
        if change.undone_at:
            raise Refused(_("This has been undone already."))
        done, left = 0, []
        for snapshot in change.snapshots.order_by("pk"):
            try:
                taken_back(snapshot, model, request)
                done += 1
            except Refused as refusal:
                left.append((name_in(snapshot, model), " ".join(refusal.sentences)))
        if done:
            change.undone_at = timezone.now()
            change.save(update_fields=["undone_at"])
    return Outcome(done, left)


def name_in(snapshot: Snapshot, model) -> str:
    return state_in(snapshot, model).record.name


def taken_back(snapshot: Snapshot, model, request):
    """Give a record what it had before one of its saves, or bring it back. Raises Refused."""
    options = admin.site.get_model_admin(model)
    try:
        with transaction.atomic(), options.watched(request, snapshot):
            lock(model, pk=snapshot.record_id)
            take = bring_back_deleted if snapshot.gone else restore_changed
            log(request.user, take(snapshot, options, request), str(history.SCREENS["undo"]))
    except IntegrityError:
        raise Refused(_("Something else has been entered since that it contradicts.")) from None


def bring_back_deleted(snapshot, options, request):
    if not options.may_bring_back(request):
        raise Refused(_("You may not bring it back."))
    return bring_back(snapshot, options.model, request.user, "undo", publishing(options.model, request.user))


def publishing(model, user) -> tuple:
    """The fields by which a deleted record gets public again, for who may publish it."""
    states = [field for field in model._meta.fields if field.name == "state"]
    may = all(user.may_write(field) and user.may_set(value) for field in states for value, _name in field.choices)
    return ("state", "published_at") if may else ()


def restore_changed(snapshot, options, request):
    model = options.model
    record = model._base_manager.filter(pk=snapshot.record_id).first()
    if record is None:
        raise Refused(_("It has been deleted since."))
    check_unchanged(snapshot, model)
    before = snapshots_of(model, record.pk).filter(pk__lt=snapshot.pk).first()
    if before is None:
        raise Refused(_("What stood there before is no longer kept."))
    changed = changed_columns(snapshot)
    may = options.writes_everything(request.user) or not (snapshot.changes or {}).get("rows")
    if not may or not may_take_back(request, options, record, changed, state_in(before, model).record):
        raise Refused(_("You may not change it back."))
    standing = record.standing if isinstance(record, Reviewable) and record.standing_field in changed else None
    restored = restore(before, model, request.user, "undo", changed)
    if standing:
        tell_of_return(model._base_manager.get(pk=record.pk), standing, snapshot.at, request.user)
    return restored


def tell_of_return(record, standing: str, since, user):
    """
    Keep that a record has the standing again that it had before an action at the time `since`, and let those concerned
    know. Raises Refused where `check_return` does.
    """
    if isinstance(record, Publishable):
        check_return(record, since)
    decided(TAKEN_BACK, record, standing, user)


def check_return(record, since):
    """Raise Refused where visitors would see something incomplete by it, or at once what was to wait."""
    if record.is_public and record.published_at > since:
        raise Refused(_("Its time has come meanwhile: visitors would see it at once. Publish it by itself."))
    if record.state == State.PUBLISHED and (gaps := required(record.missing_before_publishing())):
        raise Refused(_("Something required is missing: %(gaps)s") % {"gaps": " ".join(gap.text for gap in gaps)})


def check_unchanged(snapshot, model):
    """Raise Refused where anything of a record was changed since the snapshot, by whoever it was."""
    since = snapshots_of(model, snapshot.record_id).filter(pk__gt=snapshot.pk)
    changed = next((each for each in since if any((each.changes or {}).values())), None)
    if changed and changed.user:
        time = date_format(timezone.localtime(changed.at), "SHORT_DATETIME_FORMAT")
        raise Refused(_("%(person)s changed it on %(time)s.") % {"person": changed.user, "time": time})
    if changed or not same(state_in(snapshot, model), state_now(model, snapshot.record_id)):
        raise Refused(_("It has been changed since."))


def changed_columns(snapshot) -> list[str]:
    """The names of the fields that a save changed, a text's once a language: `["state", "title_sl"]`"""
    fields = (snapshot.changes or {}).get("fields", [])
    return [name for text, languages in fields for name in [column(text, code) for code in languages] or [text]]


def may_take_back(request, options, record, changed, before) -> bool:
    """Whether a person may write each changed field, and give the record the state that it had."""
    try:
        fields = [options.opts.get_field(name) for name in changed]
    except FieldDoesNotExist:  # gone with an update of the portal
        return False
    states = [before.fields.get("state")] if "state" in changed else []
    may_write = all(map(request.user.may_write, fields)) and all(map(request.user.may_set, states))
    return may_write and options.has_change_permission(request, record)
