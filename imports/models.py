from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.background import Work
from editorial.fields import LanguageField
from projects.models import Programme

OUTCOMES = ("created", "changed", "unchanged", "skipped", "refused")


class ListFile(models.Model):
    """A file as it was sent. It is kept in the database, as what is in a list isn't public before it is published."""

    name = models.CharField(_("file"), max_length=250)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self):
        return self.name


class ImportQuerySet(models.QuerySet):
    def for_list(self):
        """Without the files' content."""
        return self.select_related("file", "programme", "made_by").defer("file__content")


class Import(Work):
    """
    A list that comes in. It is read (`tables`), tried (`planned_at`, the counts and `rows`), confirmed, perhaps undone.

    `tables` has an item for each table of the file: `{"sheet": "…", "header_row": 3, "columns": ["Operation name", …],
    "mapping": ["title", "", …], "samples": [["A bridge", …], …], "rows": 71}`; columns, mapping and samples in the
    order of the columns, and an empty field for a column that isn't taken. A table without `columns` isn't taken.
    `guessed` are the places of columns whose headers are only like known ones, `day_order` what comes first in dates
    with strokes, `is_remembered` whether the mapping is that of an earlier list. `reading` is what someone said of a
    text against what was found: `{"encoding": "cp1250", "separator": ";"}`.
    The Work is that of the step under way: trying or writing.
    """

    class Kind(models.TextChoices):
        OPERATIONS = "operations", _("List of operations")
        ORGANISATIONS = "organisations", _("List of organisations")

    file = models.ForeignKey(ListFile, on_delete=models.PROTECT, related_name="imports", verbose_name=_("file"))
    name = models.CharField(_("file name"), max_length=250)
    kind = models.CharField(_("kind of list"), max_length=13, choices=Kind)
    format = models.CharField(_("format"), max_length=20, help_text=_("As it was recognised, as “CSV ; utf-8”."))
    language = LanguageField(_("language of its texts"), default="en")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("programme"), related_name="+"
    )
    cci = models.CharField(
        _("CCI code"), max_length=15, blank=True, help_text=_("Of a programme that the portal doesn't have yet.")
    )
    reading = models.JSONField(default=dict, editable=False)
    tables = models.JSONField(default=list, editable=False)
    created = models.PositiveIntegerField(pgettext_lazy("rows of a list", "created"), default=0)
    changed = models.PositiveIntegerField(pgettext_lazy("rows of a list", "changed"), default=0)
    unchanged = models.PositiveIntegerField(pgettext_lazy("rows of a list", "unchanged"), default=0)
    skipped = models.PositiveIntegerField(pgettext_lazy("rows of a list", "skipped"), default=0)
    refused = models.PositiveIntegerField(pgettext_lazy("rows of a list", "refused"), default=0)
    plan_digest = models.CharField(max_length=64, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, verbose_name=_("made by"), related_name="+"
    )
    planned_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, verbose_name=_("confirmed by"), related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, verbose_name=_("undone by"), related_name="+"
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them: `{"created": 70, "changed": 0, …}`"""
        return {outcome: getattr(self, outcome) for outcome in OUTCOMES}


class RowResult(models.Model):
    """
    What becomes of a row. `details` are the changes or reasons: `[{"column": "End", "field": "end", "old": "…",
    "new": "…", "message": "…"}]`, each with those of the keys that it needs.
    """

    class Outcome(models.TextChoices):
        CREATED = "created", pgettext_lazy("row of a list", "created")
        CHANGED = "changed", pgettext_lazy("row of a list", "changed")
        UNCHANGED = "unchanged", pgettext_lazy("row of a list", "unchanged")
        SKIPPED = "skipped", pgettext_lazy("row of a list", "skipped")
        REFUSED = "refused", pgettext_lazy("row of a list", "refused")

    import_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", verbose_name=_("import"))
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    number = models.PositiveIntegerField(_("row"), help_text=_("Its number in the file, counted from 1."))
    outcome = models.CharField(pgettext_lazy("row of a list", "outcome"), max_length=9, choices=Outcome)
    label = models.CharField(_("what it is about"), max_length=250, blank=True)
    details = models.JSONField(_("details"), default=list)
    is_other = models.BooleanField(_("otherwise than in the dry run before"), default=False)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["pk"]
        indexes = [models.Index(fields=["import_of", "outcome"], name="row_of_import_by_outcome")]

    def __str__(self):
        return f"{self.number}: {self.label}"


class Written(models.Model):
    """A record that an import wrote: the fields that it changed, as they were and as it left them."""

    import_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="written", verbose_name=_("import"))
    model = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    is_new = models.BooleanField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("record of an import")
        verbose_name_plural = _("records of an import")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.model} {self.record_id}"


class RememberedMapping(models.Model):
    """Which columns of a table mean what, as someone corrected it, by a digest of the table's headers."""

    signature = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField(default=list)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self):
        return self.signature
