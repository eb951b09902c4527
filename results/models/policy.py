from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.fields import AmountField, CountryField
from editorial.querysets import TranslatedQuerySet
from partners.models import Partner
from projects.models import Document, Project, check_project
from results.models.practices import GoodPractice


class PolicyInstrumentQuerySet(TranslatedQuerySet):
    def for_page(self):
        """With its plans, the public practices that inspired them, and its changes."""
        practices = models.Prefetch("practices", GoodPractice.objects.published().lean())
        plans = ActionPlan.objects.select_related("document__project", "partner").prefetch_related(practices).lean()
        changes = PolicyChange.objects.select_related("evidence_document__project").lean()
        related = [models.Prefetch("action_plans", plans), models.Prefetch("changes", changes)]
        return self.select_related("partner").prefetch_related(*related).lean()


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

    objects = PolicyInstrumentQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("policy instrument")
        verbose_name_plural = _("policy instruments")
        ordering = ["project", "country", "pk"]

    def __str__(self):
        return self.name or ""

    def clean(self):
        """The practices behind its plans stay in one project with it."""
        inspiring = (
            GoodPractice.objects.filter(action_plans__instrument=self) if self.pk else GoodPractice.objects.none()
        )
        other = inspiring.exclude(project=self.project_id).first()
        if other and self.project_id:
            message = _("Its action plans name practices of %(project)s, such as “%(practice)s”. Take those out first.")
            words = {"project": other.project, "practice": other}
            raise ValidationError({"project": message % words}, code="project")


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
    practices = models.ManyToManyField(
        GoodPractice,
        blank=True,
        related_name="action_plans",
        verbose_name=_("good practices"),
        help_text=_("What inspired the plan; of the same project."),
    )
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

    @staticmethod
    def check_practices(instrument: PolicyInstrument, practices: Iterable[GoodPractice]):
        """Raise ValidationError where a practice that inspired a plan is not of its instrument's project."""
        for practice in practices:
            if practice.project_id != instrument.project_id:
                message = _(
                    "“%(practice)s” is a practice of another project, %(project)s. Choose practices of %(own)s."
                )
                words = {"practice": practice, "project": practice.project, "own": instrument.project}
                raise ValidationError({"practices": message % words}, code="project")


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
