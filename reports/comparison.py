"""What changed between two reports of a kind, fact by fact, table by table, text by text, as versions are compared."""

from django.utils.translation import override

from editorial.comparison import Comparison, Line, Piece, RowChange, marked
from reports.document import Document, Facts, Paragraph, Table
from reports.reading import PORTAL, named_rows
from reports.writing.words import fact_in_words


def compare(before: Document, after: Document) -> Comparison:
    """Everything that differs, in the language of the later report. Rows are matched by their first column."""
    with override(after.language):
        return Comparison(
            [*changed_texts(before, after), *changed_facts(before, after)],
            changed_tables(before, after),
        )


def parts_of(document: Document, kind: type) -> dict[tuple, object]:
    """
    The parts of a kind, each by where it stands: the titles of its sections, its name, and which of several it is.
    """
    found, above = {}, ""
    for section in document.sections:
        above = section.title if section.level == 1 else above
        for part in section.parts:
            if isinstance(part, kind):
                add(found, (above, section.title, getattr(part, "name", "")), part)
    return found


def add(found: dict, place: tuple, what):
    """Give something its place; of several in the same one each its own."""
    number = 0
    while (*place, number) in found:
        number += 1
    found[*place, number] = what


def places(old: dict, new: dict) -> list:
    """Those of the later one in their order, then those that are gone."""
    return list(dict.fromkeys([*new, *old]))


def changed_texts(before: Document, after: Document) -> list[Line]:
    old, new = (texts_of(document) for document in (before, after))
    return [
        Line(title, "", marked(old.get((above, title), ""), new.get((above, title), "")))
        for above, title in places(old, new)
        if old.get((above, title), "") != new.get((above, title), "")
    ]


def texts_of(document: Document) -> dict[tuple[str, str], str]:
    """The words of each section, its paragraphs and what stands below its tables one below the other."""
    texts = {}
    paragraphs = {place: part.text for place, part in parts_of(document, Paragraph).items()}
    below_tables = {place: part.note for place, part in parts_of(document, Table).items()}
    for (above, title, _name, _number), text in (paragraphs | below_tables).items():
        texts[above, title] = "\n".join(filter(None, [texts.get((above, title)), text]))
    return texts


def changed_facts(before: Document, after: Document) -> list[Line]:
    old, new = (facts_of(document) for document in (before, after))
    lines = [(place, old.get(place, ""), new.get(place, "")) for place in places(old, new)]
    return [Line(told(place), "", replaced(was, now)) for place, was, now in lines if was != now]


def facts_of(document: Document) -> dict[tuple, str]:
    """Each in words by where it stands, its label, and which of several such as websites it is."""
    found = {}
    for (above, title, _name, _number), facts in parts_of(document, Facts).items():
        for fact in facts.facts:
            add(found, (above, title, fact.label), fact_in_words(fact, PORTAL))
    return found


def told(place: tuple) -> str:
    """Where a fact stands: “INNO – Money: Total budget”"""
    above, title, label, _number = place
    where = " – ".join(dict.fromkeys(filter(None, [above, title])))
    return f"{where}: {label}" if where else label


def replaced(before: str, after: str) -> list[Piece]:
    return [Piece(what, text) for what, text in (("removed", before), ("added", after)) if text]


def changed_tables(before: Document, after: Document) -> list[tuple[str, list[RowChange]]]:
    old, new = parts_of(before, Table), parts_of(after, Table)
    changes = [(name_of(place, old, new), changed_rows(old.get(place), new.get(place))) for place in places(old, new)]
    return [(title, rows) for title, rows in changes if rows]


def name_of(place: tuple, old: dict, new: dict) -> str:
    above, section, _name, _number = place
    return " – ".join(dict.fromkeys(filter(None, [above, section, (new.get(place) or old[place]).title])))


def changed_rows(old: Table | None, new: Table | None) -> list[RowChange]:
    was, now = (rows_of(table) for table in (old, new))
    changes = [row_change(place[0], was.get(place, {}), now.get(place, {})) for place in places(was, now)]
    return [change for change in changes if change]


def rows_of(table: Table | None) -> dict[tuple[str, int], dict[str, str]]:
    """A table's rows by their first value and which of several they are."""
    rows = {}
    for row in named_rows(table) if table else []:
        add(rows, (next(iter(row.values())),), row)
    return rows


def row_change(name: str, was: dict, now: dict) -> RowChange | None:
    """None where nothing changed. Of rows that came or went, all values are told."""
    if was == now:
        return None
    what = "added" if not was else "removed" if not now else "changed"
    lines = [
        Line(column, "", replaced(was.get(column, ""), now.get(column, "")))
        for column in places(was, now)[1:]
        if was.get(column, "") != now.get(column, "")
    ]
    return RowChange(what, name, lines)
