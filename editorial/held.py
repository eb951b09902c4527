"""What was worked out of the database and is too large to be unpickled at each visit: each process holds its own."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock

from django.db import connection

from editorial.generations import reading, still_right, use, written


class Held:
    """
    Values that are right as long as `editorial.generations` says so. Of more than `most`, those go that were asked for
    longest ago.
    """

    def __init__(self, most: int):
        self.most, self.entries, self.lock = most, OrderedDict(), RLock()

    def get(self, key: Hashable, make: Callable[[], object]):
        """The value that is held under a key; where there is none that is right, `make` makes it, for all who wait."""
        if written(connection):
            return make()
        with self.lock:
            entry = self.entries.pop(key, None)
            entry = entry and still_right(entry)
            if entry is None:
                with reading() as read:
                    value = make()
                entry = read.entry(value)
                if entry is None:
                    return value
            self.entries[key] = entry
            while len(self.entries) > self.most:
                self.entries.popitem(last=False)
            return use(entry)
