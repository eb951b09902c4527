"""
A stamp of everything that is published: as long as it stays, no file needs to be written anew. Three small queries.

It covers what the datasets tell of: saves of records with a public page, their going public at a time that was set,
and by the numbers of the last saves whatever the back office keeps versions of, vocabularies too. For what commands
write past it, the amounts and figures are added up; of these, `changed` knows no time, so that a sender does better to
go by the ETag than by the time of the last change.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, Max, Q, QuerySet, Sum, Value
from django.utils import timezone

from editorial.models import Snapshot
from partners.models import Partner
from projects.models import Participation, Project
from results.models import GoodPractice, Measurement, Target

LAST_SAVES = 50  # two saves at once may come into sight in another order than that of their numbers


@dataclass(frozen=True)
class Stamp:
    """`told` stands for the data as they are, `changed` is the last change that is known of, if any."""

    told: str
    changed: datetime | None

    def digest(self, *of: object) -> str:
        """A short text that changes with the data, and with whatever else a file depends on."""
        return sha256(repr((self.told, *of)).encode()).hexdigest()[:32]


def stamp() -> Stamp:
    saves = list(Snapshot.objects.order_by("-pk").values_list("pk", "at")[:LAST_SAVES])
    pages, parts = sorted(pages_told()), sorted(parts_told())
    moments = [at for _pk, at in saves] + [moment for page in pages for moment in page[2:]]
    changed = max((moment for moment in moments if moment), default=None)
    return Stamp(repr((saves, pages, parts)), changed)


def summed_up(name: str, records: QuerySet, **sums) -> QuerySet:
    """One row of a union; a plain queryset, as that of translated models changes the order of columns."""
    plain = QuerySet(records.model, query=records.query).order_by()
    grouped = plain.annotate(of=Value(name)).values("of")
    return grouped.annotate(in_all=Count("pk"), **sums).values_list("of", "in_all", *sums)


def pages_told() -> QuerySet:
    """How many records of each kind visitors see, when one was last changed, and when one last went public."""
    first, *others = (
        summed_up(model.__name__, model.objects.published(), last=Max("updated_at"), public=Max("published_at"))
        for model in (Project, GoodPractice, Partner)
    )
    return first.union(*others, all=True)


def parts_told() -> QuerySet:
    """What belongs to the projects, and what it comes to. Who leaves does so on a day that was set before."""
    today = timezone.localdate()
    gone = Count("pk", filter=Q(left__lte=today))
    shares = summed_up(
        "shares", Participation.objects.all(), one=Sum("total_budget"), two=Sum("union_funding"), three=gone
    )
    targets = summed_up("targets", Target.objects.all(), one=Sum("value"), two=Sum("baseline"), three=Count("value"))
    approved = Measurement.objects.approved()
    figures = summed_up("figures", approved, one=Sum("value"), two=Max("value"), three=Count("pk"))
    return shares.union(targets, figures, all=True)
