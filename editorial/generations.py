"""
What was worked out of the database is kept, and is right as long as it is kept.

While a value is made, its connection notes which tables are read; whatever is written anywhere, by a form, a command or
a worker, changes the token of its table in the cache that all processes share. A value is taken from where it is kept
as long as the tokens are those that it was made by, so nobody has to say what depends on what, and a save ends only
what was read from its tables. The token of the whole database, its edition, spares asking for all of them.

What changes by itself does so at a midnight or when something goes public at a time that was set (`next_moment`). What
writes to the database past Django shows after `LONGEST` seconds.
"""

import logging
import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep
from uuid import uuid4

from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Min
from django.utils import timezone

from editorial.models import Publishable
from editorial.states import State

LONGEST = 300  # seconds
PATIENCE = 5  # seconds that one waits for a value which another is making
EDITION = "edition"
# What no page shows and is written all the time. A value that was read from one of them isn't kept.
UNSEEN = {"django_session", "editorial_presence", "django_tasks_db_dbtaskresult", "django_admin_log"}

READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|TRUNCATE|REPLACE)\b", re.IGNORECASE)
WRITTEN = re.compile(r'\b(?:INTO|UPDATE|FROM)\s+"?(\w+)', re.IGNORECASE)
NAMES = re.compile(r'"(\w+)"')

log = logging.getLogger(__name__)


def written_by(sql: str) -> list[str]:
    """The tables that a statement writes to: none for a question, several for a TRUNCATE of PostgreSQL's."""
    if not WRITES.match(sql):
        return []
    return NAMES.findall(sql) if sql.lstrip()[:8].upper() == "TRUNCATE" else WRITTEN.findall(sql)[:1]


def watch(sender, connection, **kwargs):
    """Let a new connection tell what it writes."""
    if note_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_writes)


connection_created.connect(watch)


def note_writes(execute, sql, params, many, context):
    answer = execute(sql, params, many, context)
    if tables := set(written_by(str(sql))) - UNSEEN:
        writer = context["connection"]
        if not writer.in_atomic_block:
            changed(tables)
            return answer
        # A savepoint that is undone takes what waits for the commit along.
        within = tuple(writer.savepoint_ids)
        if new := {(table, within) for table in tables} - written(writer):
            written(writer).update(new)
            transaction.on_commit(partial(changed, tables), using=writer.alias, robust=True)
    return answer


def written(writer) -> set:
    """What a connection has written that others don't see yet: `{(table, ids of the savepoints around), …}`."""
    if not writer.in_atomic_block or not hasattr(writer, "uncommitted"):
        writer.uncommitted = set()
    return writer.uncommitted


def changed(tables: set[str]):
    """
    Tells all processes that tables aren't what they were. The edition changes before and after, so that who meanwhile
    holds a value against the tokens, or makes one, doesn't take it for a value of the new edition.
    """
    shared = caches["shared"]
    try:
        shared.set(EDITION, uuid4().hex, None)
        shared.set_many({f"table:{table}": uuid4().hex for table in tables}, None)
        shared.set(EDITION, uuid4().hex, None)
    except Exception:  # of whichever cache is in use: what was saved is saved
        log.exception("Kept pages may be old for %s seconds, as the cache can't be reached.", LONGEST)


def tokens_of(tables) -> dict[str, str]:
    return caches["shared"].get_many([f"table:{table}" for table in sorted(tables)])


@dataclass(frozen=True)
class Entry:
    """A value as it is kept: by which tokens, and until when, it is right."""

    value: object
    edition: str | None
    tables: frozenset[str]
    tokens: dict[str, str]
    until: datetime


@dataclass
class Reading:
    """What is read while a value is made."""

    edition: str | None
    tables: set[str] = field(default_factory=set)

    def note(self, execute, sql, params, many, context):
        self.tables.update(READ.findall(str(sql)))
        return execute(sql, params, many, context)

    def keep(self, key: str, value, until: datetime | None = None):
        """Keep a value that is right as long as what it was read from stays; by default until the next moment."""
        if entry := self.entry(value, until):
            caches["default"].set(key, entry, min(LONGEST, (entry.until - timezone.now()).total_seconds()))

    def entry(self, value, until: datetime | None = None) -> Entry | None:
        """The value as it can be kept; None where it can't be."""
        if written(connection) or self.tables & UNSEEN:
            return None
        until = until or next_moment()
        tokens = tokens_of(self.tables)
        # Somebody has saved meanwhile: nobody knows whether this is what was before it or after.
        if caches["shared"].get(EDITION) != self.edition:
            return None
        return Entry(value, self.edition, frozenset(self.tables), tokens, until)


@contextmanager
def reading():
    """`with reading() as read: value = …; read.keep(key, value)`."""
    read = Reading(caches["shared"].get(EDITION))
    open_readings().append(read)
    try:
        with connection.execute_wrapper(read.note):
            yield read
    finally:
        open_readings().pop()


def open_readings() -> list[Reading]:
    """Those whose values are being made on this connection."""
    if not hasattr(connection, "open_readings"):
        connection.open_readings = []
    return connection.open_readings


def look_up(key: str) -> Entry | None:
    """What is kept under a key, if it is still right. Who has written something uncommitted gets nothing."""
    if written(connection):
        return None
    entry = caches["default"].get(key)
    right = entry and still_right(entry)
    if right and right is not entry:
        caches["default"].set(key, right, min(LONGEST, (right.until - timezone.now()).total_seconds()))
    return right


def still_right(entry: Entry) -> Entry | None:
    """The entry by the edition of now; None where it isn't right any more."""
    if entry.until <= timezone.now():
        return None
    edition = caches["shared"].get(EDITION)
    if entry.edition != edition:
        if tokens_of(entry.tables) != entry.tokens:
            return None
        entry = replace(entry, edition=edition)
    return entry


def use(entry: Entry):
    """The value of an entry. What is made of it now was read from its tables."""
    for read in open_readings():
        read.tables.update(entry.tables)
    return entry.value


def kept(key: str, make: Callable[[], object], until: datetime | None = None):
    """The value that is kept under a key; where there is none that is right, `make` makes it, for all who wait."""
    if entry := look_up(key):
        return use(entry)
    with alone(key) as found:
        if found:
            return use(found)
        with reading() as read:
            value = make()
        read.keep(key, value, until)
        return value


@contextmanager
def alone(key: str):
    """Lets one make what is kept under a key; the others wait for it, for `PATIENCE` at most, and get its entry."""
    making, deadline = f"making:{key}", monotonic() + PATIENCE
    cache = caches["default"]
    while not (first := cache.add(making, True, 2 * PATIENCE)) and monotonic() < deadline:
        sleep(0.01)
        if entry := look_up(key):
            yield entry
            return
    try:
        yield look_up(key)
    finally:
        if first:
            cache.delete(making)


def next_moment() -> datetime:
    """When pages next change by themselves: at midnight, or when something goes public at a time that was set."""
    if entry := look_up("next-moment"):
        return entry.value
    with reading() as read:
        moment = min([midnight(), *publications()])
    read.keep("next-moment", moment, until=moment)
    return moment


def midnight() -> datetime:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def publications() -> list[datetime]:
    """The next time at which a record of each kind goes public."""
    now = timezone.now()
    kinds = [model for model in apps.get_models() if issubclass(model, Publishable)]
    first, *others = (
        model._base_manager.filter(state=State.PUBLISHED, published_at__gt=now)
        .order_by()
        .values_list(Min("published_at"))
        for model in kinds
    )
    return [moment for (moment,) in first.union(*others, all=True) if moment]
