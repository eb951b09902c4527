from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import long_date
from editorial.rights import in_reach_of
from editorial.waiting import Part, Waiting, add_records, add_waiting, editable, may_give
from results.due import figures_due, is_overdue
from results.ledger import said_and_listed, unexplained_differences
from results.models import Measurement, ReportingPeriod, Target

State = Measurement.State


def due(user):
    """Periods that lack figures, for who may hand some in."""
    if user.has_perm("results.add_measurement") and may_give(user, Measurement, State.SUBMITTED):
        periods = in_reach_of(user, figures_due(ReportingPeriod.objects.select_related("project"), user))
        yield Part(
            periods.order_by("due_on", "pk").lean(),
            ReportingPeriod,
            {"figures": "due"},
            note=when_due,
            address=report_address,
        )


def report_address(period) -> str:
    """The page on which a period's figures are entered."""
    return reverse("admin:results_reportingperiod_report", args=[period.pk])


def when_due(period) -> str:
    sentence = _("overdue since %(day)s") if is_overdue(period) else _("due on %(day)s")
    return sentence % {"day": long_date(period.due_on)}


def to_approve(user):
    if may_give(user, Measurement, State.APPROVED, State.RETURNED):
        figures = editable(user, Measurement).filter(state=State.SUBMITTED)
        yield Part(figures, Measurement, {"state__exact": State.SUBMITTED.value})


def returned(user):
    """Figures returned to an organisation's people, or to who entered them."""
    figures = editable(user, Measurement).filter(state=State.RETURNED)
    query = {"state__exact": State.RETURNED.value}
    if user.only_own_organisation:
        yield Part(figures, Measurement, query)
    else:
        yield Part(figures.filter(author=user), Measurement, query | {"author__id__exact": user.pk})


def disagreeing(user):
    """Targets whose report says otherwise than the records of the portal, for who may correct it or say why."""
    if user.may_write(Target._meta.get_field("difference_note_is_public")):
        lines = unexplained_differences(editable(user, Target))
        said = {line.target: said_and_listed(line) for line in lines}
        yield Part([*said], Target, {"records": "differ"}, note=said.__getitem__)


add_waiting(Waiting("figures", gettext_lazy("Figures due"), 30))
add_records("figures", due)
add_records("review", to_approve)
add_records("returned", returned)
add_waiting(Waiting("differences", gettext_lazy("Reports that differ from the records"), 65))
add_records("differences", disagreeing)
