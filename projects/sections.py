"""
The parts of a project's pages. Each app adds the ones it knows about in a module `sections.py` of its own,
so that a project page shows what lies on the floors above without knowing it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.rows import Rows
from projects.models import Document, Participation


@dataclass(frozen=True)
class MomentKind:
    """What has a lane of its own on the timeline's picture, and in words is shown by `projects/moments/{name}.html`."""

    name: str
    label: str
    order: int

    @property
    def template(self) -> str:
        return f"projects/moments/{self.name}.html"


PHASES = MomentKind("phase", _("Phases"), 10)
AMENDMENTS = MomentKind("amendment", _("Decisions"), 40)


@dataclass(frozen=True)
class Moment:
    """
    A record's place on a project's timeline. Its dates may be unknown, it may have a number among its like, and it is
    `off` where it didn't take place.
    """

    kind: MomentKind
    record: object
    start: date | None
    end: date | None = None
    number: int | None = None
    is_off: bool = False


@dataclass(frozen=True)
class Section:
    """
    A page below a project's, at `projects/{slug}/{name}/`, which exists while it holds something.

    `records` give what visitors may see of all projects, `project` the way from there to the project. On the overview,
    `preview` gives the context of `projects/previews/{name}.html`, and `moments` what the section adds to the timeline,
    for which `rows` come along with the project.
    """

    name: str
    label: str
    order: int
    records: list[Callable[[], QuerySet]]
    project: str = "project"
    preview: Callable[[object], dict] | None = None
    moments: Callable[[object], list[Moment]] | None = None
    rows: dict[str, Rows] = field(default_factory=dict)

    @property
    def flag(self) -> str:
        return f"has_{self.name}"

    @property
    def url_name(self) -> str:
        return f"project_{self.name}"

    @property
    def preview_template(self) -> str:
        return f"projects/previews/{self.name}.html"

    def holds_something(self) -> ExpressionWrapper:
        """Whether the section holds anything of the project of an outer query."""
        kinds = [Exists(records().filter(**{self.project: OuterRef("pk")}).order_by()) for records in self.records]
        return ExpressionWrapper(reduce(or_, kinds), output_field=BooleanField())


_sections: dict[str, Section] = {}


def add_section(section: Section):
    _sections[section.name] = section


def all_sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: section.order)


def with_sections(projects):
    """The projects, each knowing which of its sections hold something: one query, however many sections there are."""
    return projects.annotate(**{section.flag: section.holds_something() for section in all_sections()})


def with_moments(projects):
    """The projects, each with the rows that its sections make moments of."""
    return projects.with_rows(**{name: rows for section in all_sections() for name, rows in section.rows.items()})


def sections_of(project) -> list[Section]:
    """The sections of a project that came through `with_sections`, in their order."""
    return [section for section in all_sections() if getattr(project, section.flag)]


def timeline_of(project) -> list[Moment]:
    """
    Everything that has a place on the timeline of a project that came through `with_moments`, the earliest first and
    what has no date last.
    """
    moments = own_moments(project)
    for section in sections_of(project):
        moments += section.moments(project) if section.moments else []
    return sorted(moments, key=lambda moment: (moment.start or date.max, moment.end or date.max))


def own_moments(project) -> list[Moment]:
    phases = [Moment(PHASES, phase, phase.start, phase.end, phase.number) for phase in project.phases.all()]
    return phases + [Moment(AMENDMENTS, amendment, amendment.decided_on) for amendment in project.amendments.all()]


add_section(Section("partners", _("Partners"), 20, [Participation.objects.all]))
add_section(Section("documents", _("Documents"), 80, [Document.objects.all]))
