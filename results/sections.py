from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from editorial.prepared import ask
from editorial.rows import Rows
from projects.sections import Moment, MomentKind, Section, add_section
from results.bars import shapes_of
from results.ledger import ledger_of
from results.models import GoodPractice, PolicyInstrument, Target


def ledger_in_short(project) -> dict:
    """What the project promised first, then what it reports beside."""
    targets = ask("results.in_short", promised_first, project.pk)
    for target in targets:
        target.project = project
    lines = ledger_of(targets, beside_reports=False)
    return {"lines": lines, "shapes": shapes_of(lines)}


def promised_first(project: int):
    unpromised = ExpressionWrapper(Q(value=None), output_field=BooleanField())
    return Target.objects.filter(project=project).order_by(unpromised, "order", "pk").with_actual()[:SHOWN_ON_OVERVIEW]


def periods_on_timeline(project) -> list[Moment]:
    periods = project.reporting_periods.all()
    return [Moment(PERIODS, period, period.start, period.end, period.number) for period in periods]


SHOWN_ON_OVERVIEW = 6
PERIODS = MomentKind("period", _("Reporting periods"), 20)

add_section(
    Section(
        "results",
        _("Results"),
        10,
        [Target.objects.all],
        preview=ledger_in_short,
        moments=periods_on_timeline,
        rows={"reporting_periods": Rows("reporting_periods", ("number", "start", "end"), ("number",))},
    )
)
add_section(Section("practices", _("Good practices"), 30, [GoodPractice.objects.published]))
add_section(Section("policy", _("Policy"), 40, [PolicyInstrument.objects.all]))
