"""Under what others may use the data, and how they name whose they are."""

from django.conf import settings
from django.utils.translation import gettext as _

from partners.models import Partner

# The EU's names of licences (Publications Office, authority table “licence”), by the address that the licence has.
AUTHORITY = "http://publications.europa.eu/resource/authority/licence/"
KNOWN = {
    "creativecommons.org/licenses/by/4.0": "CC_BY_4_0",
    "creativecommons.org/licenses/by-sa/4.0": "CC_BYSA_4_0",
    "creativecommons.org/publicdomain/zero/1.0": "CC0",
}


def licence() -> dict:
    """`{"name": "CC BY 4.0", "address": "https://creativecommons.org/licenses/by/4.0/"}`"""
    return settings.DATA_LICENCE


def licence_for_portals() -> str:
    """The licence as data portals of the EU know it; its own address where they don't."""
    address = licence()["address"]
    code = KNOWN.get(address.partition("://")[2].strip("/"))
    return AUTHORITY + code if code else address


def publisher(agency: Partner | None = None) -> str:
    """Whose data they are: the agency that runs the portal."""
    agency = agency or Partner.objects.agency()
    return agency.name if agency else _("Interreg Portal")
