"""
What was worked out of the database is kept, and is right as long as it is kept.

While a value is made it is noted which tables are read; whatever is written anywhere, by a form, a command or a worker,
changes the token of its table in the cache that all processes share. A value is taken from where it is kept as long as
the tokens are those that it was made by, so nobody has to say what depends on what, and a save ends only what was read
from its tables. The token of the whole database, its edition, spares asking for all of them. No token comes twice, and
a lost one is replaced by a new one: whatever happens to the cache, what was old never looks right again.

What changes by itself does so at a midnight or when something goes public at a time that was set (`next_moment`). What
writes to the database past Django shows after `LONGEST` seconds. While the cache can't be reached, nothing is kept.
"""

import logging
import re
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
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
PAUSE = 10  # seconds for which a cache that can't be reached isn't asked again
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
    if sql.lstrip()[:8].upper() == "TRUNCATE":
        return NAMES.findall(sql)
    table = WRITTEN.search(sql)
    return [table[1]] if table else []


def watch(sender, connection, **kwargs):
    """Let a new connection tell what it reads and writes."""
    if note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


connection_created.connect(watch)


def note(execute, sql, params, many, context):
    statement = str(sql)
    for read in readings.get():
        read.tables.update(READ.findall(statement))
    answer = execute(sql, params, many, context)
    if tables := set(written_by(statement)) - UNSEEN:
        writer = context["connection"]
        if not writer.in_atomic_block:
            changed(tables)
        elif new := tables - written(writer):
            # A savepoint that is undone takes what waits for the commit along.
            transaction.on_commit(partial(changed, new), using=writer.alias, robust=True)
            written(writer).update(new)
    return answer


def written(writer) -> set[str]:
    """
    The tables that a connection has written to and others don't see yet: those whose change waits for the commit.
    Django begins a new list of what waits at each commit, and when something is undone.
    """
    waiting = writer.run_on_commit
    if getattr(writer, "waiting", None) is not waiting:
        told = [call.args[0] for _within, call, _robust in waiting if getattr(call, "func", None) is changed]
        writer.waiting, writer.written = waiting, set().union(*told)
    return writer.written


def changed(tables: set[str]):
    """
    Tells all processes that tables aren't what they were. The edition changes before and after, so that who meanwhile
    holds a value against the tokens, or makes one, doesn't take it for a value of the new edition.
    """
    shared = caches["shared"]
    try:
        shared.set(EDITION, new_token(), None)
        shared.set_many({f"table:{table}": new_token() for table in tables}, None)
        shared.set(EDITION, new_token(), None)
    except Exception:  # of whichever cache is in use: what was saved is saved
        log.exception("Kept pages may be old for %s seconds, as the cache can't be reached.", LONGEST)


def new_token() -> str:
    return uuid4().hex


def edition() -> str:
    return caches["shared"].get_or_set(EDITION, new_token, None)


def tokens_of(tables) -> dict[str, str]:
    """The token of each table; where nothing was written yet, or a token is lost, a new one."""
    shared, keys = caches["shared"], {table: f"table:{table}" for table in tables}
    found = shared.get_many(keys.values())
    return {table: found.get(key) or shared.get_or_set(key, new_token, None) for table, key in keys.items()}


@dataclass(frozen=True)
class Entry:
    """A value as it is kept: by which tokens, and until when, it is right."""

    value: object
    edition: str
    tokens: dict[str, str]  # of the tables that it was read from
    until: datetime


class Reach:
    """Whether the cache answers. Where it doesn't, it is asked again after `PAUSE` seconds."""

    closed_until = 0.0

    def within(self, question: Callable):
        """Decorator: None instead of an error where the cache can't be reached."""

        @wraps(question)
        def asked(*args):
            if monotonic() < self.closed_until:
                return None
            try:
                return question(*args)
            except Exception:  # of whichever cache is in use
                log.warning("Nothing is kept for %s seconds, as the cache can't be reached.", PAUSE, exc_info=True)
                self.closed_until = monotonic() + PAUSE

        return asked


reach = Reach()


