from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from opendata.api.asking import (
    COUNTRY,
    IN_ORDER,
    WORDS,
    Asked,
    AskedList,
    Slug,
    choice,
    found,
    listed,
    orders_of,
    page_of,
)
from opendata.api.telling import (
    Address,
    Amount,
    Currency,
    Ours,
    ProjectReference,
    RichText,
    Text,
    Told,
    address,
    read,
    rich_text,
    text,
)
from partners.filters import PartnerFilter
from partners.models import Partner
from projects.models import Participation

router = Router(tags=["Partners"])


class AskedPartners(AskedList):
    q: str = WORDS
    country: str = COUNTRY
    kind: str = Field(
        None,
        description="The code of a type of organisation, as “kind” of the records has it.",
        pattern="^[-a-zA-Z0-9_]+$",
        max_length=40,
        examples=["sme"],
    )
    sort: choice(orders_of(PartnerFilter)) = Field(None, description=IN_ORDER)


class Kind(Told):
    """One of the types by which keep.eu tells organisations apart."""

    code: str = Field(examples=["sme"])
    name: Text | None

    resolve_name = text("name")


class PartnerInList(Ours):
    name: str = Field(description="As the organisation calls itself. It is never translated.")
    english_name: str | None
    short_name: str | None
    kind: Kind | None
    legal_status: choice(Partner.LegalStatus.values) | None
    country: str = Field(description="An ISO 3166 code of two letters.", examples=["SI"])
    nuts2: str | None = Field(description="The code of its NUTS 2 region.", examples=["SI03"])
    region: str | None
    city: str | None

    resolve_url = address("partner")


class ParticipationInProject(Told):
    """The organisation's part in a published project."""

    project: ProjectReference
    role: choice(Participation.Role.values)
    in_consortium: bool = Field(description="Whether it is lead or partner today; associated partners never are.")
    unit: Text | None = Field(description="The part of the organisation that does the work.")
    joined: date | None = Field(description="Null: from the start.")
    left: date | None = Field(description="Null: it stayed.")
    total_budget: Amount | None
    union_funding: Amount | None
    union_funding_is_rounded: bool
    other_contribution: Amount | None = Field(description="National, regional or own, in EUR.")

    resolve_unit = text("unit")


class PartnerInFull(PartnerInList):
    address: str | None = Field(description="The postal address.")
    latitude: Decimal | None = Field(description="In degrees (WGS 84), as a text.", examples=["45.95890"])
    longitude: Decimal | None = Field(description="In degrees (WGS 84), as a text.", examples=["15.49170"])
    website: Address | None
    description: RichText | None
    pic: str | None = Field(description="The participant identification code of the EU's funding portal.")
    participations: list[ParticipationInProject]
    currency: Currency = "EUR"

    resolve_description = rich_text("description")

    @staticmethod
    def resolve_participations(partner):
        return partner.participations.in_public()


@router.get("/partners", response=page_of(PartnerInList), url_name="partners", summary="Published organisations")
def list_partners(request: HttpRequest, response: HttpResponse, asked: Query[AskedPartners]):
    """The selection is that of the public list: its filters have the same names and values here."""
    shown = Partner.objects.published().for_list()
    return listed(request, response, asked, shown, PartnerFilter)


@router.get(
    "/partners/{slug}", response=PartnerInFull, url_name="partner", summary="An organisation with its participations"
)
def get_partner(request: HttpRequest, slug: Slug, asked: Query[Asked]):
    """Contacts are left out: they agreed to being shown on the portal, not to being passed on under a licence."""
    return read([found(request, Partner.objects.published().for_page(), slug)], rich=("description",))[0]
