"""What a project is: its names and numbers, its dates, the decisions that changed it, its phases."""

from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial.formats import country_name, listing
from projects.decisions import as_approved
from projects.models import Phase, Topic
from reports.columns import Column
from reports.document import Fact, Facts, Paragraph
from reports.parts.layout import table_of
from reports.parts.wording import page_of, words

NAMED_IN_TITLE = 5  # projects


def with_identity(projects):
    """The projects with all that this module tells."""
    related = ["programme__period", "programme__fund", "specific_objective"]
    lean = [Prefetch("topics", Topic.objects.lean()), Prefetch("phases", Phase.objects.lean())]
    return projects.select_related(*related).with_partners().with_amendments().prefetch_related("websites", *lean)


def title_of(project) -> str:
    """`INNO INDUSTRY – Improving innovation delivery of policies`"""
    return f"{project.acronym} – {words(project, 'title') or project.slug}"


def titles_of(projects) -> str:
    """A report's subtitle: the title of the one project that it is about, the acronyms of a few, the number of many."""
    if len(projects) == 1:
        return title_of(projects[0])
    if len(projects) <= NAMED_IN_TITLE:
        return ", ".join(each.acronym for each in projects)
    return ngettext("%(number)d project", "%(number)d projects", len(projects)) % {"number": len(projects)}


def identity(project) -> Facts:
    programme, objective, lead = project.programme, project.specific_objective, project.lead
    told = [
        Fact(_("Acronym"), project.acronym),
        Fact(_("Title"), words(project, "title")),
        Fact(_("Operation code"), project.operation_code or None),
        Fact(_("Programme"), words(programme, "name")),
        Fact(_("Programming period"), programme.period.code),
        Fact(_("CCI code"), programme.cci),
        Fact(_("Fund"), words(programme.fund, "name")),
        Fact(_("Call"), project.call or None),
        Fact(_("Specific objective"), objective and f"{objective.code} {words(objective, 'name') or ''}".strip()),
        Fact(_("Topics"), listing([words(each, "name") or each.slug for each in project.topics.all()]) or None),
        Fact(_("Lead partner"), lead and lead.partner.name),
        Fact(_("Number of partners"), len(project.consortium) or None, "number"),
        Fact(_("Number of countries"), len(project.countries) or None, "number"),
        Fact(_("Countries"), listing([country_name(code) for code in project.countries]) or None),
        Fact(_("Life stage"), str(project.stage.label)),
        Fact(_("Address of the page"), page_of(project), "address"),
    ]
    websites = [Fact(_("Website"), each.address, "address") for each in project.websites.all()]
    number = [Fact(_("Number in keep.eu"), project.keep_id, "identifier")] if project.keep_id else []
    return Facts("project", [*told, *number, *websites])


def in_short(project) -> Facts:
    """What a project is recognised by, in a report that is about something else of it."""
    named = (_("Acronym"), _("Title"), _("Operation code"), _("Programme"), _("CCI code"), _("Lead partner"))
    return Facts("project", [fact for fact in identity(project).facts if fact.label in named])


def dates(project) -> Facts:
    first_end = as_approved(project, "end")
    cancelled = [Fact(_("Cancelled on"), project.cancelled_on, "day")] if project.cancelled_on else []
    return Facts(
        "dates",
        [
            Fact(_("Approved on"), project.approved_on, "day"),
            Fact(_("Start"), project.start, "day"),
            Fact(_("End as first approved"), first_end, "day"),
            Fact(_("End as it stands now"), project.end, "day"),
            Fact(_("Duration in months"), project.months, "number"),
            *cancelled,
            Fact(_("Durability ends"), project.durability_ends, "day"),
        ],
    )


def summary(project) -> Paragraph | None:
    text = words(project, "summary")
    return Paragraph(text) if text else None


def what_changed(amendment) -> str:
    """A line for each thing that a decision changed, with what stood there before."""
    lines = []
    for told in amendment.told:
        figures = "; ".join(f"{label}: {figure}" for label, figure in told.figures)
        lines.append(". ".join(part for part in (told.sentence, figures) if part))
    return "\n".join(lines)


AMENDMENTS = [
    Column(gettext_lazy("Kind of decision"), attrgetter("title")),
    Column(gettext_lazy("Decided on"), attrgetter("decided_on"), "day"),
    Column(gettext_lazy("What it changed"), what_changed, "long_text"),
    Column(gettext_lazy("Reason"), lambda amendment: words(amendment, "reason"), "long_text"),
]


def amendments(records, otherwise=""):
    return table_of("amendments", _("Decisions that changed the project"), AMENDMENTS, records, otherwise=otherwise)


PHASES = [
    Column(gettext_lazy("Phase"), lambda phase: words(phase, "name") or str(phase.number)),
    Column(gettext_lazy("From"), attrgetter("start"), "day"),
    Column(gettext_lazy("Until"), attrgetter("end"), "day"),
    Column(gettext_lazy("Goal"), lambda phase: words(phase, "goal"), "long_text"),
]


def phases(records):
    return table_of("phases", _("Phases"), PHASES, records)
