from operator import attrgetter, methodcaller

from django.utils.translation import gettext_lazy as _

from projects.models import Participation, Project
from reports.columns import Column, Report
from reports.tables.funding import FUNDING


def rows(projects):
    return (
        Participation.objects.filter(project__in=projects)
        .select_related("project", "partner__kind")
        .order_by("project__acronym", "project", "order", "pk")
        .lean()
    )


PARTICIPATIONS = Report(
    name="participations",
    title=_("Partners of projects"),
    label=_("Download their partners as {format}"),
    model=Participation,
    selected=Project,
    order=20,
    rows=rows,
    columns=[
        Column(_("Project"), attrgetter("project.acronym")),
        Column(_("Place in the list"), attrgetter("order"), "identifier"),
        Column(_("Role"), methodcaller("get_role_display")),
        Column(_("Organisation"), attrgetter("partner.name")),
        Column(_("Name in English"), attrgetter("partner.english_name")),
        Column(_("Department or unit"), attrgetter("unit")),
        Column(_("Type of organisation"), attrgetter("partner.kind")),
        Column(_("Country"), attrgetter("partner.country"), "country"),
        Column(_("City"), attrgetter("partner.city")),
        Column(_("NUTS 2 region"), attrgetter("partner.nuts2")),
        Column(_("Joined on"), attrgetter("joined"), "day"),
        Column(_("Left on"), attrgetter("left"), "day"),
        *FUNDING,
        Column(_("Other contribution (EUR)"), attrgetter("other_contribution"), "amount"),
        Column(_("Note on funding"), attrgetter("funding_note")),
    ],
)
