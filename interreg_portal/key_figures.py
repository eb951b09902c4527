"""The figures that open the home page, worked out over all published projects."""

from django.db.models import Count, Q

from partners.map import Place, places_of
from partners.models import Partner
from projects.models import Participation, Project
from projects.totals import sums, totals_in


def key_figures() -> dict:
    """Projects, partners and countries counted; budget and Union funding in all and of the agency (Totals)."""
    projects = Project.objects.published()
    taking_part = Participation.objects.in_consortium().filter(project__in=projects)
    counts = {"partners": Count("partner", distinct=True), "countries": Count("partner__country", distinct=True)}
    found = taking_part.aggregate(**counts, **sums(only=Q(partner__is_agency=True)))
    figures = {name: found[name] for name in counts}
    return figures | {"all": totals_in(projects.aggregate(**sums())), "own": totals_in(found)}


def places_of_partners() -> list[Place]:
    """Where the published partners of published projects are."""
    taking_part = Participation.objects.in_consortium().filter(project__in=Project.objects.published())
    return places_of(Partner.objects.published().filter(participations__in=taking_part))
