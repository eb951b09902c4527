"""The same file read once more, by what a person says of it against what was recognised."""

from imports.models import Import
from imports.reading import open_list
from imports.receiving import kind_of, recognised

# Encodings that lists were found in, with whose letters they hold.
ENCODINGS = ["utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2"]


def read_again(one: Import, header_rows: list[int | None], encoding="", separator=""):
    """
    Recognise the tables anew; `header_rows` has the number of its row of headers for each, or None. What was tried is
    dropped. Raises Refused, and changes nothing, where the file can't be read so.
    """
    said = {"encoding": encoding, "separator": separator}
    reading = {name: value for name, value in said.items() if value}
    found = open_list(bytes(one.file.content), **reading)
    one.tables, _languages, _is_fixed = recognised(found, header_rows, by_hand=True)
    one.reading, one.format, one.kind = reading, found.format[:20], kind_of(one.tables)
    one.planned_at, one.progress, one.steps = None, Import.Progress.WAITING, None
    one.save()
    one.rows.all().delete()
