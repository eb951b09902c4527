"""
What the rules ask of a project so that the public sees who pays for it: as data, by programming period.

2014-2020: Reg. (EU) 1303/2013, Annex XII, 2.2. 2021-2027: Reg. (EU) 2021/1060, Article 50, and for Interreg
Reg. (EU) 2021/1059, Article 36(4), whose paragraph 6 lets up to 2 % of the support be cancelled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from projects.models import Project

OLD, NEW = "2014-2020", "2021-2027"
MONTHS_TO_POSTER = 6
INVESTMENT = Decimal(100_000)  # EUR in all, from which on a physical investment bears a plaque
LARGE = Decimal(5_000_000)  # EUR in all, from which on an operation holds an event


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a month that is shorter."""
    months += day.month - 1
    first = date(day.year + months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def from_start(project) -> date | None:
    return project.start


def poster_due(project) -> date | None:
    """Interreg Europe asks for the poster within six months of approval; other rules name no day, so this one holds."""
    day = project.approved_on or project.start
    return months_later(day, MONTHS_TO_POSTER) if day else None


def by_end(project) -> date | None:
    return project.end


def no_day(project) -> None:
    """Nothing that the portal knows says when, as where an investment begins."""


@dataclass(frozen=True)
class Duty:
    """
    `name` is what its evidence is kept under. `due` gives the last day by which it must be met, if there is one.
    `above` is the total budget in EUR from which on it can apply at all; with `only_if`, somebody must say whether it
    does. `page_meets_it`: the project's public page in this portal is what the duty asks for.
    """

    name: str
    period: str
    title: str
    asks: str
    source: str
    due: Callable[[Project], date | None]
    above: Decimal | None = None
    only_if: str = ""
    page_meets_it: bool = False


DUTIES = [
    Duty(
        "website",
        NEW,
        _("Short description on the website"),
        _("The partners’ websites describe the project with its aims and results and point out the Union’s support."),
        "Reg. (EU) 2021/1059, Art. 36(4)(a)",
        from_start,
        page_meets_it=True,
    ),
    Duty(
        "social_media",
        NEW,
        _("Short description on social media"),
        _("The partners’ social media sites, where they have some, do the same."),
        "Reg. (EU) 2021/1059, Art. 36(4)(a)",
        from_start,
    ),
    Duty(
        "documents",
        NEW,
        _("Emblem and statement on documents"),
        _("What the public or participants get bears the emblem and the words “Co-funded by the European Union”."),
        "Reg. (EU) 2021/1059, Art. 36(4)(b); Reg. (EU) 2021/1060, Art. 47 and Annex IX",
        from_start,
    ),
    Duty(
        "poster",
        NEW,
        _("Poster or electronic display"),
        _("A poster of at least A3, or an equivalent display, hangs where the public sees it, for the whole duration."),
        "Reg. (EU) 2021/1059, Art. 36(4)(d)",
        poster_due,
    ),
    Duty(
        "plaque",
        NEW,
        _("Plaque or billboard"),
        _("A durable plaque or billboard stands where something is built or bought, from the beginning on."),
        "Reg. (EU) 2021/1059, Art. 36(4)(c)",
        no_day,
        above=INVESTMENT,
        only_if=_("Only where the project builds or buys something physical, and costs more than 100,000 EUR in all."),
    ),
    Duty(
        "event",
        NEW,
        _("Communication event"),
        _("An event involves the Commission and the managing authority in good time."),
        "Reg. (EU) 2021/1059, Art. 36(4)(e)",
        by_end,
        above=LARGE,
    ),
    Duty(
        "website",
        OLD,
        _("Short description on the website"),
        _("The partners’ websites describe the project with its aims and results and point out the Union’s support."),
        "Reg. (EU) 1303/2013, Annex XII, 2.2(2)(a)",
        from_start,
        page_meets_it=True,
    ),
    Duty(
        "documents",
        OLD,
        _("Emblem, Union and fund on documents"),
        _("What the public or participants get bears the emblem, the words “European Union” and the fund’s name."),
        "Reg. (EU) 1303/2013, Annex XII, 2.2(1); Impl. Reg. (EU) 821/2014, Art. 4",
        from_start,
    ),
    Duty(
        "poster",
        OLD,
        _("Poster"),
        _("A poster of at least A3 hangs where the public readily sees it, as at the entrance of a building."),
        "Reg. (EU) 1303/2013, Annex XII, 2.2(2)(b)",
        poster_due,
    ),
]
# What evidence is kept under, each once, with its title.
NAMES = {duty.name: duty.title for duty in reversed(DUTIES)}


def duties_of(project) -> list[Duty]:
    """What is asked of a project, by its programme's period. Periods that no rule here is about ask for nothing."""
    return [duty for duty in DUTIES if duty.period == project.programme.period.code]
