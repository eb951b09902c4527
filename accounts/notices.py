"""Who hears of a step of the review, and what they read of it."""

from django.db.models import Q

from accounts.models import Notice, User
from editorial import review
from editorial.decisions import Decision
from editorial.models import Snapshot
from editorial.rights import may_see


def tell(decision: Decision, record):
    """Leave a notice with everyone concerned, but not with who decided."""
    people = reviewers() if decision.step == "submit" else writers_of(record)
    concerned = {person.pk: person for person in people if person.pk != decision.person_id and may_see(person, record)}
    Notice.objects.bulk_create(
        Notice(
            person=person,
            step=decision.step,
            kind=decision.kind,
            record_id=record.pk,
            name=str(record)[:250],
            actor=decision.person,
            note=decision.note,
        )
        for person in concerned.values()
    )


def active():
    return User.objects.filter(is_active=True, is_staff=True).prefetch_related("groups")


def reviewers() -> list[User]:
    """Those whose role it is; where nobody has it, the administrators."""
    people = [person for person in active().filter(groups__name="reviewer") if not person.is_superuser]
    return people or list(active().filter(Q(groups__name="administrator") | Q(is_superuser=True)).distinct())


def writers_of(record) -> list[User]:
    """Who submitted the record last, who saved it last before this, and whom its model names beside them."""
    submitted = Decision.objects.on(record).filter(step="submit").values_list("person", flat=True)[:1]
    saved = Snapshot.objects.filter(kind=record._meta.label_lower, record_id=record.pk, user__isnull=False)
    keys = {*submitted, *saved.values_list("user", flat=True)[:1], *record.also_concerned()}
    return list(active().filter(pk__in=keys))


review.hearers.append(tell)
