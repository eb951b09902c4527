"""Sums in EUR over projects, which say how much of them is known: an unknown amount is never added as zero."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum


@dataclass(frozen=True)
class KnownSum:
    """A sum in EUR of the amounts that are known: how many are, how many there could be, how many are rounded."""

    total: Decimal | None
    known: int
    all: int
    rounded: int = 0

    @classmethod
    def of(cls, amounts: list, rounded: int = 0) -> "KnownSum":
        """Of amounts that are at hand; without a total where none is known."""
        known = [amount for amount in amounts if amount is not None]
        return cls(sum(known) if known else None, len(known), len(amounts), rounded)

    def __add__(self, other: "KnownSum") -> "KnownSum":
        totals = [total for total in (self.total, other.total) if total is not None]
        counts = (self.known + other.known, self.all + other.all, self.rounded + other.rounded)
        return KnownSum(sum(totals) if totals else None, *counts)

    @property
    def is_complete(self) -> bool:
        return self.known == self.all


@dataclass(frozen=True)
class Totals:
    total_budget: KnownSum
    union_funding: KnownSum


def sums(only: Q | None = None) -> dict:
    """What Totals are made of, in SQL: of projects or participations that a query has once each, or of those `only`."""
    rounded = Q(union_funding__isnull=False, union_funding_is_rounded=True)
    return {
        "all": Count("pk", filter=only),
        "budget": Sum("total_budget", filter=only),
        "budgets": Count("total_budget", filter=only),
        "funding": Sum("union_funding", filter=only),
        "fundings": Count("union_funding", filter=only),
        "rounded": Count("pk", filter=rounded & only if only else rounded),
    }


def totals_in(found: dict) -> Totals:
    """The Totals of a query's `sums`."""
    return Totals(
        KnownSum(found["budget"], found["budgets"], found["all"]),
        KnownSum(found["funding"], found["fundings"], found["all"], found["rounded"]),
    )
