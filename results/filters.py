from django.db.models import F
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import alphabetical
from editorial.filters import Facet, RecordFilter
from editorial.formats import country_name
from editorial.sorting import Order, Sorting, first, last
from editorial.translations import as_read
from results.models import GoodPractice


class PracticeFilter(RecordFilter):
    texts = ["title", "summary", "owner", "place"]

    country = Facet("country", label=_("Country"), names=country_name)
    topic = Facet("topics__slug", label=_("Topic"), text=lambda: as_read("topics__name"))
    project = Facet("project__slug", label=_("Project"), text=lambda: F("project__acronym"))
    sort = Sorting(
        Order("newest", _("Newest first"), lambda: [last("published_at")]),
        Order("oldest", _("Oldest first"), lambda: [first("published_at")]),
        Order("title", _("Title, A to Z"), lambda: [alphabetical(as_read("title"))]),
        Order("project", _("Project, A to Z"), lambda: [alphabetical(F("project__acronym"))]),
    )

    class Meta:
        model = GoodPractice
        fields = ["q", "country", "topic", "project"]
