"""How the sample's records are written, and what those with a page of their own have in common."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from random import Random

from django.conf import settings
from django.db import models, reset_queries

from editorial.states import SCHEDULED, State
from editorial.translations import column, translated_fields
from interreg_portal.sample import DAY

AT_ONCE = 250  # records with a page, each with what belongs to it
SAID_EVERY = 5000  # records of a kind

# Of those with a page, how many in a hundred stand where.
STANDINGS = {State.PUBLISHED: 91, SCHEDULED: 2, State.DRAFT: 4, State.IN_REVIEW: 1, State.WITHDRAWN: 2}


def chance(seed: int, what: str) -> Random:
    """What decides about a part of the sample: the same for the same seed, whatever the other parts take."""
    return Random(f"{seed} {what}")  # noqa: S311 – nothing here is secret


class Writer:
    """Writes records in bulk, counts what it has `made` by model, and says now and then how far it is."""

    def __init__(self, say: Callable[[str], None]):
        self.say, self.made = say, Counter()

    def write(self, records: list[models.Model]):
        if not records:
            return
        model = type(records[0])
        model._default_manager.bulk_create(records, batch_size=AT_ONCE)
        before, self.made[model] = self.made[model], self.made[model] + len(records)
        if self.made[model] // SAID_EVERY > before // SAID_EVERY:
            self.say(f"{model._meta.verbose_name_plural}: {self.made[model]}")
        reset_queries()  # where DEBUG is on, Django keeps them all

    def link(self, model: type[models.Model], field: str, pairs: Iterable[tuple[int, int]]):
        """Write a many-to-many relation: pairs of the record's key and of the key of what it is linked to."""
        relation = model._meta.get_field(field)
        own, other = relation.m2m_column_name(), relation.m2m_reverse_name()
        through = relation.remote_field.through
        rows = [through(**{own: pk, other: linked}) for pk, linked in pairs]
        through.objects.bulk_create(rows, batch_size=4 * AT_ONCE)


def new(model: type[models.Model], **values) -> models.Model:
    """
    A record that isn't written yet. Left unnamed, each column of another language would have modeltranslation work out
    a default, which takes longer than everything else.
    """
    return model(**dict.fromkeys(language_columns(model)) | values)


@cache
def language_columns(model) -> list[str]:
    return [
        column(name, language) for name in translated_fields(model) for language in settings.MODELTRANSLATION_LANGUAGES
    ]


def in_batches(records: Iterable) -> Iterator[list]:
    records = iter(records)
    while batch := list(islice(records, AT_ONCE)):
        yield batch


def standing(rng: Random, day: date) -> dict:
    """The state of a record with a page; `day` is when it was published, if it was and isn't scheduled."""
    [state] = rng.choices(list(STANDINGS), STANDINGS.values())
    if state == SCHEDULED:
        return public_since(rng, date(2029, 1, 1) + timedelta(days=rng.randrange(730)))
    if state in (State.PUBLISHED, State.WITHDRAWN):
        return public_since(rng, day) | {"state": state}
    return {"state": state}


def public_since(rng: Random, day: date) -> dict:
    """The state of a record that visitors see from some minute of the day on."""
    minute = datetime.combine(day, time(rng.randrange(6, 16), rng.randrange(60)), UTC)
    return {"state": State.PUBLISHED, "published_at": minute}


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from the first to the last, but none that is still to come: where all are, one of the last months."""
    if first > DAY:
        first = DAY - timedelta(days=120)
    return first + timedelta(days=rng.randint(0, (min(last, DAY) - first).days))


def few(rng: Random, mean: float, most: int) -> int:
    """A number with a long tail: mostly about the mean or below, rarely `most`."""
    return min(most, int(rng.expovariate(1 / mean) + 0.5))


def favoured(rng: Random, records: list):
    """One of the records, those at the beginning far more often."""
    return records[int(len(records) * rng.random() ** 1.6)]
