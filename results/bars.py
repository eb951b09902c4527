"""How a target's baseline, promise and what was reached lie on a common scale."""

from dataclasses import dataclass
from decimal import Decimal

from editorial.scale import Scale

WHOLE = 100  # where the scale of a percentage ends, unless a figure lies above


@dataclass(frozen=True)
class TargetBar:
    """All in per cent of the bar's length; None where there is no such figure. What exceeds the promise is `over`."""

    zero: float
    baseline: float | None
    promise: float | None
    reached: tuple[float, float] | None  # where it begins, how long it is
    over: tuple[float, float] | None

    @property
    def is_reported(self) -> bool:
        return self.reached is not None

    @property
    def shapes(self) -> set[str]:
        """What a key must explain."""
        shapes = {name for name in ("baseline", "promise", "reached", "over") if getattr(self, name) is not None}
        return shapes if self.is_reported else shapes | {"silent"}


def bar_of(line) -> TargetBar | None:
    """
    The bar of a line of the ledger; None where there is nothing to hold what was reached against.

    A percentage is drawn on a scale to 100, everything else to the highest of its figures. Not yet reported is no bar
    of length 0: it has none.
    """
    is_percentage = line.indicator.measure == "percentage"
    baseline, promised = line.target.baseline, line.promised
    figures = [figure for figure in (baseline, promised, line.reached) if figure is not None]
    if promised is None and baseline is None and not is_percentage:
        return None
    low, high = min([0, *figures]), max([WHOLE if is_percentage else 0, *figures])
    if low == high:
        return None
    scale = Scale(Decimal(low), Decimal(high))

    def at(figure):
        return None if figure is None else scale.at(figure)

    return TargetBar(scale.at(0), at(baseline), at(promised), *lengths(line, scale))


def shapes_of(lines) -> set[str]:
    """What a key to the bars of some lines must explain: baseline, promise, reached, over, silent."""
    return set().union(*(line.bar.shapes for line in lines if line.bar))


def lengths(line, scale):
    """The bar up to the promise, and what exceeds it; where less was promised than there was, nothing exceeds."""
    reached, promise = line.reached, line.promised
    if reached is None:
        return None, None
    first, last = sorted((Decimal(0), reached))
    exceeds = promise is not None and 0 <= promise < reached and not line.target.promises_less
    if not exceeds:
        return (scale.at(first), scale.width(first, last)), None
    return (scale.at(0), scale.width(0, promise)), (scale.at(promise), scale.width(promise, reached))
