"""
The duties of communication, and what shows how each was met.

2014-2020: Reg. (EU) 1303/2013, Annex XII, 2.2, and Impl. Reg. (EU) 821/2014, Article 4. 2021-2027: Reg. (EU) 2021/1060,
Articles 47 and 50, and Reg. (EU) 2021/1059, Article 36.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import Project
from reports.columns import Column
from reports.parts.communication import day_of
from reports.parts.layout import table_of
from reports.parts.wording import page_of, words


@dataclass(frozen=True)
class Duty:
    """Something a project owes the public, and in words what shows that it was met, or how it stands."""

    name: str
    shown_by: str
    day: date | None = None
    address: str | None = None


# Functions of projects that give, by the projects' keys, what a floor above knows of their duties.
tellers: list[Callable[[list[Project]], dict[int, list[Duty]]]] = []


def duties_of(projects: list[Project]) -> dict[int, list[Duty]]:
    """The duties of each project, by its key."""
    told = [tell(projects) for tell in tellers]
    return {
        project.pk: [statement(project), *(duty for known in told for duty in known[project.pk])]
        for project in projects
    }


def statement(project) -> Duty:
    """The words beside the emblem, which stand on every page of the project."""
    programme = project.programme
    said = words(programme, "own_statement") or words(programme.period, "funding_statement")
    if programme.period.names_fund:
        said = " · ".join(filter(None, [said, words(programme.fund, "name")]))
    return Duty(_("Emblem and funding statement"), said, day_of(project), page_of(project))


DUTIES = [
    Column(gettext_lazy("Duty"), attrgetter("name")),
    Column(gettext_lazy("Shown by"), attrgetter("shown_by")),
    Column(gettext_lazy("Since"), attrgetter("day"), "day"),
    Column(gettext_lazy("Address"), attrgetter("address"), "address"),
]


def table(duties: list[Duty]):
    return table_of("duties", _("Duties of communication"), DUTIES, duties)
