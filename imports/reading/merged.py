"""Cells merged downwards: what stands in the first of them is said of all their rows."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

from imports.reading.tables import MOST_ROWS, Cell

MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
LONGEST = 100  # bytes that a match has at most
CHUNK = 1 << 20


def merged_cells(content: bytes, path: str) -> dict[tuple[int, int], int]:
    """The first row and column of each merged range of a sheet, and its last row, all counted from 0."""
    found, rest = {}, b""
    with ZipFile(BytesIO(content)) as archive, archive.open(path.lstrip("/")) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            for column, first, last in MERGED.findall(text):
                if first != last:
                    found[int(first) - 1, column_index_from_string(column.decode()) - 1] = int(last) - 1
            rest = text[-LONGEST:]
    return found


def filled(rows: Iterable[Iterable[Cell]], merged: dict[tuple[int, int], int]) -> Iterator[list[Cell]]:
    """The rows with what merged cells say, in each of their rows that says anything else."""
    running = {}  # column → what is said, until which row
    for number, row in enumerate(rows):
        cells = list(row)
        running = {column: said for column, said in running.items() if said[1] >= number}
        if any(cell not in (None, "") for cell in cells):
            for column, (value, _last) in running.items():
                if column < len(cells) and cells[column] in (None, ""):
                    cells[column] = value
        for column, value in enumerate(cells if merged else ()):
            last = merged.get((number, column))
            if last is not None and last - number <= MOST_ROWS:
                running[column] = value, last
        yield cells
