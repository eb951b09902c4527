"""What the check finds in a text."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    CONTRADICTS = "contradicts", pgettext_lazy("fact check", "Contradicts the record")
    OUTDATED = "outdated", pgettext_lazy("fact check", "Outdated")
    AGREES = "agrees", pgettext_lazy("fact check", "Agrees with the record")


class CheckedFact(models.TextChoices):
    """What is held against the record. Those that texts can name have the names of their tokens."""

    TOTAL_BUDGET = "total_budget", _("total budget")
    UNION_FUNDING = "union_funding", _("Union funding")
    START = "start_date", _("start")
    END = "end_date", _("end")
    DURATION = "duration_months", _("duration in months")
    PARTNERS = "partner_count", _("number of partners")
    COUNTRIES = "country_count", _("number of countries")
    RATE = "eu_rate", _("Union co-financing rate")
    COUNTRY = "country", _("country of a partner")
    STAGE = "stage", _("life stage")


@dataclass(frozen=True)
class Finding:
    """
    A figure or word of a text that was held against the record: `passage` stands there from `start` to `end`, in
    characters. `stated` and `recorded` are in the notation of the language that is active. An outdated one was true
    until `amendment` (its number in the database; None where no amendment is behind it). `token` may take the
    passage's place; None where no token says the fact.
    """

    passage: str
    start: int
    end: int
    fact: CheckedFact
    stated: str
    recorded: str
    verdict: Verdict
    token: str | None = None
    amendment: int | None = None

    @property
    def is_alarm(self) -> bool:
        return self.verdict != Verdict.AGREES
