"""Who is told once a change of records that visitors may see is in the database, as the search index is."""

import logging
from collections.abc import Callable, Iterable
from functools import partial

from django.db import models, router, transaction

Follower = Callable[[type[models.Model], list[int]], None]
_followers: list[Follower] = []


def follow_changes(follower: Follower):
    """Have `follower(model, pks)` called after each transaction that wrote or deleted records of a Followed model."""
    _followers.append(follower)


def tell_of_change(model: type[models.Model], pks: Iterable[int]):
    """
    Tell the followers once the transaction is through. One that fails leaves what was saved as it is: it is logged.
    """
    pks, using = list(pks), router.db_for_write(model)
    for follower in _followers if pks else ():
        transaction.on_commit(partial(tell, follower, model, pks), using=using)


def tell(follower, model, pks):
    try:
        follower(model, pks)
    except Exception:
        logging.getLogger(__name__).exception("%s could not take in %s %s", follower, model._meta.label, pks)


class Followed(models.Model):
    """A record whose changes are told of. What `bulk_create()` and plain SQL write is not; `reindex` finds it."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        tell_of_change(type(self), [self.pk])

    def delete(self, *args, **kwargs):
        pk = self.pk
        deleted = super().delete(*args, **kwargs)
        tell_of_change(type(self), [pk])
        return deleted
