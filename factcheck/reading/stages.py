"""What a text says about where in its life the project is: not begun, running, ended."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import pgettext_lazy

from factcheck.findings import CheckedFact
from factcheck.reading.context import Context
from factcheck.reading.items import Item
from factcheck.reading.statement import Statement

BESIDE = 2


class Said(models.TextChoices):
    """What words say, as far as it can be said without a date."""

    TO_COME = "to_come", pgettext_lazy("life stage in a text", "has not begun")
    RUNNING = "running", pgettext_lazy("life stage in a text", "is running")
    ENDED = "ended", pgettext_lazy("life stage in a text", "has ended")


def statements(items: list[Item], continues: bool) -> Iterator[Statement]:
    done = set()
    for place, item in enumerate(items):
        if item.clause in done or not item.means("ongoing", "finished", "start", "end", "run"):
            continue
        context = Context(items, place)
        said = said_at(context)
        if said and is_said_of_project(context, continues):
            done.add(item.clause)
            first, last = passage(context)
            yield Statement(CheckedFact.STAGE, items[first].start, items[last].end, said)


def said_at(context) -> Said | None:
    item = context.item
    negated, will, past = context.in_clause("negation"), context.in_clause("will"), context.in_clause("was")
    if context.in_clause("if", "formerly", "target", "extend"):
        return None
    if item.means("upcoming") or (will and item.means("start")):
        return None if negated else Said.TO_COME
    if item.means("finished"):
        return Said.RUNNING if negated or will else Said.ENDED
    if will and item.means("end"):
        return None if negated else Said.RUNNING
    now = context.in_clause("now")
    if item.means("ongoing") or (item.means("run") and now):
        return None if negated or past or (will and not now) else Said.RUNNING
    return None


def is_said_of_project(context, continues) -> bool:
    """Whether the clause is about the project alone: no figure in it that says when, nothing else that may run."""
    clause = [context.items[place] for place in context.clause]
    if any(item.kind in ("date", "amount", "percent", "number") for item in clause) or context.foreign():
        return False
    before = [item for item in clause if item.start < context.item.start]
    if any(item.means("partner") and not item.means("project") for item in before):
        return False
    if any(item.means("project", "own_name") for item in clause):
        return True
    earlier = [item for item in context.items if item.clause < context.item.clause]
    named_before = any(item.means("project", "own_name") for item in earlier) or continues
    return named_before and len(clause) <= 10 and not any(item.means("consortium") for item in clause)


def passage(context) -> tuple[int, int]:
    """The words that say it: from the nearest “still”, “will”, “not” to the word itself, or the other way round."""
    said = set(context.item.concepts) & {"ongoing", "finished", "upcoming"}
    near = [
        place
        for place in context.in_clause("now", "will", "negation", "is", *said)
        if abs(place - context.place) <= BESIDE
    ]
    return min([context.place, *near]), max([context.place, *near])
