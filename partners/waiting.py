from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import long_date
from editorial.waiting import Part, Waiting, add_records, add_waiting, editable
from partners.models import Contact


def consent_ends(user):
    """Contacts for whom someone must ask again, or who must go."""
    if user.may_write(Contact._meta.get_field("consent_ends_on")):
        contacts = editable(user, Contact).whose_consent_ends().order_by("consent_ends_on", "pk")
        yield Part(contacts, Contact, {"consent": "ends"}, note=until)


def until(contact) -> str:
    return _("until %(day)s") % {"day": long_date(contact.consent_ends_on)}


add_waiting(Waiting("consent", gettext_lazy("Contacts whose consent ends"), 50))
add_records("consent", consent_ends)
