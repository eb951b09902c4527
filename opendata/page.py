from functools import cached_property

from django.urls import reverse

from opendata.catalogue_facts import DESCRIPTION, TITLE
from opendata.edition import Edition, Offer
from opendata.licence import licence
from pages.views import PageView

SLUG = "open-data"


class OpenDataPage(PageView):
    """What the data are, below the text that staff wrote on the page of this address, if they did."""

    template_name = "opendata/page.html"

    def get_object(self, queryset=None):
        return self.get_queryset().filter(slug=SLUG).first()

    @cached_property
    def edition(self) -> Edition:
        return Edition.of_now(self.request.build_absolute_uri("/"))

    @cached_property
    def offers(self) -> list[Offer]:
        return self.edition.offers()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            offers=self.offers,
            changed=self.edition.state.changed,
            licence=licence(),
            publisher=self.edition.publisher,
            **kwargs,
        )

    def describe(self, absolute) -> dict:
        return {
            "@type": "DataCatalog",
            "name": str(TITLE),
            "description": str(DESCRIPTION),
            "url": absolute(reverse("open_data")),
            "license": licence()["address"],
            "publisher": self.publisher(),
            "dataset": [self.describe_dataset(offer, absolute) for offer in self.offers],
        }

    def publisher(self) -> dict:
        return {"@type": "Organization", "name": self.edition.publisher}

    def describe_dataset(self, offer: Offer, absolute) -> dict:
        """As search engines for data ask for it: https://developers.google.com/search/docs/appearance/structured-data/dataset"""
        dataset = offer.dataset
        return {
            "@type": "Dataset",
            "name": str(dataset.title),
            "description": str(dataset.description),
            "url": absolute(f"{reverse('open_data')}#{dataset.name}"),
            "keywords": [str(keyword) for keyword in dataset.keywords],
            "license": licence()["address"],
            "creator": self.publisher(),
            "isAccessibleForFree": True,
            "dateModified": self.edition.state.changed,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": file.format.media_type,
                    "contentUrl": absolute(file.address),
                }
                for file in offer.files
            ],
        }
