from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.bars import bars
from editorial.views import RecordList, RecordPage
from partners.filters import PartnerFilter
from partners.linked_data import organisation
from partners.map import by_country, map_of, places_of
from partners.models import Partner


class PartnerList(RecordList):
    model = Partner
    filterset_class = PartnerFilter

    def get_queryset(self):
        return super().get_queryset().for_list()

    def get_context_data(self, **kwargs):
        """With a map and a list of countries, over all pages of what the filters left."""
        key = "map", get_language(), *self.filters.chosen.items()
        where = self.filters.index.parts.get(key, self.map_and_countries)
        return super().get_context_data(map_and_countries=where, **kwargs)

    def map_and_countries(self) -> str:
        places = places_of(self.filters.qs)
        told = {"map": map_of(places), "countries": bars(by_country(places))}
        return render_to_string("partners/map_and_countries.html", told) if places else ""


class PartnerPage(RecordPage):
    model = Partner
    listed = "partners", _("Partners")

    def describe(self, absolute):
        return organisation(self.object, absolute)

    def get_queryset(self):
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            participations=self.object.participations.in_public(),
            contacts=self.object.contacts.public_on().filter(project=None).select_related("partner").lean(),
            **kwargs,
        )
