from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Progress(models.TextChoices):
    """What can be said of one text in one language."""

    MISSING = "missing", pgettext_lazy("translation", "missing")
    STALE = "stale", pgettext_lazy("translation", "outdated")
    COMPLETE = "complete", pgettext_lazy("translation", "translated")
    APPROVED = "approved", pgettext_lazy("translation", "approved")


COUNTS = ["missing", "stale", "complete", "approved"]

# What a record's translation into a language is asked for by: by the texts that it lacks, or as a whole.
FOUND_BY = {
    "unfinished": Q(missing__gt=0) | Q(stale__gt=0),
    "missing": Q(missing__gt=0),
    "stale": Q(stale__gt=0),
    "complete": Q(missing=0, stale=0, complete__gt=0),
    "approved": Q(missing=0, stale=0, complete=0),
}


class TranslationQuerySet(models.QuerySet):
    def of(self, records):
        """The rows of some records, of whatever kinds."""
        numbers = {}
        for record in records:
            numbers.setdefault(record._meta.label_lower, set()).add(record.pk)
        condition = Q(pk__in=[])
        for kind, pks in numbers.items():
            condition |= Q(kind=kind, record_id__in=pks)
        return self.filter(condition)

    def found_by(self, progress: str):
        return self.filter(FOUND_BY[progress])

    def totals(self) -> dict[str, dict[str, int]]:
        """How many texts of each progress, and records to do: `{"sl": {"missing": 3, …, "unfinished": 2}}`."""
        numbers = {f"{name}_texts": Sum(name, default=0) for name in COUNTS}
        unfinished = models.Count("pk", filter=FOUND_BY["unfinished"])
        waiting = models.Count("pk", filter=FOUND_BY["complete"])
        rows = self.order_by().values("language").annotate(**numbers, unfinished=unfinished, waiting=waiting)
        return {row.pop("language"): {name.removesuffix("_texts"): row[name] for name in row} for row in rows}


class Translation(models.Model):
    """
    How far one record is translated into one language; there is none for the language that it was written in.

    `fields` says it for each text: `{"title": {"state": "stale", "text": …, "base": …, "approved": false}}`, where
    `text` is the digest of the translation as it was last seen and `base` that of the source it was made from. The
    counts are how many texts are of each state.
    """

    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2)
    fields = models.JSONField(default=dict)
    missing = models.PositiveSmallIntegerField(default=0)
    stale = models.PositiveSmallIntegerField(default=0)
    complete = models.PositiveSmallIntegerField(default=0)
    approved = models.PositiveSmallIntegerField(default=0)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("looked at by")
    )
    checked_at = models.DateTimeField(null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("approve_translation", "Can approve translations")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id", "language"], name="one_translation_per_language")
        ]
        indexes = [
            models.Index(F("language"), F("kind"), name="outdated_translations", condition=Q(stale__gt=0)),
            models.Index(F("language"), F("kind"), name="missing_translations", condition=Q(missing__gt=0)),
        ]

    def __str__(self):
        return f"{self.kind} {self.record_id} ({self.language})"

    @property
    def states(self) -> list[tuple[Progress, int]]:
        """What there is to be said of it, the most urgent first: `[("stale", 1), ("missing", 2)]`; else one for all."""
        open_ones = [(state, getattr(self, state)) for state in (Progress.STALE, Progress.MISSING)]
        found = [(state, number) for state, number in open_ones if number]
        return found or [(Progress.COMPLETE if self.complete else Progress.APPROVED, self.complete + self.approved)]

    def count(self):
        states = [field["state"] for field in self.fields.values()]
        for name in COUNTS:
            setattr(self, name, states.count(name))


class SourceText(models.Model):
    """A source as it was when a translation was made from it, once for all languages; found by its digest."""

    digest = models.CharField(max_length=32, primary_key=True)
    text = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.text[:60]


class Identity(models.Model):
    """By what this portal knows the files that it sent out; one row."""

    number = models.UUIDField(default=uuid4)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"urn:uuid:{self.number}"

    @classmethod
    def own(cls) -> str:
        """`urn:uuid:…`, the same for ever."""
        return str(cls.objects.order_by("pk").first() or cls.objects.create())


class ReturnedFile(models.Model):
    """A file that came back from a translator, with the report of what it holds and what was taken of it."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()  # emptied once it has been taken
    language = models.CharField(max_length=2)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    report = models.JSONField(default=list)  # as editorial.translating.taking tells it

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self):
        return self.name
