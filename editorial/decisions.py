"""The steps of the review that records took: who decided, when and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class DecisionQuerySet(models.QuerySet):
    def on(self, record):
        """The decisions on a record, the latest first."""
        return self.filter(kind=record._meta.label_lower, record_id=record.pk).select_related("person")


class Decision(models.Model):
    """
    One step of a record: from which standing to which, by whom, when, and the reason.

    `step` is the code of one of its model's steps; `due` is the time from which visitors see what was scheduled.
    """

    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "record_id", "-id"], name="decision_on_record")]

    def __str__(self):
        return f"{self.kind} {self.record_id}: {self.before} → {self.after}"


def submitted_by(user, records: models.QuerySet) -> models.QuerySet:
    """Those of the records that the person once submitted for review."""
    own = Decision.objects.filter(kind=records.model._meta.label_lower, step="submit", person=user)
    return records.filter(pk__in=own.values("record_id"))
