"""Who takes part in the published projects, with whose money."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from opendata.dataset import Dataset
from opendata.fields import Field, page_of, project_fields, texts
from projects.models import Participation, Project


def records():
    return Participation.objects.filter(project__in=Project.objects.published())


def prepared(participations):
    return (
        participations.select_related("project__programme", "partner__kind")
        .order_by("project_id", "order", "pk")
        .lean()
    )


def of_public_partner(path: str):
    """What is told on the organisation's own page; None while visitors don't see that."""
    value = attrgetter(path)
    return lambda participation: value(participation.partner) if participation.partner.is_public else None


def partner_kind(participation):
    partner = participation.partner
    return partner.kind.code if partner.is_public and partner.kind else None


PARTICIPATIONS = Dataset(
    name="participations",
    title=_("Partners of the projects"),
    description=_("Which organisations take part in the projects, in which role and with which budget."),
    keywords=[_("Interreg"), _("partners"), _("beneficiaries"), _("EU funding")],
    themes=("REGI", "GOVE"),
    records=records,
    prepared=prepared,
    fields=[
        *project_fields(attrgetter("project")),
        Field(
            "place",
            _("Place in the list"),
            _("The partner’s place in the list of partners."),
            attrgetter("order"),
            "identifier",
        ),
        Field("role", _("Role"), _("One of: lead, partner, associated."), attrgetter("role")),
        Field(
            "organisation_name",
            _("Organisation"),
            _("The name, as the organisation calls itself."),
            attrgetter("partner.name"),
        ),
        Field(
            "organisation_name_in_english",
            _("Organisation in English"),
            _("The name in English, where there is one."),
            attrgetter("partner.english_name"),
        ),
        Field(
            "unit",
            _("Department or unit"),
            _("The part of the organisation that does the work."),
            texts("unit"),
            per_language=True,
        ),
        Field(
            "organisation_type",
            _("Type of organisation"),
            _("One of the types of keep.eu, as business-support-organisation or sme."),
            partner_kind,
        ),
        Field(
            "legal_status",
            _("Legal status"),
            _("One of: public, private."),
            of_public_partner("legal_status"),
        ),
        Field(
            "pic",
            _("PIC"),
            _("The participant identification code of the EU’s funding portal."),
            of_public_partner("pic"),
        ),
        Field(
            "country",
            _("Country"),
            _("By its ISO 3166-1 code: GR is Greece."),
            attrgetter("partner.country"),
        ),
        Field("nuts2", _("NUTS 2 region"), _("The code of the region."), of_public_partner("nuts2")),
        Field("city", _("City"), _("Where the organisation is."), attrgetter("partner.city")),
        Field("latitude", _("Latitude"), _("In degrees (WGS 84)."), of_public_partner("latitude"), "number"),
        Field("longitude", _("Longitude"), _("In degrees (WGS 84)."), of_public_partner("longitude"), "number"),
        Field("website", _("Website"), _("That of the organisation."), of_public_partner("website"), "address"),
        Field("joined", _("Joined on"), _("Empty: from the start."), attrgetter("joined"), "day"),
        Field("left", _("Left on"), _("Empty: stayed to the end."), attrgetter("left"), "day"),
        Field(
            "total_budget",
            _("Total budget"),
            _("The partner’s own, in EUR. Empty: not published, which is not zero."),
            attrgetter("total_budget"),
            "amount",
        ),
        Field(
            "union_funding",
            _("Union funding"),
            _("The part of it that the fund pays, in EUR. Empty: not published, which is not zero."),
            attrgetter("union_funding"),
            "amount",
        ),
        Field(
            "union_funding_is_rounded",
            _("Union funding is rounded"),
            _("Whether only a rounded figure has been published."),
            lambda part: None if part.union_funding is None else part.union_funding_is_rounded,
            "flag",
        ),
        Field(
            "other_contribution",
            _("Other contribution"),
            _("National, regional or own money, in EUR. Empty: not published, which is not zero."),
            attrgetter("other_contribution"),
            "amount",
        ),
        Field(
            "union_cofinancing_rate",
            _("Union co-financing rate"),
            _("The Union funding as a share of the total budget: 0.85 is 85 per cent."),
            attrgetter("eu_rate"),
            "percent",
        ),
        Field(
            "funding_note",
            _("Note on funding"),
            _("What else there is to say about the money."),
            texts("funding_note"),
            per_language=True,
        ),
        Field(
            "project_page",
            _("Page of the project"),
            _("Its address, in the portal’s first language."),
            lambda participation: page_of(participation.project),
            "address",
        ),
        Field(
            "organisation_page",
            _("Page of the organisation"),
            _("Its address, in the portal’s first language, where there is one."),
            lambda participation: page_of(participation.partner) if participation.partner.is_public else None,
            "address",
        ),
    ],
)
