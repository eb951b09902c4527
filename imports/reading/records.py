"""JSON: records that may hold others, as a table."""

import json
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from imports.reading.tables import MOST_COLUMNS, MOST_ROWS, ListOfSheets, Refused, Sheet, bounded, too_many_rows

# Under which names publishers put the list itself.
LISTS = (
    "operations",
    "projects",
    "organisations",
    "participations",
    "results",
    "items",
    "data",
    "rows",
    "records",
    "content",
)
DEEPEST = 6


def read_json(text: str) -> ListOfSheets:
    """
    A record or a list of them; the first row has the columns' names, as `translations.en.name`. What a record holds
    several of, as `partnerships`, makes a row each.
    """
    try:
        content = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as problem:
        raise Refused(_("The JSON in this file is damaged. Download it once more.")) from problem
    found = [record for record in records_in(content) if isinstance(record, dict)]
    if not found:
        raise Refused(_("The JSON in this file holds no list of records."))
    rows = [row for record in found for row in flat(record)]
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    columns = list(dict.fromkeys(name for row in rows for name in row))[:MOST_COLUMNS]
    table = [columns, *([row.get(name) for name in columns] for row in rows)]
    return ListOfSheets("JSON", [Sheet("", lambda: bounded(table))])


def records_in(content) -> list:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    for name in LISTS:
        if isinstance(content.get(name), list) and "partnerships" not in content:
            return content[name]
    return [content]


def flat(record: dict) -> Iterator[dict]:
    """The rows of a record: what is one of it, repeated for each of what is several."""
    one, several = {}, []
    spread(record, "", one, several, 0)
    if not several:
        yield one
        return
    name, parts = max(several, key=lambda item: len(item[1]))
    for part in parts:
        row = dict(one)
        spread(part, f"{name}.", row, [], 0)
        yield row


def spread(record: dict, path: str, row: dict, several: list, depth: int):
    """Put what a record says into a row, under dotted names; lists of records are put into `several`."""
    for key, value in record.items():
        name = f"{path}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            spread(value, f"{name}.", row, several, depth + 1)
        elif isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
            several.append((name, value))
        elif isinstance(value, list):
            row[name] = "; ".join(str(part) for part in value if not isinstance(part, (dict, list)))
        elif not isinstance(value, dict):
            row[name] = value
