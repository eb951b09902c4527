"""What the daily e-mail says of projects whose record is to be kept: once a month."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.digests import Line, sources
from archive.keeping import what_waits, whose_keeping_waits
from editorial.waiting import change_address, editable
from projects.models import Project

AT_ONCE = 10  # projects in an e-mail; the first screen leads to all of them


def records_to_keep(person) -> list[Line]:
    """A line for each project, in the first digest of a month."""
    today, last = timezone.localdate(), person.digest_on
    is_new_month = last is None or (last.year, last.month) != (today.year, today.month)
    if not (is_new_month and person.has_perm("archive.change_retention")):
        return []
    projects = whose_keeping_waits(editable(person, Project))[:AT_ONCE]
    return [Line(reminder(project), change_address(project)) for project in projects]


def reminder(project) -> str:
    return _("The record of %(project)s is to be kept: %(what)s.") % {"project": project, "what": what_waits(project)}


sources.append(records_to_keep)
