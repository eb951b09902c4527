"""How projects were communicated: events, participants, media, newsletters and articles, by year and project."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import Project
from reports.kind import Kind
from reports.parts import communication, identity
from reports.parts.layout import chapters, section
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document


def build(selection, period, user):
    projects = list(communication.with_news(public(selection, user)).order_by("acronym", "pk").lean())
    sections = [*in_all(projects), *chapters(projects, lists_of)] if projects else nothing_said()
    return document("communication", _("Communication report"), sections, identity.titles_of(projects))


def in_all(projects):
    together = communication.told_of_all(projects)
    told = [(project.acronym, communication.told_of(project)) for project in projects]
    return [
        section(_("In figures"), communication.by_project(told), communication.by_year(together)),
        section(_("Events by kind"), communication.by_kind(together)),
        section(_("Media mentions by kind and language"), communication.media(together)),
    ]


def lists_of(project):
    told = communication.told_of(project)
    return [
        section(_("Events"), communication.events(told.events, _("No event is listed."))),
        section(_("Media and news"), *communication.lists(told)),
    ]


KIND = Kind(
    name="communication",
    title=gettext_lazy("Communication report"),
    purpose=gettext_lazy(
        "Events with their participants, media mentions by kind and language, newsletters and articles of the selected "
        "projects, by year and one by one."
    ),
    model=Project,
    build=build,
    problems=lambda selection, period, user: left_out(selection, user),
    order=60,
)
