"""The portfolio: several projects in figures, by stage, programme, topic and country, and how their promises stand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.alphabets import reading_order
from editorial.formats import country_name
from projects.models import Project
from projects.totals import KnownSum
from reports.columns import Column
from reports.document import Fact, Facts
from reports.kind import Kind, Problem
from reports.parts import reconciling, results
from reports.parts.identity import titles_of, with_identity
from reports.parts.layout import Summed, section, table_of
from reports.parts.money import SHARES
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document, words
from results.ledger import Outcome


def build(selection, period, user):
    projects = with_identity(public(selection, user)).with_own_share().order_by("acronym", "pk").lean()
    projects = list(projects)
    sections = sections_on(projects) if projects else nothing_said()
    return document("portfolio", _("Project portfolio"), sections, titles_of(projects))


def sections_on(projects):
    return [
        section(_("In figures"), in_figures(projects)),
        section(_("Projects"), table_of("projects", _("Projects"), PROJECTS, projects)),
        section(_("Partners and budgets"), table_of("budgets", _("Partners and budgets"), BUDGETS, projects)),
        section(
            _("What they are about"),
            grouped(
                "stages", _("By life stage"), _("Life stage"), projects, lambda project: [str(project.stage.label)]
            ),
            grouped("programmes", _("By programme"), _("Programme"), projects, lambda project: [programme_of(project)]),
            grouped("topics", _("By topic"), _("Topic"), projects, topics_of, several=True),
            countries(projects),
        ),
        section(_("Promises"), promises(projects)),
    ]


def consortium(projects) -> list:
    return [each for project in projects for each in project.consortium]


def in_figures(projects) -> Facts:
    partners = consortium(projects)
    budgets = KnownSum.of([each.total_budget for each in projects])
    funding = KnownSum.of([each.union_funding for each in projects])
    return Facts(
        "figures",
        [
            Fact(_("Number of projects"), len(projects), "number"),
            Fact(_("Number of organisations that take part"), len({each.partner_id for each in partners}), "number"),
            Fact(_("Number of countries"), len({each.partner.country for each in partners}), "number"),
            *summed(_("Total budget (EUR)"), _("Projects whose total budget is known"), budgets),
            *summed(_("Union funding (EUR)"), _("Projects whose Union funding is known"), funding),
        ],
    )


def summed(label: str, known: str, found: KnownSum) -> list[Fact]:
    """A sum, and of how many projects it is where that isn't all of them."""
    parts = [] if found.is_complete else [Fact(known, found.known, "number")]
    return [Fact(label, found.total, "amount"), *parts]


def programme_of(project) -> str:
    return f"{words(project.programme, 'name') or project.programme.cci} ({project.programme.period.code})"


def topics_of(project) -> list[str]:
    return [words(topic, "name") or topic.slug for topic in project.topics.all()]


def own(field: str) -> Callable[[Project], KnownSum]:
    """The agency's amount, of the projects that it takes part in."""
    return lambda project: KnownSum.of([getattr(project, field)] if project.agency_takes_part else [])


PROJECTS = [
    Column(gettext_lazy("Acronym"), attrgetter("acronym")),
    Column(gettext_lazy("Title"), lambda project: words(project, "title")),
    Column(gettext_lazy("Programme"), programme_of),
    Column(gettext_lazy("Life stage"), attrgetter("stage.label")),
    Column(gettext_lazy("Start"), attrgetter("start"), "day"),
    Column(gettext_lazy("End"), attrgetter("end"), "day"),
    Column(gettext_lazy("Lead partner"), lambda project: project.lead and project.lead.partner.name),
]
BUDGETS = [
    Column(gettext_lazy("Acronym"), attrgetter("acronym")),
    Column(gettext_lazy("Number of partners"), lambda project: len(project.consortium) or None, "number"),
    *SHARES,
    Summed(gettext_lazy("The agency's part of the total budget (EUR)"), own("own_total_budget"), "amount"),
    Summed(gettext_lazy("The agency's part of the Union funding (EUR)"), own("own_union_funding"), "amount"),
]


