"""The progress report of a period: its figures, what stands behind them, what happened and what comes next."""

from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import long_date
from projects.models import Project
from reports.document import Fact, Facts
from reports.kind import Kind, Problem
from reports.parts import communication, identity, periods, reconciling, results
from reports.parts.layout import chapters, section
from reports.parts.selection import form_of, left_out, nothing_said, public
from reports.parts.wording import document
from results.models import ReportingPeriod


def with_period(projects, number: int | None):
    """Those of the projects that have the period, each with it alone in `the_period`."""
    the_period = Prefetch("reporting_periods", ReportingPeriod.objects.filter(number=number), to_attr="the_period")
    return projects.filter(reporting_periods__number=number).prefetch_related(the_period).order_by("acronym", "pk")


def build(selection, period, user):
    projects = with_period(identity.with_identity(public(selection, user)), period)
    projects = list(communication.with_news(projects).lean())
    figures = periods.figures_of(projects)
    sections = chapters(projects, lambda project: sections_on(project, figures[project.pk]))
    title = _("Progress report, period %(number)s") % {"number": period or "–"}
    return document("progress", title, sections or nothing_said(), identity.titles_of(projects))


def sections_on(project, figures):
    [period] = project.the_period
    told = communication.told_of(project)
    within = told.within(period.start, period.end)
    decided = [each for each in project.amendments.all() if is_within(each.decided_on, period)]
    reported = [each for figure in figures for each in figure.reported]
    return [
        section(_("Project and period"), identity.in_short(project), of_period(period)),
        section(_("Figures of the period"), periods.table(figures)),
        section(_("What stands behind the figures"), results.figures(reported), periods.by_partner(figures)),
        section(
            _("What happened"),
            communication.events(within.events, _("No event was held.")),
            *communication.lists(within),
            communication.documents(within.documents),
        ),
        section(_("Decisions"), identity.amendments(decided, _("No decision of this period changed the project."))),
        section(_("What comes next"), *next_steps(project, period, told)),
    ]


def is_within(day: date | None, period) -> bool:
    return day is not None and period.start <= day <= period.end


def of_period(period) -> Facts:
    return Facts(
        "period",
        [
            Fact(_("Reporting period"), period.number, "identifier"),
            Fact(_("From"), period.start, "day"),
            Fact(_("Until"), period.end, "day"),
            Fact(_("Due on"), period.due_on, "day"),
            Fact(_("State"), str(period.standing_name)),
        ],
    )


def next_steps(project, period, told) -> list:
    """The phases that go on or begin after the period, and the events announced for then."""
    phases = [each for each in project.phases.all() if each.end > period.end]
    ahead = told.within(period.end + timedelta(days=1), date.max).events
    return [
        identity.phases(phases),
        communication.events(ahead, title=_("Events after the period"), name="events-ahead"),
    ]


def problems(selection, period, user) -> list[Problem]:
    if period is None:
        return [Problem(_("Choose the reporting period that the report is about."))]
    shown = public(selection, user)
    projects = list(with_period(shown.with_partners(), period).lean())
    return [
        *left_out(selection, user),
        *without_period(shown, projects, period),
        *(problem for project in projects for problem in of_its_end(project)),
        *(problem for project in projects for problem in reconciling.of_amounts(project)),
        *reconciling.of_waiting(reconciling.waiting(period__number=period, target__project__in=projects)),
        *periods.silent(projects),
        *reconciling.of_differences(line for lines in results.ledgers(projects).values() for line in lines),
    ]


def without_period(shown, projects, number):
    sentence = _("It has no reporting period %(number)d, so the report leaves it out.") % {"number": number}
    for project in shown.exclude(pk__in=[each.pk for each in projects]).order_by("acronym", "pk").lean():
        yield reconciling.of(project, sentence)


def of_its_end(project):
    """Figures of a period that still runs aren't final."""
    [period] = project.the_period
    if period.end >= timezone.localdate():
        sentence = _("Period %(number)d runs until %(day)s, so its figures are not final.")
        said = {"number": period.number, "day": long_date(period.end)}
        yield reconciling.of(project, sentence % said, form_of(period))


KIND = Kind(
    name="progress",
    title=gettext_lazy("Progress report"),
    purpose=gettext_lazy(
        "The figures of a reporting period with what stands behind them, the events, news and decisions of its days, "
        "and what comes next. For the joint secretariat."
    ),
    model=Project,
    build=build,
    problems=problems,
    asks_period=True,
    order=10,
)
