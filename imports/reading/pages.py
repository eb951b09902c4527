"""HTML that calls itself a spreadsheet: its tables."""

from html.parser import HTMLParser

from django.utils.translation import gettext as _

from imports.reading.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    ListOfSheets,
    Refused,
    Sheet,
    bounded,
    too_many_rows,
)

CELLS = ("td", "th")
HIDDEN = ("script", "style", "head")


class Tables(HTMLParser):
    """Collects the outermost tables of a page as rows of texts; a table within a cell is text of the cell."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.depth, self.hidden = [], 0, 0
        self.cell = None

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in HIDDEN
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        if self.depth != 1:
            return
        if tag == "tr":
            self.begin_row()
        elif tag in CELLS:
            self.begin_cell(dict(attrs).get("colspan") or "")
        elif tag in ("br", "p") and self.cell is not None:
            self.cell.append("\n")

    def begin_row(self):
        self.end_cell()
        self.tables[-1].append([])
        if len(self.tables[-1]) > MOST_ROWS + 1 or len(self.tables) > MOST_SHEETS:
            raise too_many_rows()

    def begin_cell(self, span):
        self.end_cell()
        if not self.tables[-1]:
            self.begin_row()
        self.cell, self.span = [], min(int(span), MOST_COLUMNS) if span.isdecimal() else 1

    def end_cell(self):
        if self.cell is not None:
            text = "".join(self.cell)
            lines = [" ".join(line.split()) for line in text.split("\n")]
            self.tables[-1][-1] += ["\n".join(line for line in lines if line), *[""] * (self.span - 1)]
        self.cell = None

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN and self.hidden > 0
        if self.depth == 1 and tag in (*CELLS, "tr", "table"):
            self.end_cell()
        if tag == "table" and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.cell is not None and not self.hidden:
            self.cell.append(data)


def read_html(text: str) -> ListOfSheets:
    """The page's tables. Raises Refused where it has none."""
    parser = Tables()
    parser.feed(text)
    parser.close()
    tables = [table for table in parser.tables if table]
    if not tables:
        raise Refused(_("This is a web page without a table. Download the list itself, as XLSX or CSV."))
    return ListOfSheets("HTML", [Sheet("", lambda table=table: bounded(table)) for table in tables])
