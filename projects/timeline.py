"""A project's timeline as a picture: where everything lies, in per cent of its width and in pixels of its height."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone

from editorial.scale import Scale
from projects.lifecycle import Stage, durability_ends, stage_on
from projects.sections import Moment, MomentKind

DAY = timedelta(days=1)
YEARS_NAMED = 6  # so many fit beside each other on a phone
SHORTEST = 2  # per cent; what is shorter becomes a point
YEARS_BETWEEN = 5  # so many are drawn from one named year to the next; where there are more, none is
ROOM = 3  # per cent that a point needs, so that the next one doesn't cover it
MOST_ROWS = 4  # of a lane
SPAN_OF_NUMBER = 5  # per cent that a bar needs for its number

# In pixels
AXIS = 28
LABEL = 20
BAR = 16
BASELINE = 12  # of a text, below its line's top
ROW = 20
GAP = 14


@dataclass(frozen=True)
class Mark:
    """A bar, or a point where it has no width: `x` and `width` in per cent, `y` in pixels."""

    x: float
    width: float
    y: int
    moment: Moment | None = None

    @property
    def is_point(self) -> bool:
        return not self.width

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def centre(self) -> int:
        return self.y + BAR // 2

    @property
    def baseline(self) -> int:
        """Of the number on it."""
        return self.y + BASELINE

    @property
    def number(self) -> int | None:
        """What stands on a bar that has room for it."""
        return self.moment.number if self.width >= SPAN_OF_NUMBER else None


@dataclass(frozen=True)
class Lane:
    kind: MomentKind
    y: int  # of its label's line
    marks: list[Mark]

    @property
    def baseline(self) -> int:
        return self.y + BASELINE


@dataclass(frozen=True)
class Year:
    year: int
    x: float
    is_named: bool

    @property
    def is_late(self) -> bool:
        """Whether its name has no room to its right."""
        return self.x > 88


@dataclass(frozen=True)
class Timeline:
    first: date
    last: date
    height: int
    years: list[Year]
    today: float | None
    project: Mark | None
    is_open: bool
    extensions: list[Mark]
    durability: Mark | None
    lanes: list[Lane]
    undated: int

    @property
    def has_off(self) -> bool:
        return any(mark.moment.is_off for lane in self.lanes for mark in lane.marks)

    @property
    def bottom(self) -> int:
        """Where the lanes end; the line below says where today is."""
        return self.height - LABEL

    @property
    def foot(self) -> int:
        return self.height - LABEL + BASELINE + 2

    @property
    def project_label(self) -> int:
        return AXIS + BASELINE

    @property
    def side_of_today(self) -> str:
        """To which side its label leaves room: that of an SVG's `text-anchor`."""
        return "start" if self.today < 12 else "end" if self.today > 88 else "middle"


def draw_timeline(project, moments, today: date | None = None) -> Timeline | None:
    """
    The picture of a project and its moments; None where no date is known.

    What has no date is only counted. A day is as wide as the others: a span ends where its last day does.
    """
    today = today or timezone.localdate()
    dated = [moment for moment in moments if moment.start]
    end, kept = ends(project, today)
    days = [day for moment in dated for day in (moment.start, moment.end)] + [project.start, end, kept]
    days = [day for day in days if day]
    if not days:
        return None
    is_open = bool(project.start and not end)
    first, last = min(days), max([*days, today] if is_open and today >= min(days) else days)
    scale = Scale(first, after(last))
    y = AXIS + LABEL

    def mark(start, end):
        return Mark(scale.at(start), scale.width(start, after(end)), y)

    lanes, below = lanes_of(dated, scale, y + ROW + GAP if project.start else AXIS)
    return Timeline(
        first=first,
        last=last,
        height=below + LABEL,
        years=years(first, last, scale),
        today=scale.at(today) if first <= today <= last else None,
        project=mark(project.start, end or last) if project.start else None,
        is_open=is_open,
        extensions=[mark(*span) for span in extensions(project, end)] if project.start else [],
        durability=mark(after(end), kept) if project.start and kept else None,
        lanes=lanes,
        undated=len(moments) - len(dated),
    )


def after(day: date) -> date:
    """The next day; the last one that a date can be stays."""
    return day if day == date.max else day + DAY


def ends(project, today: date) -> tuple[date | None, date | None]:
    """The project's last day, that of its cancelling where that came first, and the last day of its durability."""
    if stage_on(project, today) != Stage.CANCELLED:
        return project.end, durability_ends(project)
    end = min(day for day in (project.end, project.cancelled_on) if day)
    return max(day for day in (project.start, end) if day), None


def extensions(project, end: date | None) -> list[tuple[date, date]]:
    """The spans by which decisions moved the project's end, as far as they lie before its end as it is now."""
    spans = [
        (after(amendment.previous_end), min(amendment.new_end, end))
        for amendment in project.amendments.all()
        if amendment.previous_end and amendment.new_end and end
    ]
    return [(start, end) for start, end in spans if project.start <= start <= end]


def lanes_of(moments, scale, y) -> tuple[list[Lane], int]:
    """A lane for each kind of moment, and where the last one ends."""
    found = []
    for kind, group in groupby(sorted(moments, key=order), key=lambda moment: moment.kind):
        marks = in_rows(group, scale, y + LABEL)
        found.append(Lane(kind, y, marks))
        y = max(mark.y for mark in marks) + ROW + GAP
    return found, y


def order(moment):
    return moment.kind.order, moment.kind.name


def in_rows(moments, scale, y) -> list[Mark]:
    """Marks side by side, and one below the other where they would cover each other."""
    ends: list[float] = []
    marks = []
    for moment in sorted(moments, key=lambda moment: moment.start):
        x = scale.at(moment.start)
        width = scale.width(moment.start, after(moment.end)) if moment.end else 0
        if width < SHORTEST:
            x, width = round(x + width / 2, 2), 0
        row = next((row for row, end in enumerate(ends) if end <= x), len(ends)) % MOST_ROWS
        ends[row : row + 1] = [x + max(width, ROOM)]
        marks.append(Mark(x, width, y + row * ROW, moment))
    return marks


def years(first: date, last: date, scale) -> list[Year]:
    """The beginnings of years, so many of them named as there is room for; within one year, that one."""
    begun = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
    if not begun:
        return [Year(first.year, 0, True)]
    step = -(-len(begun) // YEARS_NAMED)
    drawn = begun if step <= YEARS_BETWEEN else begun[::step]
    return [Year(year, scale.at(date(year, 1, 1)), (year - begun[0]) % step == 0) for year in drawn]
