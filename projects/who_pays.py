"""Who pays for a project: the Union's part, the national one and the partners' own, as far as they are published."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from editorial.scale import Scale


@dataclass(frozen=True)
class Part:
    """What one source pays, in EUR, or several whose sum alone is known; `x` and `width` in per cent of the bar."""

    source: str
    label: str
    amount: Decimal | None
    share: Decimal | None = None
    is_rounded: bool = False
    x: float = 0
    width: float = 0


@dataclass(frozen=True)
class Funding:
    total: Decimal | None
    parts: list[Part]

    @property
    def is_drawn(self) -> bool:
        """A bar needs the whole and at least one of its parts."""
        return any(part.width for part in self.parts)


def funding_of(project) -> Funding:
    """
    The parts of a project's budget. What the partners pay themselves is what the others leave of the total.

    Where a part isn't published, what is left is the sum of all that isn't. Nothing is worked out without a total, nor
    where the parts contradict it.
    """
    union, national, total = project.union_funding, project.national_cofinancing, project.total_budget
    rounded = project.union_funding_is_rounded and union is not None
    known = sum(amount for amount in (union, national) if amount is not None)
    if not total or union is national is None or known > total:
        own = Part("own", _("Partners’ own contribution"), None)
        return Funding(total, [*known_or_not(union, national, rounded), own])
    left = Part(*what_is_left(union, national), total - known, is_rounded=rounded)
    parts = [part for part in known_or_not(union, national, rounded) if part.amount is not None]
    return Funding(total, drawn([*parts, left], total))


def known_or_not(union, national, rounded) -> list[Part]:
    return [
        Part("union", _("Union funding"), union, is_rounded=rounded),
        Part("national", _("Other national co-financing"), national),
    ]


def what_is_left(union, national) -> tuple[str, str]:
    """The source and the label of all that isn't known by itself."""
    if union is None:
        return "unknown", _("Union funding and own contribution, not published apart")
    if national is None:
        return "unknown", _("National, regional and own contribution, not published apart")
    return "own", _("Partners’ own contribution")


def drawn(parts, total) -> list[Part]:
    """The parts with their shares of one, side by side on a bar as long as the total."""
    scale, before, found = Scale(0, total), Decimal(0), []
    for part in parts:
        end = before + part.amount
        found.append(replace(part, share=part.amount / total, x=scale.at(before), width=scale.width(before, end)))
        before = end
    return found
