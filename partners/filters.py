from django.utils.translation import gettext_lazy as _

from editorial.filters import Facet, RecordFilter
from editorial.formats import country_name
from editorial.translations import as_read
from partners.models import Partner


class PartnerFilter(RecordFilter):
    texts = ["name", "english_name", "short_name", "city", "region"]

    country = Facet("country", label=_("Country"), names=country_name)
    kind = Facet("kind__code", label=_("Type of organisation"), text=lambda: as_read("kind__name"))

    class Meta:
        model = Partner
        fields = ["q", "country", "kind"]
