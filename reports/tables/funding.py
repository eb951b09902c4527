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

OWN_SHARE = [
    Column(_("The agency takes part"), attrgetter("agency_takes_part")),
    Column(_("The agency's part of the total budget (EUR)"), attrgetter("own_total_budget"), "amount"),
    Column(_("The agency's part of the Union funding (EUR)"), attrgetter("own_union_funding"), "amount"),
]
