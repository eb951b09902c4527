"""What approved measurements come to, as their indicator's definition says. Decimals throughout: no cent is lost."""

from collections.abc import Iterable
from decimal import Decimal

from projects.totals import KnownSum


def total(indicator, measurements: Iterable) -> Decimal | None:
    """
    What measurements come to for the whole project, in the indicator's unit; None where there are none: that is unknown
    and not zero.

    A sum adds up all of them. A cumulative figure takes the last one, or the last one of each partner. A percentage is
    only ever the whole project's own: those of partners can't be added up.
    """
    counted = counted_of(indicator, list(measurements))
    return sum((each.value for each in counted), Decimal()) if counted else None


def across_projects(indicator, values: Iterable[Decimal | None]) -> KnownSum | None:
    """What several projects promise or reach of one indicator; None of a percentage, which is never added up."""
    return None if indicator.measure == "percentage" else KnownSum.of(list(values))


def share_of_partner(indicator, measurements: Iterable) -> Decimal | None:
    """What one partner's measurements come to, a percentage being its last; None where there are none."""
    measurements = list(measurements)
    if indicator.calculation == "sum":
        return total(indicator, measurements)
    return max(measurements, key=in_time).value if measurements else None


def counted_of(indicator, measurements: list) -> list:
    """Those of the measurements that make up the total."""
    if indicator.measure == "percentage":
        measurements = [each for each in measurements if each.participation_id is None]
    return measurements if indicator.calculation == "sum" else last_of(measurements)


def last_of(measurements: list) -> list:
    """
    The last measurement of each partner, or that of the whole project where it is the newest: as each counts from the
    start, it holds what partners reported before, and is held by what they report after.
    """
    last = {each.participation_id: each for each in sorted(measurements, key=in_time)}
    if not last:
        return []
    newest = max(last.values(), key=in_time)
    return [newest] if newest.participation_id is None else [each for whose, each in last.items() if whose is not None]


def in_time(measurement):
    return measurement.period.number, measurement.participation_id is None
