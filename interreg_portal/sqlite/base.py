"""
Django's SQLite, but finding a word whatever the case of its letters, as SQLite's own LIKE knows a–z alone, and knowing
the order of each language's alphabet.
"""

import re
from functools import lru_cache, partial

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.features import DatabaseFeatures

from editorial.alphabets import collation, compare, sort_key
from interreg_portal.languages import OFFICIAL_LANGUAGES


@lru_cache(maxsize=512)
def matcher(pattern: str, escape: str):
    """A LIKE pattern as a regular expression: `%` is any text, `_` any character, unless the escape stands before."""
    parts, characters = [], iter(pattern)
    for character in characters:
        if character == escape:
            parts.append(re.escape(next(characters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL).fullmatch


def like(pattern, value, escape):
    if pattern is None or value is None:
        return None
    return matcher(str(pattern), escape)(str(value)) is not None


def key(language, text):
    return None if text is None else sort_key.__wrapped__(text, language)  # each row once: nothing to be kept


class Features(DatabaseFeatures):
    supports_json_field = True  # the portal needs it; Django would ask each new connection


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = Features

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.create_function("like", 3, like, deterministic=True)
        for language in OFFICIAL_LANGUAGES:
            name = collation(language)
            connection.create_collation(name, partial(compare, language))
            connection.create_function(name.replace("-", "_"), 1, partial(key, language), deterministic=True)
        return connection
