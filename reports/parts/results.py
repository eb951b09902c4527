"""The promise ledger in reports: what was promised and reached, what shows it, and what is still open."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from editorial.formats import listing
from reports.columns import Column
from reports.parts.layout import Extra, table_of
from reports.parts.wording import page_of, words
from results.ledger import Line, Outcome, ledger_of
from results.models import Measurement, Target


def ledgers(projects: Iterable) -> dict[int, list[Line]]:
    """The ledger of each project by its number; two queries more than one for the targets."""
    targets = Target.objects.filter(project__in=projects).select_related("project", "indicator")
    found = defaultdict(list)
    for line in ledger_of(targets.order_by("project__acronym", "project", "order", "pk").lean(), by_day=True):
        found[line.target.project_id].append(line)
    return found


def indicator_of(line: Line) -> str:
    return words(line.indicator, "name") or line.indicator.code


def called(line: Line) -> str:
    """`RCO84 Pilot actions developed jointly`"""
    name = words(line.indicator, "name")
    return f"{line.indicator.code} {name}" if name else line.indicator.code


def outcome(line: Line) -> str:
    return str(line.outcome.label if line.outcome else pgettext("promise", "Reported without a promise"))


INDICATOR = Column(gettext_lazy("Indicator"), called)
UNIT = Column(gettext_lazy("Unit of measurement"), lambda line: words(line.indicator, "unit"))
LEVEL = Column(gettext_lazy("Level"), lambda line: line.indicator.get_level_display())
REACHED = [
    Extra(gettext_lazy("Baseline"), attrgetter("target.baseline"), "number"),
    Column(gettext_lazy("Target"), attrgetter("promised"), "number"),
    Column(gettext_lazy("Actual"), attrgetter("reached"), "number"),
    Column(gettext_lazy("Share reached"), attrgetter("share"), "percent"),
    Column(pgettext_lazy("promise", "How it stands"), outcome),
]
LEDGER = [INDICATOR, UNIT, *REACHED]


def ledger(lines: list[Line]):
    otherwise = _("The project has no targets.")
    return table_of("ledger", _("Promises and what was reached"), LEDGER, lines, counted_note(lines), otherwise)


def counted_note(lines) -> str:
    """Which figures nobody reported: they are the portal's own counts."""
    codes = [line.indicator.code for line in lines if line.is_counted]
    sentence = _("Counted from the records of the portal, as nothing else was reported: %(codes)s.")
    return sentence % {"codes": listing(codes)} if codes else ""


def evidence_of(measurement) -> list[str]:
    document = measurement.evidence_document
    return [*([page_of(document)] if document else []), *filter(None, [measurement.evidence_address])]


EVIDENCE = [
    Column(gettext_lazy("Indicator"), lambda figure: words(figure.target.indicator, "name")),
    Column(gettext_lazy("Reporting period"), attrgetter("period.number"), "identifier"),
    Extra(gettext_lazy("Partner"), lambda figure: figure.participation and figure.participation.partner.name),
    Column(gettext_lazy("Value"), attrgetter("value"), "number"),
    Column(gettext_lazy("In words"), lambda figure: words(figure, "narrative"), "long_text"),
    Column(gettext_lazy("Evidence"), evidence_of, "address"),
]


def figures(measurements: Iterable[Measurement]):
    """Every approved value with what stands behind it. An empty partner says that it is the whole project's."""
    measurements = list(measurements)
    has_shares = any(each.participation_id for each in measurements)
    note = _("Where no partner is named, the value is the whole project's.") if has_shares else ""
    return table_of("figures", _("Approved figures and their evidence"), EVIDENCE, measurements, note)


def difference_note(line: Line) -> str | None:
    return words(line.target, "difference_note") if line.target.difference_note_is_public else None


DIFFERENCES = [
    INDICATOR,
    Column(gettext_lazy("Reported"), attrgetter("reported"), "number"),
    Column(gettext_lazy("Listed in the portal"), attrgetter("listed"), "number"),
    Extra(gettext_lazy("Why they differ"), difference_note, "long_text"),
]


def differences(lines: list[Line]):
    title = _("Where reports differ from the records of the portal")
    return table_of("differences", title, DIFFERENCES, [line for line in lines if line.differs])


OPEN = [
    INDICATOR,
    Column(gettext_lazy("Target"), attrgetter("promised"), "number"),
    Column(pgettext_lazy("promise", "How it stands"), outcome),
    Column(gettext_lazy("Note"), lambda line: words(line.target, "note"), "long_text"),
]


def unreported(lines: list[Line]) -> list[Line]:
    """What was promised and never reported."""
    return [line for line in lines if line.promised is not None and line.outcome == Outcome.NOT_REPORTED]


def open_points(lines: list[Line]):
    """Promises that nobody reported on, or that were missed."""
    wanting = (Outcome.NOT_REPORTED, Outcome.MISSED)
    found = [line for line in lines if line.promised is not None and line.outcome in wanting]
    otherwise = _("Every promise was reported on and kept.") if any(line.promised is not None for line in lines) else ""
    return table_of("open", _("Promises not reported or not kept"), OPEN, found, otherwise=otherwise)


SHARES = [
    Column(gettext_lazy("Indicator"), lambda row: indicator_of(row[0])),
    Column(gettext_lazy("Partner"), lambda row: row[1].participation.partner.name),
    Column(gettext_lazy("Value"), lambda row: row[1].value, "number"),
    Column(gettext_lazy("Unit of measurement"), lambda row: words(row[0].indicator, "unit")),
]


def by_partner(lines: list[Line], title: str):
    """What partners reported as their shares."""
    rows = [(line, share) for line in lines for share in line.partners]
    return table_of("by-partner", title, SHARES, rows)
