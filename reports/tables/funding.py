"""The amounts of a project, or of one partner's share in it. Unknown ones stay empty: they are not zero."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from reports.columns import Column


def is_rounded(record):
    return None if record.union_funding is None else record.union_funding_is_rounded


FUNDING = [
    Column(_("Total budget (EUR)"), attrgetter("total_budget"), "amount"),
    Column(_("Union funding (EUR)"), attrgetter("union_funding"), "amount"),
    Column(_("Union funding is rounded"), is_rounded),
    Column(_("Union co-financing rate"), attrgetter("eu_rate"), "percent"),
]
