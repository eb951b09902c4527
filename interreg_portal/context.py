from django.utils.functional import SimpleLazyObject

from editorial.generations import kept
from partners.models import Partner


def portal(request):
    """What every page's head and foot need: the agency whose portal it is."""
    return {"agency": SimpleLazyObject(agency)}


def agency():
    return kept("agency", Partner.objects.agency)
