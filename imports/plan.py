"""What would become of each row of a list."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.text import Truncator

from imports.grouping import title_of
from imports.lines import Columns, Line, lines_of
from imports.matching import Entity, name_of
from imports.models import OUTCOMES, Import, RowResult
from imports.reading import open_list

STEP = 500  # rows between two looks at whether to stop


@dataclass
class Plan:
    """`entities` are the records to be written, in the order in which they can be; `lines` all rows of the list."""

    lines: list[Line] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    outcomes: dict[int, set] = field(default_factory=dict)  # of a line, by its id
    changes: dict[int, list] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    ccis: set[str] = field(default_factory=set)  # of programmes that are to be made

    def outcome(self, line: Line) -> str:
        if line.mistakes:
            return "refused"
        if line.skipped:
            return "skipped"
        found = self.outcomes.get(id(line), set())
        return next((outcome for outcome in ("created", "changed") if outcome in found), "unchanged")

    def counts(self) -> dict[str, int]:
        counted = Counter(map(self.outcome, self.lines))
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def details(self, line: Line) -> list[dict]:
        if line.mistakes:
            return line.mistakes
        skipped = [{"message": line.skipped}] if line.skipped else []
        return skipped + self.changes.get(id(line), []) + line.notes

    def results(self, one: Import) -> Iterator[RowResult]:
        for line in self.lines:
            label = self.labels.get(id(line)) or title_of(line.values) or name_of(line)
            yield RowResult(
                import_of=one,
                sheet=line.sheet[:120],
                number=line.number,
                outcome=self.outcome(line),
                label=Truncator(label).chars(250),
                details=self.details(line),
            )

    def digest(self) -> str:
        """Tells a plan from any other, in whatever language its rows are told."""
        rows = [(line.sheet, line.number, self.outcome(line)) for line in self.lines]
        places = {id(entity): place for place, entity in enumerate(self.entities)}
        written = [
            (entity.model.__name__, entity.pk, plain(entity.before, places), plain(entity.values, places))
            for entity in self.entities
        ]
        return sha256(repr((rows, written)).encode()).hexdigest()

    def note(self, line: Line, outcome: str):
        self.outcomes.setdefault(id(line), set()).add(outcome)

    def change(self, line: Line, name: str, old, new):
        self.note(line, "changed")
        told = {"column": line.headers.get(name, ""), "field": name, "old": said(old), "new": said(new)}
        self.changes.setdefault(id(line), []).append(told)


def plain(values: dict, places: dict[int, int]) -> list[tuple]:
    """Values as texts; of a record its number, or its place among those that are written."""
    return [
        (name, value.pk, places.get(id(value))) if isinstance(value, Entity) else (name, str(value))
        for name, value in sorted(values.items())
    ]


def said(value) -> str:
    """A value for the page on which changes are shown."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT") if not hasattr(value, "hour") else value.isoformat()
    return Truncator(str(value)).chars(300)


def read_lines(one: Import, advance: Callable[[int, int], None] = lambda done, steps: None) -> list[Line]:
    """The rows of all tables that are taken, read. Raises Refused where the file can't be read any more."""
    found = open_list(bytes(one.file.content), **one.reading)
    steps = sum(table["rows"] for table in one.tables)
    lines = []
    for sheet, table in zip(found.sheets, one.tables, strict=False):
        if any(table["mapping"]):
            rows = [row for row in sheet.rows() if row[0] >= table["first_row"]]
            is_exact = found.format.startswith("CSV")
            columns = Columns(table["mapping"], table["columns"], rows, one.language, one.currency, is_exact)
            for line in lines_of(columns, sheet.name, rows):
                lines.append(line)
                if len(lines) % STEP == 0:
                    advance(len(lines) // 2, steps)
    return lines
