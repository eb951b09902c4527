"""What keeps a report from being signed: figures that contradict one another, or that nobody has approved."""

from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.findings import Verdict
from factcheck.models import Discrepancy
from projects.reconciling import contradictions
from reports.kind import Problem
from reports.parts.results import indicator_of, unreported
from reports.parts.selection import form_of
from results.ledger import Line, said_and_listed
from results.models import Measurement

State = Measurement.State


def of_amounts(project) -> Iterator[Problem]:
    """No lead partner, and parts that don't make up their whole; the project comes `with_partners`."""
    if project.lead is None:
        yield of(project, _("It has no lead partner. Choose one among its participations."))
    for sentence in contradictions(project, project.participations.all()):
        yield of(project, sentence)


def of(project, sentence: str, address: str = "") -> Problem:
    return Problem(f"{project.acronym}: {sentence}", address or form_of(project))


def of_differences(lines: Iterable[Line]) -> Iterator[Problem]:
    """Reports that say otherwise than the portal's records, with no word on why."""
    sentence = _("%(indicator)s: %(figures)s. Correct one of them, or write on the target why they differ.")
    for line in lines:
        if line.differs and not line.is_explained:
            said = {"indicator": indicator_of(line), "figures": said_and_listed(line)}
            yield of(line.target.project, sentence % said, form_of(line.target))


def of_waiting(figures: Iterable[Measurement]) -> Iterator[Problem]:
    """Figures that were entered and aren't approved."""
    sentence = _("%(indicator)s, period %(period)d: the figure is not approved (%(state)s).")
    for figure in figures:
        target = figure.target
        said = {"indicator": target.indicator.name or target.indicator.code, "period": figure.period.number}
        said["state"] = figure.get_state_display()
        yield of(target.project, sentence % said, form_of(figure))


def waiting(**which):
    """The figures that nobody has approved yet, in the order of the ledger."""
    figures = Measurement.objects.filter(**which).exclude(state=State.APPROVED)
    figures = figures.select_related("target__project", "target__indicator", "period")
    return figures.order_by("target__project__acronym", "target__order", "target", "period__number", "pk").lean()


def of_silence(lines: Iterable[Line]) -> Iterator[Problem]:
    """Promises that nobody reported on, where no note on the target says why."""
    sentence = _("%(indicator)s: promised and not reported. Report a figure, or say why in the target's note.")
    for line in unreported(list(lines)):
        if not line.target.note:
            yield of(line.target.project, sentence % {"indicator": indicator_of(line)}, form_of(line.target))


def of_texts(projects) -> Iterator[Problem]:
    """Texts of the projects that contradict their record, as the fact check knows them."""
    open_ones = Discrepancy.objects.filter(project__in=projects, verdict=Verdict.CONTRADICTS).open().order_by()
    counts = dict(open_ones.values_list("project").annotate(Count("pk")))
    for project in projects:
        if number := counts.get(project.pk):
            sentence = ngettext(
                "%(number)d passage of its texts contradicts the record.",
                "%(number)d passages of its texts contradict the record.",
                number,
            )
            yield of(project, sentence % {"number": number}, f"{reverse('factcheck')}?project={project.pk}")
