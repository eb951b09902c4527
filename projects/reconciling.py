"""Whether a project's amounts agree with one another, as far as they are known."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from editorial.formats import amount


def contradictions(project, participations: Iterable) -> Iterator[str]:
    """Sentences on amounts that don't fit together. What isn't known contradicts nothing, nor does what is rounded."""
    involved = [each for each in participations if each.role != each.Role.ASSOCIATED]
    if differ(project.total_budget, [each.total_budget for each in involved]):
        message = _(
            "The budgets of the partners come to %(sum)s, the project's total budget is %(total)s. Is that right?"
        )
        yield message % said(project.total_budget, [each.total_budget for each in involved])
    is_rounded = any(each.union_funding_is_rounded for each in [project, *involved])
    if not is_rounded and differ(project.union_funding, [each.union_funding for each in involved]):
        message = _("The Union funding of the partners comes to %(sum)s, the project's is %(total)s. Is that right?")
        yield message % said(project.union_funding, [each.union_funding for each in involved])


def differ(total: Decimal | None, shares: list) -> bool:
    """Whether shares that are all known don't make up the total, or those that are known exceed it."""
    if total is None or not shares:
        return False
    known = sum_of(shares)
    return known > total if None in shares else known != total


def said(total: Decimal, shares: list) -> dict[str, str]:
    return {"sum": amount(sum_of(shares)), "total": amount(total)}


def sum_of(shares: list) -> Decimal:
    return sum((share for share in shares if share is not None), Decimal())
