"""A project's facts as texts are held against them, with what they were before each amendment."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from editorial.translations import columns
from factcheck.findings import CheckedFact
from partners.models import Partner
from projects.lifecycle import Stage, stage_on, whole_months
from projects.models import Amendment, Participation, Project

ROUNDED_TO = Decimal(10_000)  # what an amount that was published rounded, such as 1.33 million, may be off by at most


@dataclass(frozen=True)
class Former:
    """A value that held until a decision. `until` is the last day on which it may have held; None: not known."""

    value: Any
    amendment: int | None = None
    until: date | None = None


@dataclass(frozen=True)
class Known:
    """A fact as it stands, how far it may be off, and what it was before, the latest first."""

    value: Any
    former: tuple[Former, ...] = ()
    off_by: Decimal = Decimal(0)


@dataclass(frozen=True)
class Terms:
    """What amendments change, as it stood at one time."""

    start: date | None
    end: date | None
    total_budget: Decimal | None
    union_funding: Decimal | None

    @property
    def months(self) -> int | None:
        return whole_months(self.start, self.end) if self.start and self.end else None

    @property
    def rate(self) -> Decimal | None:
        """The Union's share in per cent."""
        known = self.total_budget and self.union_funding is not None
        return self.union_funding / self.total_budget * 100 if known else None


TERMS = {
    CheckedFact.TOTAL_BUDGET: "total_budget",
    CheckedFact.UNION_FUNDING: "union_funding",
    CheckedFact.START: "start",
    CheckedFact.END: "end",
    CheckedFact.DURATION: "months",
    CheckedFact.RATE: "rate",
}


@dataclass(frozen=True)
class Record:
    """
    What is recorded about a project. `countries` are the codes of its partners' countries, also of those who left;
    `own_names` what it is called, `partner_names` what its partners are, `known_names` what its programme is.
    """

    project: Project
    facts: dict[CheckedFact, Known] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    own_names: tuple[str, ...] = ()
    partner_names: tuple[str, ...] = ()
    known_names: tuple[str, ...] = ()

    def stage_on(self, day: date | None = None) -> Stage:
        return stage_on(self.project, day)


def record_of(project) -> Record:
    """The record of one project, in four queries."""
    return records_of([project])[project.pk]


def records_of(projects: Iterable[Project]) -> dict[int, Record]:
    """The records of several projects by their numbers, in four queries."""
    pks = [project.pk for project in projects]
    partners = Partner.objects.lean()
    participations = Participation.objects.prefetch_related(Prefetch("partner", partners)).lean()
    amendments = Prefetch("amendments", Amendment.objects.lean())
    found = Project.objects.filter(pk__in=pks).select_related("programme").order_by().lean()
    found = found.prefetch_related(amendments, Prefetch("participations", participations))
    return {each.pk: put_together(each, each.participations.all(), each.amendments.all()) for each in found}


def put_together(project, participations, amendments) -> Record:
    """The record from rows that are at hand, in their order."""
    involved = [each for each in participations if each.role != Participation.Role.ASSOCIATED]
    return Record(
        project,
        terms_of(project, amendments) | counts_of(project, involved, list(amendments)),
        frozenset(each.partner.country for each in involved if each.partner.country),
        names(project.acronym),
        names(*(name for each in involved for name in (each.partner.name, each.partner.short_name))),
        names(*project_titles(project)),
    )


def project_titles(project):
    """The names of the project and its programme in all languages in use: whatever stands in them is no other one."""
    for record, text in ((project, "title"), (project.programme, "name")):
        yield from (getattr(record, name) for name in columns(text))


def names(*texts) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def terms_of(project, amendments) -> dict[CheckedFact, Known]:
    """What amendments changed, as it stands and as it stood before each of them."""
    now = Terms(project.start, project.end, project.total_budget, project.union_funding)
    before = list(earlier_terms(now, amendments))
    off_by = ROUNDED_TO / 2 if project.union_funding_is_rounded else Decimal(0)
    known = {}
    for fact, term in TERMS.items():
        value = getattr(now, term)
        former = (Former(getattr(terms, term), pk, until) for terms, pk, until in before)
        former = tuple(each for each in former if each.value not in (None, value))
        known[fact] = Known(value, former)
    known[CheckedFact.UNION_FUNDING] = replace(known[CheckedFact.UNION_FUNDING], off_by=off_by)
    if now.total_budget:
        known[CheckedFact.RATE] = replace(known[CheckedFact.RATE], off_by=off_by / now.total_budget * 100)
    return known


def earlier_terms(terms: Terms, amendments):
    """
    The terms before each amendment, the latest first, with its number and the last day on which they may have held:
    that of the decision or, where nobody knows it, the end that was in force then.
    """
    for amendment in reversed(list(amendments)):
        earlier = {
            "end": amendment.previous_end or terms.end,
            "total_budget": known_or(amendment.previous_total_budget, terms.total_budget),
            "union_funding": known_or(amendment.previous_union_funding, terms.union_funding),
        }
        terms = replace(terms, **earlier)
        yield terms, amendment.pk, amendment.decided_on or terms.end


def known_or(value, otherwise):
    return otherwise if value is None else value


def counts_of(project, involved, amendments) -> dict[CheckedFact, Known]:
    """How many partners and countries there are, and how many there were before someone came or went."""
    now = [each for each in involved if each.in_consortium]
    known = {}
    for fact, name, count in ((CheckedFact.PARTNERS, "partner", len), (CheckedFact.COUNTRIES, "country", countries_of)):
        amended = amended_counts(project, amendments, name, count(now))
        known[fact] = Known(count(now) or None, (*amended, *former_counts(now, involved, count)))
    return known


def amended_counts(project, amendments, name, now):
    """The counts before decisions that changed them, also by those of whom no participation tells any more."""
    for amendment in reversed(amendments):
        before = getattr(amendment, f"previous_{name}_count")
        if before not in (None, now):
            yield Former(before, amendment.pk, amendment.decided_on or project.end)


def countries_of(participations) -> int:
    return len({each.partner.country for each in participations})


def former_counts(now, involved, count) -> tuple[Former, ...]:
    """The counts on the day before each change of the partnership that differ from today's, the latest first."""
    changes = sorted({day for each in involved for day in (each.joined, each.left) if day}, reverse=True)
    former = []
    for day in changes:
        there = [each for each in involved if was_there_before(each, day)]
        if there and count(there) != count(now):
            former.append(Former(count(there), until=day))
    return tuple(former)


def was_there_before(participation, day: date) -> bool:
    joined, left = participation.joined, participation.left
    return (joined is None or joined < day) and (left is None or left >= day)
