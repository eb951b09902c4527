"""Where a table begins: its row of headers among titles, notes and empty rows."""

from typing import NamedTuple

from imports.headers import LONGEST, Recognised, recognise
from imports.reading import Row

LOOKED_AT = 40  # rows
FEWEST = 2  # fields that are recognised
IDENTIFYING = {"title", "acronym", "operation_code", "keep_id", "partner_name", "lead_name", "pic", "english_name"}


class Header(NamedTuple):
    """`row` is its number, `last` that of the last row that belongs to it, as a second language or numbers."""

    row: int
    last: int
    headers: list[str]
    recognised: Recognised


def header_at(row: int, rows: list[Row]) -> Header | None:
    """The row as headers, as someone says; None where there is none with this number."""
    cells = dict(rows).get(row)
    if cells is None:
        return None
    headers = ["" if cell is None else str(cell)[:LONGEST] for cell in cells]
    return Header(row, row, headers, recognise(headers))


def header_among(rows: list[Row]) -> Header | None:
    """The row of headers among the first of a sheet; None where there is none."""
    found = [(number, texts(cells)) for number, cells in rows[:LOOKED_AT]]
    rated = [(recognise(headers), number, headers) for number, headers in found if headers]
    rated = [each for each in rated if each[0].count >= FEWEST and identifies(each[0])]
    if not rated:
        return None
    recognised, number, headers = max(rated, key=lambda each: (each[0].count, -each[1]))
    return Header(number, last_of(number, rated, rows), headers, recognised)


def header_unknown(rows: list[Row]) -> Header | None:
    """The row of headers of a table none of whose columns is known, for someone to say what they are; None without."""
    texts_of = {number: texts(cells) for number, cells in rows[:LOOKED_AT]}
    number = max(texts_of, key=lambda number: len(list(filter(None, texts_of[number]))), default=None)
    return header_at(number, rows) if number and texts_of[number] and is_table(number, rows) else None


def is_table(header: int, rows: list[Row]) -> bool:
    """Whether most of the rows below a header have several cells, as no letter and no article has."""
    wide = [sum(cell not in (None, "") for cell in cells) >= FEWEST for number, cells in rows if number > header]
    return sum(wide) * 2 > len(wide)


def texts(cells) -> list[str]:
    """The cells as headers; empty where the row can't be one."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    filled = [text for text in texts if text]
    numbers = sum(not isinstance(cell, str) or cell[:1].isdigit() for cell in cells if cell not in (None, ""))
    if len(filled) < FEWEST or numbers > len(filled) / 2 or any(len(text) > LONGEST for text in filled):
        return []
    return texts


def identifies(recognised: Recognised) -> bool:
    return any(field in IDENTIFYING or field.startswith("title_") for field in recognised.fields)


def last_of(number: int, rated: list, rows: list[Row]) -> int:
    """The header's last row: rows below it that are headers themselves, in another language, or number its columns."""
    headers = {row: recognised.count for recognised, row, _headers in rated}
    last = number
    for row, cells in rows:
        if row > last and (headers.get(row, 0) * 2 > headers[number] or is_numbering(cells)):
            last = row
        elif row > last:
            break
    return last


def is_numbering(cells) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or (1) (2) (3) …"""
    said = [str(cell).strip("().[] ") for cell in cells if cell not in (None, "")]
    return len(said) > FEWEST and said == [str(number) for number in range(1, len(said) + 1)]
