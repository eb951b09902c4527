"""The figures that open the home page, worked out over all published projects."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from partners.map import Place, places_of
from partners.models import Partner
from projects.models import Participation, Project


@dataclass(frozen=True)
class KnownSum:
    """A sum in EUR of the amounts that are known: how many are, how many there could be, how many are rounded."""

    total: Decimal | None
    known: int
    all: int
    rounded: int

    @property
    def is_complete(self) -> bool:
        return self.known == self.all


def union_funding(only=None) -> dict:
    """What a KnownSum of Union funding is made of, in SQL: of projects or participations, or of those `only`."""
    rounded = Q(union_funding_is_rounded=True)
    return {
        "total": Sum("union_funding", filter=only),
        "known": Count("union_funding", filter=only),
        "all": Count("pk", filter=only),
        "rounded": Count("pk", filter=rounded & only if only else rounded),
    }


def key_figures() -> dict:
    """Projects, partners and countries counted; Union funding in all and of the agency (KnownSum, EUR)."""
    projects = Project.objects.published()
    taking_part = Participation.objects.in_consortium().filter(project__in=projects)
    sums = taking_part.aggregate(
        partners=Count("partner", distinct=True),
        countries=Count("partner__country", distinct=True),
        **union_funding(only=Q(partner__is_agency=True)),
    )
    return {
        "partners": sums.pop("partners"),
        "countries": sums.pop("countries"),
        "union_funding": KnownSum(**projects.aggregate(**union_funding())),
        "agency_funding": KnownSum(**sums),
    }


def places_of_partners() -> list[Place]:
    """Where the published partners of published projects are."""
    taking_part = Participation.objects.in_consortium().filter(project__in=Project.objects.published())
    return places_of(Partner.objects.published().filter(participations__in=taking_part))
