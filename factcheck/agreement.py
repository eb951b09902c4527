"""When what a text states agrees with what is recorded: as far as it was rounded or left out."""

from decimal import Decimal

from factcheck.findings import CheckedFact
from factcheck.reading.items import Day, Figure
from projects.lifecycle import Stage

ROUGHEST = Decimal("0.08")  # how far a rounded figure may be off, as a share of the exact one
OVER = Decimal("1.15")  # “over 1.5 million” is up to this much more
ENDED = {Stage.CLOSED, Stage.IN_DURABILITY, Stage.ARCHIVED}
IMPLAUSIBLE = 20  # an amount so many times as large or as small is about something else
COUNTS = {CheckedFact.PARTNERS, CheckedFact.COUNTRIES}


def agrees(fact: CheckedFact, stated, recorded, off_by: Decimal = Decimal(0), approximately: str = "") -> bool:
    if isinstance(stated, Day):
        return stated.covers(recorded)
    if not isinstance(stated, Figure):
        return stated == recorded
    recorded = Decimal(recorded)
    if approximately == "besides":
        return recorded - 1 <= stated.value <= recorded
    if approximately == "over":
        return stated.value <= recorded + off_by <= stated.value * OVER + stated.unit
    if approximately == "under":
        return stated.value / OVER - stated.unit <= recorded - off_by <= stated.value
    if fact in COUNTS or (fact == CheckedFact.DURATION and not approximately):
        return stated.value == recorded
    if fact == CheckedFact.DURATION:
        return abs(stated.value - recorded) <= stated.unit / 2
    return is_rounded(stated, recorded, off_by, approximately)


def is_rounded(stated: Figure, recorded: Decimal, off_by: Decimal, approximately: str) -> bool:
    """Whether the figure is the exact one rounded, or cut off, at its last digit."""
    off = abs(stated.value - recorded)
    allowed = stated.unit if approximately else stated.unit / 2
    is_cut = stated.unit > 1 and 0 <= recorded - stated.value < stated.unit
    exact = stated.unit if stated.unit < 1 else Decimal(1)
    close = off <= max(allowed, exact if stated.unit == 1 and recorded != int(recorded) else allowed) + off_by or is_cut
    return close and off <= abs(recorded) * ROUGHEST + off_by


def is_plausible(stated, recorded) -> bool:
    """Whether a figure can be meant for this one at all, however wrong it is."""
    if not isinstance(stated, Figure) or not recorded or not stated.value:
        return True
    return Decimal(1) / IMPLAUSIBLE < stated.value / Decimal(recorded) < IMPLAUSIBLE


def stage_agrees(said: str, stage: Stage) -> bool:
    return {
        "to_come": stage == Stage.APPROVED,
        "running": stage == Stage.RUNNING,
        "ended": stage in ENDED or stage == Stage.CANCELLED,
    }[said]
