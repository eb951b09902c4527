"""
How a project changes policy, as a picture: good practices inspire action plans, plans improve instruments, and of that
come changes. Places across are in per cent of the picture's width, down in pixels.
"""

from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, count

ROW = 56  # pixels from one mark to the next below
TOP = 0


class Step(IntEnum):
    """The links of the chain, in its direction."""

    PRACTICE = 0
    PLAN = 1
    INSTRUMENT = 2
    CHANGE = 3

    @property
    def x(self) -> float:
        """The middle of the step's quarter."""
        return 12.5 + 25 * self

    @property
    def code(self) -> str:
        return self.name.lower()


# The texts by which records go; a change goes by its kind.
NAMED_BY = {Step.PRACTICE: "title", Step.PLAN: "title", Step.INSTRUMENT: "name"}


@dataclass(frozen=True)
class Mark:
    """A record in the chain: `number` is its own among those of its step, in the picture as in the table."""

    step: Step
    number: int
    record: object
    y: float

    @property
    def x(self) -> float:
        return self.step.x

    @property
    def field(self) -> str | None:
        """The text it goes by, if any."""
        return NAMED_BY.get(self.step)

    @property
    def name(self) -> str:
        return str(self.record) if self.field else self.record.get_kind_display()

    @property
    def address(self) -> str | None:
        """Where more is said of it."""
        if self.step == Step.INSTRUMENT:
            return f"#instrument-{self.record.pk}"
        return self.record.get_absolute_url() if self.step == Step.PRACTICE else None

    @property
    def below(self) -> float:
        """Where its name stands."""
        return self.y + 27


@dataclass(frozen=True)
class Chain:
    """`links` lead from mark to mark; `rows` has for each plan, or instrument without one, what hangs together."""

    marks: list[Mark]
    links: list[tuple[Mark, Mark]]
    rows: list[dict]
    height: int


def chain_of(instruments) -> Chain | None:
    """
    The chain of a project's instruments, each with its plans, their practices, and its changes, all fetched before;
    None where nothing hangs together.
    """
    drawn = Drawing()
    for instrument in instruments:
        drawn.add(instrument)
    marks = [*drawn.marks.values()]
    return Chain(marks, drawn.links, drawn.rows, round(drawn.bottom)) if drawn.links else None


class Drawing:
    """Puts one instrument's part below the other; a practice that inspired several plans stands beside the first."""

    def __init__(self):
        self.bottom = TOP
        self.marks: dict = {}
        self.links: list = []
        self.rows: list = []
        self.numbers = {step: count(1) for step in Step}

    def add(self, instrument):
        plans, changes = [*instrument.action_plans.all()], [*instrument.changes.all()]
        practices = {plan: [*plan.practices.all()] for plan in plans}
        inspiring = dict.fromkeys(chain.from_iterable(practices.values()))
        new = [each for each in inspiring if (Step.PRACTICE, each) not in self.marks]
        height = ROW * max(len(new), len(plans), len(changes), 1)
        for step, records in zip(Step, (new, plans, [instrument], changes), strict=True):
            self.place(step, records, height)
        self.bottom += height
        self.link(instrument, practices, changes)

    def place(self, step, records, height):
        """Evenly over the height of the part."""
        for place, record in enumerate(records):
            y = self.bottom + height * (place + 0.5) / len(records)
            self.marks[step, record] = Mark(step, next(self.numbers[step]), record, round(y, 1))

    def link(self, instrument, practices, changes):
        improved = self.marks[Step.INSTRUMENT, instrument]
        changed = [self.marks[Step.CHANGE, each] for each in changes]
        self.links += [(improved, each) for each in changed]
        for plan, inspiring in practices.items():
            planned, sources = self.marks[Step.PLAN, plan], [self.marks[Step.PRACTICE, each] for each in inspiring]
            self.links += [(each, planned) for each in sources] + [(planned, improved)]
            self.rows.append({"practices": sources, "plan": planned, "instrument": improved, "changes": changed})
        if not practices:
            self.rows.append({"practices": [], "plan": None, "instrument": improved, "changes": changed})
