from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.fields import AmountField, CountryField
from editorial.querysets import TranslatedQuerySet
from partners.models import Partner
from projects.models import Document, Project, check_project


class PolicyInstrument(models.Model):
    """A programme, strategy or law that a project sets out to improve."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="instruments", verbose_name=_("project")
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("partner"),
        help_text=_("The partner who works on improving it."),
    )
    name = models.CharField(_("name"), max_length=250)
    managing_body = models.CharField(_("managing body"), max_length=250, blank=True)
    country = CountryField(_("country"))
    region = models.CharField(_("region"), max_length=120, blank=True)
    is_structural_funds = models.BooleanField(_("Structural Funds programme"), default=False)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("policy instrument")
        verbose_name_plural = _("policy instruments")
        ordering = ["project", "country", "pk"]

    def __str__(self):
        return self.name or ""


class ActionPlan(models.Model):
    class Progress(models.TextChoices):
        IN_PREPARATION = "preparation", _("In preparation")
        ADOPTED = "adopted", _("Adopted")
        UNDER_WAY = "under_way", _("Under way")
        CARRIED_OUT = "carried_out", _("Carried out")
        DROPPED = "dropped", _("Dropped")

    instrument = models.ForeignKey(
        PolicyInstrument, on_delete=models.CASCADE, related_name="action_plans", verbose_name=_("policy instrument")
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="action_plans", verbose_name=_("partner")
    )
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    progress = models.CharField(_("progress"), max_length=12, choices=Progress, default=Progress.IN_PREPARATION)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "instrument"

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["instrument", "pk"]
        constraints = [in_order("action_plan_ends_after_it_starts")]

    def __str__(self):
        return self.title or ""

    def clean(self):
        check_order(self)
        if self.instrument_id:
            check_project(self, "document", self.instrument.project_id)


class PolicyChange(models.Model):
    """What an instrument does otherwise since the project."""

    class Kind(models.TextChoices):
        NEW_PROJECTS = "new_projects", _("New projects")
        GOVERNANCE = "governance", _("Governance")
        STRATEGIC_FOCUS = "strategic_focus", _("Strategic focus")

    instrument = models.ForeignKey(
        PolicyInstrument, on_delete=models.CASCADE, related_name="changes", verbose_name=_("policy instrument")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    achieved_on = models.DateField(_("achieved on"), null=True, blank=True)
    description = models.TextField(_("what changed"))
    amount_influenced = AmountField(_("amount influenced"), help_text=_("In EUR. Empty: not known."))
    evidence_document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evidence (document)"),
    )
    evidence_address = models.URLField(_("evidence (address)"), blank=True)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "instrument"

    class Meta:
        verbose_name = _("policy change")
        verbose_name_plural = _("policy changes")
        ordering = ["instrument", models.F("achieved_on").asc(nulls_last=True), "pk"]

    def __str__(self):
        return f"{self.instrument}: {self.get_kind_display()}"

    def clean(self):
        if self.instrument_id:
            check_project(self, "evidence_document", self.instrument.project_id)
