from django.utils.translation import gettext_lazy as _

from accounts.invitations import open_invitations
from accounts.models import User
from editorial.waiting import Part, Waiting, add_records, add_waiting


def invited(user):
    """People who never set the password that their invitation asked for."""
    if user.has_perm("accounts.change_user"):
        people = open_invitations(User.objects.all()).order_by("date_joined")
        yield Part(people, User, {"invitation": "open"}, note=lambda person: person.email)


add_waiting(Waiting("invitations", _("Invitations not taken up"), 90))
add_records("invitations", invited)
