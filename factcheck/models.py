from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, ExpressionWrapper, OuterRef, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models import Amendment, Project


class Standing(models.TextChoices):
    OPEN = "open", _("To be looked at")
    ACCEPTED = "accepted", _("Accepted")


class DiscrepancyQuerySet(models.QuerySet):
    def of(self, record):
        return self.filter(kind=record._meta.label_lower, record_id=record.pk)

    def with_standing(self):
        """Adds `standing`: whether someone accepted it, with what the text and the record say now."""
        accepted = Exists(Acceptance.objects.filter(key=OuterRef("key")))
        standing = Case(When(accepted, then=Value(Standing.ACCEPTED)), default=Value(Standing.OPEN))
        return self.annotate(standing=ExpressionWrapper(standing, CharField()))

    def open(self):
        return self.with_standing().filter(standing=Standing.OPEN)


class Discrepancy(models.Model):
    """
    Something that a text says of a project and its record doesn't, as it was last checked. It can be worked out anew at
    any time; what people decided about it is kept by `Acceptance`.

    A passage that a text has more than once stands here once. `before` and `after` are what the text says around it.
    """

    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=60)  # the text's name, without its language
    language = models.CharField(max_length=2)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    fact = models.CharField(max_length=60)  # of CheckedFact, as the verdict is of Verdict; both may grow
    verdict = models.CharField(max_length=12)
    passage = models.TextField()
    before = models.CharField(max_length=100)
    after = models.CharField(max_length=100)
    recorded = models.TextField()
    amendment = models.ForeignKey(Amendment, on_delete=models.SET_NULL, null=True, related_name="+")  # true until it
    token = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField()  # of the passage in the text as it is kept, markup included, in characters
    end = models.PositiveIntegerField()
    key = models.CharField(max_length=32)  # says where it stands, what it says and what is recorded
    checked_at = models.DateTimeField()

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["project", "kind", "-record_id", "language", "field", "start"]
        constraints = [models.UniqueConstraint(fields=["key"], name="one_discrepancy_per_passage")]
        indexes = [models.Index(fields=["kind", "record_id"], name="discrepancies_of_record")]

    def __str__(self):
        return f"{self.kind} {self.record_id} ({self.language}): {self.passage}"


class Acceptance(models.Model):
    """Someone's word that a passage is right although the record differs; for this passage and what is recorded now."""

    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    passage = models.TextField()
    recorded = models.TextField()
    reason = models.CharField(max_length=500)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.passage}: {self.reason}"


class CheckedProject(models.Model):
    """By which facts the texts of a project were last checked; `is_due` where these changed and its texts are many."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="+")
    facts = models.CharField(max_length=32)  # a digest of its record
    is_due = models.BooleanField(default=False)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.project} ({self.checked_at:%Y-%m-%d %H:%M})"
