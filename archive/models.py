"""Copies that were made, and how long the law wants a project's documents kept."""

from secrets import token_hex

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.retention import retention_ends
from editorial.background import Work
from editorial.querysets import TranslatedQuerySet
from projects.models import Project


def place_of(copy, filename) -> str:
    """Where nobody can guess it; who may have it gets it from the back office."""
    return f"archive/{token_hex(16)}/{filename}"


class CopyQuerySet(TranslatedQuerySet):
    def done(self):
        return self.filter(progress=Copy.Progress.DONE)


class Copy(Work):
    """
    A static copy of a project's pages, or of the whole portal's where there is no project. `place` says where a copy
    lies that the portal doesn't keep itself; `digest` is the SHA-256 of its manifest.
    """

    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("project")
    )
    name = models.CharField(_("what was copied"), max_length=120, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("asked for by")
    )
    file = models.FileField(_("file"), upload_to=place_of, blank=True)
    place = models.CharField(_("where it lies"), max_length=500, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    files = models.PositiveIntegerField(_("files"), null=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    digest = models.CharField(_("hash of the manifest"), max_length=64, blank=True)
    missing = models.JSONField(_("links that led nowhere"), default=dict, blank=True)

    objects = CopyQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("copy for the archive")
        verbose_name_plural = _("copies for the archive")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return self.name


class Retention(models.Model):
    """What the duty to keep a project's documents is counted from (Reg. (EU) 2021/1060, Article 82)."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="retention", verbose_name=_("project")
    )
    last_paid_in = models.PositiveSmallIntegerField(
        _("year of the last payment"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("In which the programme last paid the project. The years to keep its documents begin at its end."),
    )
    has_state_aid = models.BooleanField(
        _("has state aid"), default=False, help_text=_("Then documents are kept for ten years instead of five.")
    )

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("keeping of documents")
        verbose_name_plural = _("keeping of documents")

    def __str__(self):
        return str(self.project)

    @property
    def ends(self):
        """The last day of the duty; None while the last payment isn't known."""
        return retention_ends(self.last_paid_in, self.has_state_aid)
