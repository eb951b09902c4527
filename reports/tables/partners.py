from operator import attrgetter, methodcaller

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from projects.models import Participation
from reports.columns import Column, Report
from reports.tables.publication import PUBLICATION


def rows(partners, participations=None):
    """With their parts in all projects, or in those given."""
    participations = Participation.objects.all() if participations is None else participations
    participations = participations.select_related("project").order_by("project__acronym", "pk").lean()
    return (
        Partner.objects.filter(pk__in=partners)
        .select_related("kind")
        .prefetch_related(Prefetch("participations", participations))
        .lean()
    )


def public_rows(partners):
    return rows(partners, Participation.objects.in_public())


def projects(partner) -> list[str]:
    return [participation.project.acronym for participation in partner.participations.all()]


def led_projects(partner) -> list[str]:
    return [participation.project.acronym for participation in partner.participations.all() if participation.is_lead]


PARTNERS = Report(
    name="partners",
    title=_("Organisations"),
    label=_("Download organisations as {format}"),
    model=Partner,
    rows=rows,
    public_rows=public_rows,
    columns=[
        Column(_("Organisation"), attrgetter("name")),
        Column(_("Name in English"), attrgetter("english_name")),
        Column(_("Short name"), attrgetter("short_name")),
        Column(_("Type of organisation"), attrgetter("kind")),
        Column(_("Legal status"), methodcaller("get_legal_status_display"), for_staff=True),
        Column(_("Country"), attrgetter("country"), "country"),
        Column(_("NUTS 2 region"), attrgetter("nuts2")),
        Column(_("Name of the region"), attrgetter("region")),
        Column(_("City"), attrgetter("city")),
        Column(_("Postal address"), attrgetter("address")),
        Column(_("Website"), attrgetter("website"), "address"),
        Column(_("PIC"), attrgetter("pic")),
        Column(_("VAT or registration number"), attrgetter("registration_number"), for_staff=True),
        Column(_("Number of projects"), lambda partner: len(projects(partner)), "number"),
        Column(_("Projects"), projects),
        Column(_("Leads the projects"), led_projects),
        *PUBLICATION,
    ],
)
