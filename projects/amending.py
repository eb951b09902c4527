"""
Changes of what a public project's decisions fix: its end, its total budget, its Union funding and who takes part.

Whoever writes such facts compares `canonical_facts` before and after: what differs is a Change, and is kept as an
Amendment in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from editorial.locks_admin import lock
from partners.models import Partner
from projects.decisions import Told, told
from projects.models import Amendment, Participation, PartnershipChange, Project

Kind, What = Amendment.Kind, PartnershipChange.What


@dataclass(frozen=True)
class CanonicalFacts:
    """Amounts in EUR; `partners` are the numbers of those in the consortium who are to stay to the end."""

    end: date | None
    total_budget: Decimal | None
    union_funding: Decimal | None
    partners: frozenset[int]
    lead: int | None
    country_count: int


@dataclass(frozen=True)
class Change:
    project: int
    before: CanonicalFacts
    after: CanonicalFacts

    @property
    def name(self) -> str:
        return str(Project.objects.get(pk=self.project))

    @property
    def mark(self) -> str:
        """Tells this change from any other, in whatever order the database gave the partners."""
        facts = [(each, sorted(each.partners)) for each in (self.before, self.after)]
        words = [repr((replace(each, partners=frozenset()), partners)) for each, partners in facts]
        return sha256(repr((self.project, words)).encode()).hexdigest()[:16]

    @property
    def kind(self) -> Kind:
        before, after = self.before, self.after
        if before.end and after.end and after.end > before.end:
            return Kind.EXTENSION
        if any(getattr(after, name) not in (None, getattr(before, name)) for name in ("total_budget", "union_funding")):
            return Kind.BUDGET
        return Kind.PARTNERSHIP if (before.partners, before.lead) != (after.partners, after.lead) else Kind.OTHER

    def amendment(self) -> Amendment:
        """The amendment that says so, not saved; a fact that stayed as it was is empty in it."""
        found = Amendment(project_id=self.project, kind=self.kind)
        for name in ("end", "total_budget", "union_funding"):
            self.put(found, name, getattr(self.before, name), getattr(self.after, name))
        if self.before.partners != self.after.partners:
            self.put(found, "partner_count", len(self.before.partners), len(self.after.partners))
            self.put(found, "country_count", self.before.country_count, self.after.country_count)
        return found

    @staticmethod
    def put(amendment, name, previous, new):
        if previous != new:
            setattr(amendment, f"previous_{name}", previous)
            setattr(amendment, f"new_{name}", new)

    def partnership(self) -> list[PartnershipChange]:
        """What it means for each organisation, not saved and without the amendment."""
        leads = {self.after.lead} - {self.before.lead, None}
        changed = [
            (What.JOINED, self.after.partners - self.before.partners),
            (What.LEFT, self.before.partners - self.after.partners),
            (What.LEADS, leads),
        ]
        names = Partner.objects.in_bulk([pk for _what, pks in changed for pk in pks])
        return [PartnershipChange(what=what, partner=names[pk]) for what, pks in changed for pk in sorted(pks)]

    def told(self) -> list[Told]:
        """What visitors will read of it."""
        return told(self.amendment(), self.partnership())


def canonical_facts(projects) -> dict[int, CanonicalFacts]:
    """The facts of some projects (a queryset) as they now stand, by the projects' numbers."""
    values = list(projects.order_by().values_list("pk", "end", "total_budget", "union_funding"))
    staying = Participation.objects.filter(
        project__in=[row[0] for row in values],
        left__isnull=True,
        role__in=[Participation.Role.LEAD, Participation.Role.PARTNER],
    )
    consortia = {row[0]: [] for row in values}
    for pk, *partner in staying.order_by().values_list("project", "partner", "role", "partner__country"):
        consortia[pk].append(partner)
    return {pk: facts_with(consortia[pk], *facts) for pk, *facts in values}


def facts_with(consortium, end, total_budget, union_funding) -> CanonicalFacts:
    return CanonicalFacts(
        end,
        total_budget,
        union_funding,
        frozenset(partner for partner, _role, _country in consortium),
        next((partner for partner, role, _country in consortium if role == Participation.Role.LEAD), None),
        len({country for _partner, _role, country in consortium}),
    )


def public_facts(pks: Iterable[int]) -> dict[int, CanonicalFacts]:
    """The facts of those projects that visitors see now, which nobody else changes until the transaction ends."""
    lock(Project, pk__in=pks)
    return canonical_facts(Project.objects.published().filter(pk__in=pks))


def changes_since(before: dict[int, CanonicalFacts]) -> list[Change]:
    """What is no longer as it was; a project that is gone has changed nothing."""
    now = canonical_facts(Project.objects.filter(pk__in=before))
    return [Change(pk, facts, now[pk]) for pk, facts in before.items() if pk in now and now[pk] != facts]