@dataclass(frozen=True)
class Group:
    """Projects that have something in common, by which it is called."""

    name: str
    projects: list[Project]

    @property
    def total_budget(self) -> KnownSum:
        return KnownSum.of([each.total_budget for each in self.projects])

    @property
    def union_funding(self) -> KnownSum:
        rounded = [each for each in self.projects if each.union_funding is not None and each.union_funding_is_rounded]
        return KnownSum.of([each.union_funding for each in self.projects], len(rounded))


GROUPS = [
    Summed(gettext_lazy("Number of projects"), lambda group: len(group.projects), "number"),
    Summed(gettext_lazy("Total budget (EUR)"), attrgetter("total_budget"), "amount"),
    Summed(gettext_lazy("Union funding (EUR)"), attrgetter("union_funding"), "amount"),
]
OVERLAPPING = [Column(each.header, each.value, each.format) for each in GROUPS]  # without totals


def grouped(name: str, title: str, header: str, projects, names: Callable[[Project], list[str]], several=False):
    """A row for each name that projects go by; where one may go by several of them, rows can't be added up."""
    found = {}
    for project in projects:
        for each in names(project):
            found.setdefault(each, []).append(project)
    groups = [Group(each, found[each]) for each in sorted(found, key=reading_order)]
    note = _("A project with several stands in each row, so the rows have no total.") if several else ""
    columns = [Column(header, attrgetter("name")), *(OVERLAPPING if several else GROUPS)]
    return table_of(name, title, columns, groups, note)


COUNTRIES = [
    Column(gettext_lazy("Country"), lambda row: row[0]),
    Column(gettext_lazy("Number of projects"), lambda row: row[1], "number"),
    Column(gettext_lazy("Number of organisations that take part"), lambda row: row[2], "number"),
]


def countries(projects):
    counted = Counter(code for project in projects for code in project.countries)
    where = {each.partner_id: each.partner.country for each in consortium(projects)}
    organisations = Counter(where.values())
    rows = [(country_name(code), number, organisations[code]) for code, number in counted.items()]
    rows.sort(key=lambda row: reading_order(row[0]))
    return table_of("countries", _("By country"), COUNTRIES, rows)


def outcomes(outcome: Outcome) -> Summed:
    """A column that counts a project's promises which stand so."""
    return Summed(outcome.label, lambda row: sum(line.outcome == outcome for line in row[1]), "number")


PROMISES = [
    Column(gettext_lazy("Acronym"), lambda row: row[0].acronym),
    Summed(gettext_lazy("Promises"), lambda row: len(row[1]), "number"),
    *map(outcomes, [Outcome.EXCEEDED, Outcome.REACHED, Outcome.UNDER_WAY, Outcome.MISSED, Outcome.NOT_REPORTED]),
]


def promises(projects):
    """How many of each project's promises stand how."""
    ledgers = results.ledgers(projects)
    rows = [(each, [line for line in ledgers[each.pk] if line.promised is not None]) for each in projects]
    title = _("How the promises stand")
    return table_of("promises", title, PROMISES, [row for row in rows if row[1]], otherwise=_("Nothing was promised."))


def problems(selection, period, user) -> list[Problem]:
    projects = public(selection, user).with_partners().order_by("acronym", "pk").lean()
    found = [problem for project in projects for problem in reconciling.of_amounts(project)]
    return left_out(selection, user) + found


KIND = Kind(
    name="portfolio",
    title=gettext_lazy("Project portfolio"),
    purpose=gettext_lazy(
        "The selected projects side by side: budgets, life stages, programmes, topics, countries and how their "
        "promises stand, with totals. For boards and founders."
    ),
    model=Project,
    build=build,
    problems=problems,
    order=30,
)
