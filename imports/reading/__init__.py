"""Lists in the formats of the field, as tables of cells. What a file is, is told by its content, never by its name."""

from imports.reading.files import open_list
from imports.reading.tables import Cell, ListOfSheets, Refused, Row, Sheet

__all__ = ["Cell", "ListOfSheets", "Refused", "Row", "Sheet", "open_list"]
