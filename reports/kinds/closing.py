"""The closing report of a project: what it was, what it cost, what it promised and what came of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import Project
from reports.kind import Kind, Problem
from reports.parts import communication, duties, identity, money, policy, reconciling, results
from reports.parts.layout import chapters, section
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document
from results.ledger import OVER


def projects_of(selection, user) -> list[Project]:
    projects = identity.with_identity(public(selection, user))
    return list(communication.with_news(policy.with_policy(projects)).order_by("acronym", "pk").lean())


def build(selection, period, user):
    projects = projects_of(selection, user)
    ledgers, known = results.ledgers(projects), duties.duties_of(projects)
    sections = chapters(projects, lambda project: sections_on(project, ledgers[project.pk], known[project.pk]))
    return document("closing", _("Closing report"), sections or nothing_said(), identity.titles_of(projects))


def sections_on(project, lines, known):
    told = communication.told_of(project)
    unchanged = _("No decision changed the project.")
    return [
        section(_("The project"), identity.identity(project), identity.summary(project)),
        section(
            _("Dates and decisions"),
            identity.dates(project),
            identity.amendments(project.amendments.all(), unchanged),
            identity.phases(project.phases.all()),
        ),
        section(_("Budget"), money.budget(project), money.who_pays(project)),
        section(_("Partners"), money.partners(project)),
        section(_("Promises and results"), results.ledger(lines), results.differences(lines)),
        section(_("Open points"), results.open_points(lines)),
        section(_("Evidence"), results.figures([each for line in lines for each in line.measurements])),
        section(_("Good practices"), policy.practices(project.practices.all())),
        section(_("Policy"), *policy.chain(project.instruments.all())),
        section(_("Events"), communication.events(told.events), communication.by_kind(told)),
        section(_("News and media"), *communication.lists(told)),
        section(_("Documents"), communication.documents(told.documents)),
        section(_("Duties of communication"), duties.table(known)),
    ]


def problems(selection, period, user) -> list[Problem]:
    projects = list(public(selection, user).with_partners().order_by("acronym", "pk").lean())
    lines = [line for found in results.ledgers(projects).values() for line in found]
    return [
        *left_out(selection, user),
        *(problem for project in projects for problem in of_end(project)),
        *(problem for project in projects for problem in reconciling.of_amounts(project)),
        *reconciling.of_waiting(reconciling.waiting(target__project__in=projects)),
        *reconciling.of_differences(lines),
        *reconciling.of_silence(lines),
        *reconciling.of_texts(projects),
    ]


def of_end(project):
    """Nothing is closed before its end."""
    if project.stage not in OVER:
        yield reconciling.of(project, _("The project is not over yet, so it can't be closed."))


KIND = Kind(
    name="closing",
    title=gettext_lazy("Closing report"),
    purpose=gettext_lazy(
        "All that a project was and did, for its programme and for auditors: dates, budget, partners, promises with "
        "their evidence, and how it was communicated."
    ),
    model=Project,
    build=build,
    problems=problems,
    order=20,
)
