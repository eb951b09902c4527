from django.utils.translation import gettext_lazy

from archive.keeping import what_waits, whose_keeping_waits
from editorial.waiting import Part, Waiting, add_records, add_waiting, editable
from projects.models import Project


def to_be_kept(user):
    """Projects whose record isn't safe yet, or may go soon, for those who look after it."""
    if user.has_perm("archive.change_retention"):
        yield Part(whose_keeping_waits(editable(user, Project)), Project, {"keeping": "waits"}, note=what_waits)


add_waiting(Waiting("keeping", gettext_lazy("Records to be kept"), 65))
add_records("keeping", to_be_kept)
