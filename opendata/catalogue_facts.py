"""What the catalogue is made of, without rdflib: a worker takes in its 5 MB when a catalogue is first asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from opendata.licence import publisher
from partners.models import Contact, Partner
from projects.models import Participation, Project

SERIALISATIONS = {
    "jsonld": ("json-ld", "application/ld+json"),
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
}
TITLE = _("Open data on Interreg projects")
DESCRIPTION = _("What this portal publishes about projects, their partners, results and good practices, for programs.")


@dataclass(frozen=True)
class Facts:
    """What the catalogue says beside the datasets: whose it is, who answers for it, and what it is about."""

    publisher: str
    website: str
    contact: tuple[str, str] | None  # function, e-mail address
    countries: list[str]
    start: date | None
    end: date | None
    issued: datetime | None
    changed: datetime | None


def known_facts(changed: datetime | None) -> Facts:
    projects = Project.objects.published()
    span = projects.order_by().aggregate(start=Min("start"), end=Max("end"), issued=Min("published_at"))
    countries = Participation.objects.in_consortium().filter(project__in=projects).order_by("partner__country")
    agency = Partner.objects.agency()
    return Facts(
        publisher=publisher(agency),
        website=agency.website if agency else "",
        contact=contact_of(agency),
        countries=list(countries.values_list("partner__country", flat=True).distinct()),
        changed=changed,
        **span,
    )


def contact_of(agency) -> tuple[str, str] | None:
    """A function of the agency that may be shown today and isn't a person's: what is harvested can't be called back."""
    contacts = Contact.objects.public_on().filter(partner=agency, project=None, person="").exclude(email="")
    contact = contacts.order_by("pk").lean().first() if agency else None
    return contact and (contact.function, contact.email)
