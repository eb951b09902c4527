"""Reports that are kept: made once, numbered, with their files, and never changed again."""

from datetime import timedelta
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.background import Work
from editorial.querysets import TranslatedQuerySet
from editorial.rights import in_reach_of
from reports.document import Document, document_of, hash_of
from reports.kind import Kind, all_kinds

SILENCE = timedelta(minutes=10)  # after which work that gives no sign of life is taken for dead


class Kept(Exception):
    """Something was about to change or delete a report that is kept."""


class SnapshotQuerySet(TranslatedQuerySet):
    def in_reach_of(self, user):
        """Who is bound to their organisation sees what they made themselves while they were bound to the same one."""
        if not user.only_own_organisation:
            return self
        return self.filter(made_by=user, made_within__isnull=False, made_within=user.partner_id)

    def made(self):
        return self.filter(progress=Work.Progress.DONE)

    def earlier_than(self, snapshot):
        """Those that it can be compared with: of its kind and language, the last one first."""
        same = self.made().filter(kind=snapshot.kind, language=snapshot.language)
        return same.filter(made_at__lt=snapshot.made_at).order_by("-made_at")

    def refuse_kept(self):
        if self.made().exists():
            raise Kept

    def update(self, **values):
        self.refuse_kept()
        return super().update(**values)

    update.alters_data = True

    def delete(self):
        self.refuse_kept()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


def key_of(model: str, pks: list[int]) -> str:
    """The same for the same selection, in whatever order it was ticked."""
    return sha256(f"{model}:{sorted(pks)}".encode()).hexdigest()


class ReportSnapshot(Work):
    """
    A report as it was made, or the attempt to make it. Once it is made nothing changes it: no form, no command, no
    queryset; what is written past Django shows, as `content_hash` and the files' hashes no longer agree.
    """

    number = models.CharField(_("number"), max_length=12, unique=True, null=True)  # noqa: DJ001 – none until it is made
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=8)
    period = models.PositiveSmallIntegerField(_("reporting period"), null=True)
    formats = models.JSONField(_("formats"), default=list)
    as_draft = models.BooleanField(_("as a draft if need be"), default=False)

    model = models.CharField(_("selected in"), max_length=60)  # "projects.project"
    pks = models.JSONField(default=list)
    names = models.JSONField(_("selection"), default=list)  # of the selected, as they were then
    selection_key = models.CharField(max_length=64)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    maker = models.CharField(_("made by"), max_length=250)  # the name stays where the account goes
    made_within = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("limited to")
    )
    made_at = models.DateTimeField(_("made at"), null=True)
    portal_version = models.CharField(_("version of the portal"), max_length=40)
    alive_at = models.DateTimeField(null=True)

    title = models.CharField(_("title"), max_length=200)
    is_draft = models.BooleanField(_("draft"), default=False)
    problems = models.JSONField(_("what keeps it from reconciling"), default=list)  # sentences, in its language
    content = models.JSONField(_("content"), null=True)
    content_hash = models.CharField(_("hash of the content (SHA-256)"), max_length=64)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept report")
        verbose_name_plural = _("kept reports")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["kind", "selection_key"], name="reports_of_a_selection")]

    def __str__(self):
        return f"{self.number} – {self.title}" if self.number else str(self.title or self.kind_title)

    def save(self, *args, **kwargs):
        if self.pk:
            type(self).objects.filter(pk=self.pk).refuse_kept()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        type(self).objects.filter(pk=self.pk).refuse_kept()
        return super().delete(*args, **kwargs)

    def note(self, **values):
        """Write these values alone, unless somebody has begun it anew: then it is no longer ours to tell of."""
        mine = type(self).objects.filter(pk=self.pk, progress=self.progress, began_at=self.began_at)
        values = {"alive_at": timezone.now()} | values
        mine.update(**values)
        for name, value in values.items():
            setattr(self, name, value)

    def why_fixed(self) -> str:
        """Why nobody may change or delete it, as with any record that is fixed."""
        return _("A report that is made stays as it is.") if self.is_made else ""

    @property
    def is_made(self) -> bool:
        return self.progress == self.Progress.DONE

    @property
    def is_refused(self) -> bool:
        """Whether it came to nothing because it doesn't reconcile."""
        return self.progress == self.Progress.FAILED and bool(self.problems)

    @property
    def is_silent(self) -> bool:
        """Whether it is said to be under way, but whoever did it seems to have died."""
        if self.progress != self.Progress.RUNNING:
            return False
        return (self.alive_at or self.began_at) < timezone.now() - SILENCE

    @property
    def kind_found(self) -> Kind | None:
        """Its kind; None where the portal no longer has it."""
        return all_kinds().get(self.kind)

    @property
    def kind_title(self) -> str:
        found = self.kind_found
        return str(found.title) if found else self.kind

    @cached_property
    def document(self) -> Document:
        return document_of(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether the content still is what its hash was taken of."""
        return hash_of(self.content) == self.content_hash

    def selected(self, user):
        """The selected records, as far as they are in the user's reach now."""
        records = apps.get_model(self.model)._default_manager.filter(pk__in=self.pks)
        return in_reach_of(user, records)


class FileQuerySet(models.QuerySet):
    def update(self, **values):
        raise Kept

    update.alters_data = True

    def delete(self):
        raise Kept

    delete.alters_data = True
    delete.queryset_only = True


class SnapshotFile(models.Model):
    """A file of a report that is kept, in the database: private, and in every backup."""

    snapshot = models.ForeignKey(ReportSnapshot, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=20)  # of DOCUMENT_FORMATS
    name = models.CharField(max_length=250)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = FileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.pk:
            raise Kept
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Kept

    @property
    def is_intact(self) -> bool:
        return sha256(self.content).hexdigest() == self.sha256


class SnapshotNumber(models.Model):
    """The last number given in a year. Two makers never get the same one, and none is left out."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.year}-{self.last:04}"

    @classmethod
    def next(cls, year: int) -> "SnapshotNumber":
        """The number to be given next, if nobody else takes it meanwhile."""
        given, _created = cls.objects.get_or_create(year=year)
        return cls(year=year, last=given.last + 1)

    def take(self) -> bool:
        """Whether it is now taken by whoever asks; not where someone was faster."""
        return bool(type(self).objects.filter(year=self.year, last=self.last - 1).update(last=self.last))
