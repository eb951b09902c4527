from collections.abc import Callable
from secrets import token_hex

from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from editorial.changes import Followed
from editorial.fields import LanguageField
from editorial.querysets import FollowedQuerySet
from projects.document_files import FORMATS, check_document, page_count
from projects.models.project import Phase, Project, check_project

# Functions of a document that is about to be saved. One raises ValidationError where a floor above needs it as it is.
checks: list[Callable[["Document"], None]] = []


def document_address(document, filename) -> str:
    return f"documents/{token_hex(8)}/{get_valid_filename(filename)}"


class DocumentQuerySet(FollowedQuerySet):
    def in_public(self):
        """Those that visitors may open: of published projects."""
        return self.filter(project__in=Project.objects.published())

    def visible_to(self, user):
        """Those of the projects that the reader of a page may see, with what their addresses need."""
        return self.filter(project__in=Project.objects.visible_to(user)).select_related("project")


class Document(Followed):
    """A file of a project, in the one language it is written in."""

    class Kind(models.TextChoices):
        DELIVERABLE = "deliverable", _("Deliverable")
        REPORT = "report", _("Report")
        PRESENTATION = "presentation", _("Presentation")
        POSTER = "poster", _("Poster")
        AGREEMENT = "agreement", _("Agreement")
        PRESS = "press", _("Press release")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents", verbose_name=_("project"))
    phase = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("phase"))
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DELIVERABLE)
    language = LanguageField(_("language of the file"))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    file = models.FileField(
        _("file"),
        upload_to=document_address,
        validators=[FileExtensionValidator(FORMATS), check_document],
        help_text=_("PDF where it can be; Word, Excel, PowerPoint, OpenDocument, CSV and ZIP are taken too."),
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)

    objects = DocumentQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["project", models.F("issued_on").desc(nulls_last=True), "pk"]

    def __str__(self):
        return self.title or self.filename

    def get_absolute_url(self):
        return reverse("project_document", args=[self.project.slug, self.pk, self.filename])

    def clean(self):
        if self.project_id:
            check_project(self, "phase", self.project_id)
        for check in checks:
            check(self)

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.size = self.file.size
            self.pages = page_count(self.file) if self.filename.lower().endswith(".pdf") else None
        super().save(*args, **kwargs)

    @property
    def filename(self) -> str:
        return self.file.name.rpartition("/")[2]

    @property
    def extension(self) -> str:
        return self.filename.rpartition(".")[2]
