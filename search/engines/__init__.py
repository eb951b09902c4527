"""What finds words in the documents: the portal's own database, or a server that SEARCH_URL names."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string


def engine():
    """The engine of this installation, with the methods of `search.engines.database.Database`."""
    return made(settings.SEARCH["ENGINE"], settings.SEARCH.get("URL"))


@lru_cache
def made(path: str, url: str | None):
    return import_string(path)(url)