@dataclass
class Reading:
    """What is read while a value is made, and until when that stays as it is by itself."""

    edition: str | None  # None where the cache can't be reached: what is read then isn't kept
    until: datetime
    tables: set[str] = field(default_factory=set)

    def entry(self, value, until: datetime | None = None) -> Entry | None:
        """The value as it can be kept, until then at most; None where it can't."""
        if self.edition is None or written(connection) or self.tables & UNSEEN:
            return None
        until = min(self.until, until or self.until, timezone.now() + timedelta(seconds=LONGEST))
        return entry_of(value, self.edition, self.tables, until)

    def keep(self, key: str, value, until: datetime | None = None) -> Entry | None:
        """Keep a value that is right as long as what it was read from stays, until then at most."""
        entry = self.entry(value, until)
        if entry:
            put(key, entry)
        return entry


@reach.within
def entry_of(value, began, tables, until):
    tokens = tokens_of(tables)
    # Otherwise somebody has saved meanwhile: nobody knows whether this is what was before it or after.
    return Entry(value, began, tokens, until) if edition() == began else None


@reach.within
def put(key: str, entry: Entry):
    caches["default"].set(key, entry, (entry.until - timezone.now()).total_seconds())


# Those who want to know what is read just now.
readings: ContextVar[tuple[Reading, ...]] = ContextVar("readings", default=())


@contextmanager
def reading(until: datetime | None = None):
    """`with reading() as read: value = …; read.keep(key, value)`"""
    # Who has written what others don't see yet keeps nothing.
    began = None if written(connection) else reach.within(edition)()
    read = Reading(began, until or (next_moment() if began else timezone.now()))
    with heard_by(*readings.get(), read):
        yield read


@contextmanager
def heard_by(*those: Reading):
    before = readings.set(those)
    try:
        yield
    finally:
        readings.reset(before)


def use(entry: Entry):
    """The value of an entry, for what is being made now: it depends on the same tables and times."""
    for read in readings.get():
        read.tables.update(entry.tokens)
        read.until = min(read.until, entry.until)
    return entry.value


@reach.within
def look_up(key: str) -> Entry | None:
    """What is kept under a key, if it is still right."""
    try:
        entry = caches["default"].get(key)
    except Exception:  # another version has kept it, and it can't be read any more; or the cache can't be reached
        caches["default"].delete(key)
        return None
    right = entry and still_right(entry)
    if right and right is not entry:
        put(key, right)
    return right


@reach.within
def still_right(entry: Entry) -> Entry | None:
    """
    The entry by the edition of now; None where it isn't right any more. Who has written what others don't see yet gets
    nothing.
    """
    if written(connection) or entry.until <= timezone.now():
        return None
    now = edition()
    if entry.edition == now:
        return entry
    return replace(entry, edition=now) if tokens_of(entry.tokens) == entry.tokens else None


def kept(key: str, make: Callable[[], object], until: datetime | None = None):
    """The value that is kept under a key; where there is none that is right, `make` makes it, for all who wait."""
    if entry := look_up(key):
        return use(entry)
    with alone(key):
        if entry := look_up(key):
            return use(entry)
        with reading() as read:
            value = make()
        entry = read.keep(key, value, until)
        return use(entry) if entry else value


@contextmanager
def alone(key: str):
    """
    Lets one make what is kept under a key; the others wait until it is made, for `PATIENCE` at most. If it couldn't
    be kept, they go on side by side.
    """
    making, deadline, cache = f"making:{key}", monotonic() + PATIENCE, caches["default"]
    first = reach.within(cache.add)(making, True, 2 * PATIENCE)
    while first is False and reach.within(cache.has_key)(making) and monotonic() < deadline:
        sleep(0.01)
    try:
        yield
    finally:
        if first:
            reach.within(cache.delete)(making)


def next_moment() -> datetime:
    """When pages next change by themselves: at midnight, or when something goes public at a time that was set."""
    with heard_by():  # a page that ends then needn't know what else is to come
        if entry := look_up("next-moment"):
            return entry.value
        midnight = next_midnight()
        with reading(until=midnight) as read:
            moment = min([midnight, *publications()])
        read.keep("next-moment", moment, until=moment)
        return moment


def next_midnight() -> datetime:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def publications() -> list[datetime]:
    """The next time at which a record of each kind goes public."""
    now = timezone.now()
    kinds = [model for model in apps.get_models() if issubclass(model, Publishable)]
    first, *others = (
        model._base_manager.filter(state=State.PUBLISHED, published_at__gt=now)
        .order_by()
        .values("state")  # or it would be the first of each record
        .annotate(first=Min("published_at"))
        .values_list("first")
        for model in kinds
    )
    return [moment for (moment,) in first.union(*others, all=True) if moment]
