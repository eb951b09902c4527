from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import alphabetical
from editorial.filters import Facet, RecordFilter
from editorial.formats import country_name
from editorial.sorting import Order, Sorting
from editorial.translations import as_read
from partners.models import Partner


def number_of_projects() -> Coalesce:
    """How many published projects an organisation takes or took part in."""
    participations = Partner._meta.get_field("participations").related_model.objects.in_public()
    projects = participations.filter(partner=OuterRef("pk")).order_by().values("partner")
    return Coalesce(Subquery(projects.annotate(number=Count("project", distinct=True)).values("number")), 0)


class PartnerFilter(RecordFilter):
    texts = ["name", "english_name", "short_name", "city", "region"]

    country = Facet("country", label=_("Country"), names=country_name)
    kind = Facet("kind__code", label=_("Type of organisation"), text=lambda: as_read("kind__name"))
    sort = Sorting(
        Order("name", _("Name, A to Z"), lambda: [alphabetical(F("name"))]),
        Order("projects", _("Most projects first"), lambda: [number_of_projects().desc(), alphabetical(F("name"))]),
    )

    class Meta:
        model = Partner
        fields = ["q", "country", "kind"]
