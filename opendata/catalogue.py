"""
The catalogue of the datasets by DCAT-AP 3.0, which data portals harvest: https://semiceu.github.io/DCAT-AP/releases/3.0.0/

It is one graph; rdflib writes it as JSON-LD, Turtle and RDF/XML. Names of properties are those of the profile.
"""

from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from editorial.translations import active_languages
from opendata import authorities
from opendata.catalogue_facts import DESCRIPTION, TITLE, Facts
from opendata.columns import in_all_languages
from opendata.dataset import PLAIN, Dataset
from opendata.datasets import OFFERED
from opendata.licence import licence, licence_for_portals
from opendata.writing import DataFormat

DCATAP = Namespace("http://data.europa.eu/r5r/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "vcard": VCARD, "dcatap": DCATAP, "eli": ELI}
API = "/data/api/v1/"
API_DESCRIBED = f"{API}openapi.json"
API_TITLE = _("JSON API")
API_DESCRIPTION = _("The same data record by record, with filters and paging, described by OpenAPI.")


class Catalogue:
    """The graph as it grows. `portal` is the portal's address with its scheme and host, on which all others stand."""

    def __init__(self, portal: str, facts: Facts):
        self.portal, self.facts, self.graph = portal, facts, Graph()
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.node = URIRef(self.at("data_index"))
        self.agency, self.contact = URIRef(f"{self.node}#publisher"), URIRef(f"{self.node}#contact")
        self.licence = URIRef(licence_for_portals())

    def at(self, name: str, *parts) -> str:
        with override(settings.LANGUAGE_CODE):
            return urljoin(self.portal, reverse(name, args=parts))

    def add(self, subject, *properties: tuple):
        """Properties, each with its value or a list of values; what isn't known isn't said."""
        for name, values in properties:
            for value in values if isinstance(values, list) else [values]:
                if value is not None:
                    self.graph.add((subject, name, value))

    def whole(self) -> Graph:
        self.tell_agency()
        datasets = [self.tell_dataset(dataset, formats) for dataset, formats in OFFERED.items()]
        self.add(
            self.node,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, texts(TITLE)),
            (DCTERMS.description, texts(DESCRIPTION)),
            (FOAF.homepage, self.page(self.at("open_data"))),
            (DCTERMS.license, self.tell_licence()),
            (DCAT.dataset, datasets),
            (DCAT.service, self.tell_service(datasets)),
            *self.shared(),
        )
        return self.graph

    def shared(self) -> list[tuple]:
        """What is the same of the catalogue and of each dataset."""
        countries = [authorities.country(code) for code in self.facts.countries]
        languages = [
            self.typed(URIRef(authorities.language(code)), DCTERMS.LinguisticSystem) for code in active_languages()
        ]
        return [
            (DCTERMS.publisher, self.agency),
            (DCTERMS.language, languages),
            (DCTERMS.spatial, [self.typed(URIRef(country), DCTERMS.Location) for country in countries if country]),
            (DCTERMS.issued, moment(self.facts.issued)),
            (DCTERMS.modified, moment(self.facts.changed)),
        ]

    def typed(self, node: URIRef, kind: URIRef) -> URIRef:
        self.graph.add((node, RDF.type, kind))
        return node

    def page(self, address: str) -> URIRef:
        return self.typed(URIRef(address), FOAF.Document)

    def tell_agency(self):
        website = self.page(self.facts.website) if self.facts.website else None
        self.add(
            self.agency,
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(self.facts.publisher)),
            (FOAF.homepage, website),
        )
        function, email = self.facts.contact or (None, None)
        name = f"{self.facts.publisher}, {function}" if function else self.facts.publisher
        self.add(
            self.contact,
            (RDF.type, VCARD.Kind),
            (VCARD.fn, Literal(name)),
            (VCARD.hasEmail, URIRef(f"mailto:{email}") if email else None),
            (VCARD.hasURL, URIRef(self.at("page", "contact"))),
        )

    def tell_licence(self) -> URIRef:
        name = Literal(licence()["name"])
        self.add(self.licence, (RDF.type, DCTERMS.LicenseDocument), (DCTERMS.title, name))
        return self.licence

    def tell_dataset(self, dataset: Dataset, formats: list[DataFormat]) -> URIRef:
        node = URIRef(f"{self.node}#{dataset.name}")
        laws = [self.typed(URIRef(eli), ELI.LegalResource) for eli in dataset.legislation]
        self.add(
            node,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(str(node))),
            (DCTERMS.title, texts(dataset.title)),
            (DCTERMS.description, texts(dataset.description)),
            (DCAT.keyword, [literal for keyword in dataset.keywords for literal in texts(keyword)]),
            (DCAT.theme, [self.tell_theme(code) for code in dataset.themes]),
            (DCTERMS.temporal, self.tell_span()),
            (DCTERMS.accrualPeriodicity, self.typed(URIRef(authorities.AS_IT_CHANGES), DCTERMS.Frequency)),
            (DCTERMS.accessRights, self.typed(URIRef(authorities.PUBLIC), DCTERMS.RightsStatement)),
            (DCATAP.applicableLegislation, laws),
            (DCAT.contactPoint, self.contact),
            (DCAT.landingPage, self.page(f"{self.at('open_data')}#{dataset.name}")),
            (DCAT.distribution, [self.tell_distribution(dataset, format) for format in formats]),
            *self.shared(),
        )
        return node

    def tell_theme(self, code: str) -> URIRef:
        theme = self.typed(URIRef(authorities.theme(code)), SKOS.Concept)
        self.add(theme, (SKOS.prefLabel, Literal(authorities.THEMES[code], lang=PLAIN)))
        return theme

    def tell_span(self) -> URIRef | None:
        """From when to when the projects ran, as far as it is known."""
        if not (self.facts.start or self.facts.end):
            return None
        span = URIRef(f"{self.node}#span")
        self.add(
            span,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, day(self.facts.start)),
            (DCAT.endDate, day(self.facts.end)),
        )
        return span

    def tell_distribution(self, dataset: Dataset, format: DataFormat) -> URIRef:
        node = URIRef(f"{self.node}#{dataset.name}-{format.extension}")
        address = URIRef(self.at("data_file", dataset.name, format.extension))
        kind = URIRef(authorities.file_type(format.authority))
        self.add(
            node,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, [Literal(f"{words}, {format.name}", lang=code) for code, words in said(dataset.title)]),
            (DCAT.accessURL, self.typed(address, RDFS.Resource)),
            (DCAT.downloadURL, address),
            (DCAT.mediaType, self.typed(URIRef(authorities.media_type(format.media_type)), DCTERMS.MediaType)),
            (DCTERMS["format"], self.typed(kind, DCTERMS.MediaTypeOrExtent)),
            (DCTERMS.license, self.licence),
            (DCTERMS.modified, moment(self.facts.changed)),
        )
        return node

    def tell_service(self, datasets: list[URIRef]) -> URIRef:
        node = URIRef(f"{self.node}#api")
        address = urljoin(self.portal, API)
        self.add(
            node,
            (RDF.type, DCAT.DataService),
            (DCTERMS.title, texts(API_TITLE)),
            (DCTERMS.description, texts(API_DESCRIPTION)),
            (DCAT.endpointURL, self.typed(URIRef(address), RDFS.Resource)),
            (DCAT.endpointDescription, self.typed(URIRef(urljoin(self.portal, API_DESCRIBED)), RDFS.Resource)),
            (DCAT.servesDataset, datasets[:-1]),
            (DCTERMS.publisher, self.agency),
            (DCTERMS.license, self.licence),
            (DCTERMS.accessRights, URIRef(authorities.PUBLIC)),
            (DCAT.contactPoint, self.contact),
        )
        return node


def said(text) -> list[tuple[str, str]]:
    return list(in_all_languages(text).items())


def texts(text) -> list[Literal]:
    return [Literal(words, lang=language) for language, words in said(text)]


def moment(value: datetime | None) -> Literal | None:
    return value and Literal(value.isoformat(timespec="seconds"), datatype=XSD.dateTime)


def day(value: date | None) -> Literal | None:
    return value and Literal(value.isoformat(), datatype=XSD.date)
