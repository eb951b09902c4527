"""Budgets: as first approved and as amended, who pays, and each partner's share."""

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter, methodcaller

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.decisions import as_approved
from projects.who_pays import funding_of
from reports.columns import Column
from reports.parts.layout import Extra, Summed, table_of

ROUNDED = gettext_lazy("Only a rounded figure of the Union funding has been published.")


@dataclass(frozen=True)
class Amended:
    """An amount in EUR as it was first approved, and as it stands now; None where it isn't known."""

    label: str
    first: Decimal | None
    now: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if None in (self.first, self.now) else self.now - self.first


BUDGET = [
    Column(gettext_lazy("Amount"), attrgetter("label")),
    Column(gettext_lazy("As first approved (EUR)"), attrgetter("first"), "amount"),
    Column(gettext_lazy("As it stands now (EUR)"), attrgetter("now"), "amount"),
    Column(gettext_lazy("Difference (EUR)"), attrgetter("difference"), "amount"),
]


def budget(project):
    facts = [("total_budget", _("Total budget")), ("union_funding", _("Union funding"))]
    rows = [Amended(label, as_approved(project, fact), getattr(project, fact)) for fact, label in facts]
    return table_of("budget", _("Budget as approved and as amended"), BUDGET, rows, rounded_note(project))


def rounded_note(project) -> str:
    return str(ROUNDED) if project.union_funding_is_rounded and project.union_funding is not None else ""


WHO_PAYS = [
    Column(gettext_lazy("Source"), attrgetter("label")),
    Column(gettext_lazy("Amount (EUR)"), attrgetter("amount"), "amount"),
    Column(gettext_lazy("Share of the total budget"), attrgetter("share"), "percent"),
]


def who_pays(project):
    """The sources, what the partners pay themselves being worked out where the others are known."""
    return table_of("sources", _("Who pays"), WHO_PAYS, funding_of(project).parts, rounded_note(project))


def is_rounded(record) -> bool:
    return record.union_funding_is_rounded


SHARES = [
    Summed(gettext_lazy("Total budget (EUR)"), attrgetter("total_budget"), "amount"),
    Summed(gettext_lazy("Union funding (EUR)"), attrgetter("union_funding"), "amount", is_rounded=is_rounded),
    Column(gettext_lazy("Union co-financing rate"), attrgetter("eu_rate"), "percent"),
]
OTHER = Summed(gettext_lazy("Other contribution (EUR)"), attrgetter("other_contribution"), "amount")
PARTNERS = [
    Column(gettext_lazy("Organisation"), attrgetter("partner.name")),
    Column(gettext_lazy("Country"), attrgetter("partner.country"), "country"),
    Column(gettext_lazy("Role"), methodcaller("get_role_display")),
    *SHARES,
    OTHER,
    Extra(gettext_lazy("Joined on"), attrgetter("joined"), "day"),
    Extra(gettext_lazy("Left on"), attrgetter("left"), "day"),
]


def partners(project):
    """All who took part, those who left and associated ones too."""
    return table_of("partners", _("Partners and their shares"), PARTNERS, project.participations.all())
