"""Good practices, and the way from them to changed policy."""

from operator import attrgetter, methodcaller

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.columns import Column
from reports.parts.layout import Extra, Summed, table_of
from reports.parts.results import evidence_of
from reports.parts.wording import page_of, words
from results.models import GoodPractice, PolicyInstrument


def with_policy(projects):
    """The projects with their public practices and their policy instruments."""
    practices = GoodPractice.objects.published().select_related("partner").order_by("pk").lean()
    instruments = PolicyInstrument.objects.for_page()
    return projects.prefetch_related(Prefetch("practices", practices), Prefetch("instruments", instruments))


PRACTICES = [
    Column(gettext_lazy("Good practice"), lambda practice: words(practice, "title")),
    Extra(gettext_lazy("Owner"), attrgetter("owner")),
    Column(gettext_lazy("Country"), attrgetter("country"), "country"),
    Extra(gettext_lazy("Brought in by"), lambda practice: practice.partner and practice.partner.name),
    Extra(gettext_lazy("Validation"), methodcaller("get_validation_display")),
    Column(gettext_lazy("Address of the page"), page_of, "address"),
]


def practices(records):
    return table_of("practices", _("Good practices"), PRACTICES, records, otherwise=_("No good practice is listed."))


INSTRUMENTS = [
    Column(gettext_lazy("Policy instrument"), lambda instrument: words(instrument, "name")),
    Column(gettext_lazy("Managing body"), attrgetter("managing_body")),
    Column(gettext_lazy("Country"), attrgetter("country"), "country"),
    Column(gettext_lazy("Structural Funds programme"), attrgetter("is_structural_funds")),
    Column(gettext_lazy("Partner"), lambda instrument: instrument.partner and instrument.partner.name),
]
PLANS = [
    Column(gettext_lazy("Action plan"), lambda plan: words(plan, "title")),
    Column(gettext_lazy("Policy instrument"), lambda plan: words(plan.instrument, "name")),
    Extra(gettext_lazy("Partner"), lambda plan: plan.partner and plan.partner.name),
    Column(gettext_lazy("Progress"), methodcaller("get_progress_display")),
    Column(gettext_lazy("From"), attrgetter("start"), "day"),
    Column(gettext_lazy("Until"), attrgetter("end"), "day"),
    Column(gettext_lazy("Inspired by"), lambda plan: [words(each, "title") for each in plan.practices.all()]),
]
CHANGES = [
    Column(gettext_lazy("Policy instrument"), lambda change: words(change.instrument, "name")),
    Column(gettext_lazy("Kind of change"), methodcaller("get_kind_display")),
    Column(gettext_lazy("Achieved on"), attrgetter("achieved_on"), "day"),
    Column(gettext_lazy("What changed"), lambda change: words(change, "description"), "long_text"),
    Summed(gettext_lazy("Amount influenced (EUR)"), attrgetter("amount_influenced"), "amount"),
    Column(gettext_lazy("Evidence"), evidence_of, "address"),
]


def chain(instruments) -> list:
    """Tables of the instruments, the plans to improve them, and what changed."""
    instruments = list(instruments)
    plans = [plan for each in instruments for plan in each.action_plans.all()]
    changes = [change for each in instruments for change in each.changes.all()]
    return [
        table_of("instruments", _("Policy instruments"), INSTRUMENTS, instruments),
        table_of("action-plans", _("Action plans"), PLANS, plans),
        table_of("policy-changes", _("Policy changes"), CHANGES, changes),
    ]
