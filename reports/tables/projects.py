from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from projects.models import Project, Topic
from reports.columns import Column, Report
from reports.tables.funding import FUNDING, OWN_SHARE
from reports.tables.publication import LANGUAGES, PUBLICATION


def rows(projects):
    return (
        Project.objects.filter(pk__in=projects)
        .select_related("programme__period", "specific_objective")
        .with_partners()
        .with_own_share()
        .prefetch_related("websites", Prefetch("topics", Topic.objects.lean()))
        .lean()
    )


PROJECTS = Report(
    name="projects",
    title=_("Projects"),
    label=_("Download projects as {format}"),
    model=Project,
    order=10,
    rows=rows,
    columns=[
        Column(_("Acronym"), attrgetter("acronym")),
        Column(_("Title"), attrgetter("title")),
        Column(_("Life stage"), attrgetter("stage.label")),
        Column(_("Start"), attrgetter("start"), "day"),
        Column(_("End"), attrgetter("end"), "day"),
        Column(_("Lead partner"), lambda project: project.lead and project.lead.partner.name),
        Column(_("Number of partners"), lambda project: len(project.consortium) or None, "number"),
        Column(_("Number of countries"), lambda project: len(project.countries) or None, "number"),
        *FUNDING,
        Column(_("Other national co-financing (EUR)"), attrgetter("national_cofinancing"), "amount"),
        *OWN_SHARE,
        Column(_("Programme"), lambda project: project.programme.name or project.programme.cci),
        Column(_("Programming period"), attrgetter("programme.period.code")),
        Column(_("CCI code"), attrgetter("programme.cci")),
        Column(_("Call"), attrgetter("call")),
        Column(_("Operation code"), attrgetter("operation_code")),
        Column(_("Number in keep.eu"), attrgetter("keep_id"), "identifier"),
        Column(_("Specific objective"), attrgetter("specific_objective")),
        Column(_("Topics"), lambda project: list(project.topics.all())),
        Column(_("Approved on"), attrgetter("approved_on"), "day"),
        Column(_("Durability ends"), attrgetter("durability_ends"), "day"),
        Column(_("Cancelled on"), attrgetter("cancelled_on"), "day"),
        Column(_("Websites"), lambda project: [website.address for website in project.websites.all()], "address"),
        LANGUAGES,
        *PUBLICATION,
    ],
)
