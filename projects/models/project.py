from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.fields import AmountField, RichTextField, not_negative
from editorial.formats import amount, long_date
from editorial.models import Picture, Publishable
from editorial.querysets import TranslatedQuerySet
from editorial.readiness import Gap, missing_values
from projects import lifecycle
from projects.models.funding import Programme, SpecificObjective, Topic
from projects.querysets import ProjectQuerySet


def check_project(record, field: str, project_id: int | None):
    """Raise ValidationError where what the record refers to, if anything, belongs to another project than it should."""
    related = getattr(record, field)
    if related and related.project_id != project_id:
        message = _("This belongs to another project, %(project)s. Choose one of the same project, or none.")
        raise ValidationError({field: message % {"project": related.project}}, code="project")


def check_parts(record, other: str):
    """Raise ValidationError on the other contribution where it and the Union's part, both known, exceed the total."""
    parts = (record.union_funding, getattr(record, other))
    if None not in (record.total_budget, *parts) and sum(parts) > record.total_budget:
        message = _("Together with the Union funding this is %(sum)s, which is above the total budget, %(whole)s.")
        amounts = {"sum": amount(sum(parts)), "whole": amount(record.total_budget)}
        raise ValidationError({other: message % amounts}, code="share")


class Project(Publishable):
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="projects", verbose_name=_("programme")
    )
    call = models.CharField(_("call"), max_length=20, blank=True, help_text=_("The call it was chosen in, as “4”."))
    topics = models.ManyToManyField(Topic, blank=True, related_name="projects", verbose_name=_("topics"))
    specific_objective = models.ForeignKey(
        SpecificObjective, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("specific objective")
    )
    operation_code = models.CharField(
        _("operation code"),
        max_length=40,
        blank=True,
        help_text=_("The programme's own number of the project, as PGI05999."),
    )
    keep_id = models.PositiveIntegerField(
        _("number in keep.eu"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("The number in the project's address in keep.eu."),
    )
    acronym = models.CharField(_("acronym"), max_length=60)
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two or three sentences for someone who has never heard of the project.")
    )
    change = RichTextField(_("what will change"), blank=True, help_text=_("For whom, and what they will notice of it."))
    goals = RichTextField(_("background and goals"), blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True, help_text=_("As it stands now."))
    total_budget = AmountField(
        _("total budget"), help_text=_("In EUR, as it stands now. Empty: not published, which is not zero.")
    )
    union_funding = AmountField(_("Union funding"), help_text=_("In EUR."))
    union_funding_is_rounded = models.BooleanField(
        _("Union funding is rounded"), default=False, help_text=_("Only a rounded figure has been published.")
    )
    national_cofinancing = AmountField(_("other national co-financing"), help_text=_("In EUR."))
    durability_years = models.PositiveSmallIntegerField(
        _("durability in years"),
        default=5,
        validators=[MaxValueValidator(lifecycle.LONGEST_DURABILITY)],
        help_text=_("How long after the end the results must be kept. 0: no such duty."),
    )
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()
    required_texts = ("title", "summary")
    required_values = ("acronym", "start", "end")
    advised_texts = ("change",)
    long_texts = ("summary", "change", "goals")
    looked_at_before_publishing = ("programme__period", "programme__fund", "participations", "topics")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = [F("start").desc(nulls_last=True), "acronym", "pk"]
        indexes = [models.Index(fields=["state", "start"], name="project_state_start")]
        constraints = [
            in_order("project_ends_after_it_starts"),
            models.CheckConstraint(
                name="union_funding_within_total_budget", condition=Q(total_budget__gte=F("union_funding"))
            ),
            not_negative("project_amounts_not_negative", "total_budget", "union_funding", "national_cofinancing"),
            models.UniqueConstraint(
                name="operation_code_unique_in_programme",
                fields=["programme", "operation_code"],
                condition=~Q(operation_code=""),
                violation_error_message=_("The programme has a project with this operation code already."),
            ),
        ]

    def __str__(self):
        return self.acronym

    def get_absolute_url(self):
        return reverse("project", args=[self.slug])

    def clean(self):
        check_order(self)
        if None not in (self.total_budget, self.union_funding) and self.union_funding > self.total_budget:
            message = _("The Union's part, %(part)s, is above the total budget, %(whole)s. Correct one of the two.")
            amounts = {"part": amount(self.union_funding), "whole": amount(self.total_budget)}
            raise ValidationError({"union_funding": message % amounts}, code="share")
        check_parts(self, "national_cofinancing")

    def missing_before_publishing(self):
        """Also the lead partner and the words that must stand beside the emblem."""
        gaps = super().missing_before_publishing() + self.programme.missing_for_funding()
        if self.lead is None:
            gaps.append(Gap(_("No participation is the lead partner's."), "participations"))
        return gaps + missing_values(self, "total_budget", "union_funding", "topics", is_required=False)

    @classmethod
    def may_lack(cls):
        programmes = Programme.objects.select_related("period", "fund").lean()
        wordless = [programme for programme in programmes if programme.missing_for_funding()]
        return ~Q(participations__role="lead") | Q(programme__in=wordless)

    @property
    def stage(self) -> lifecycle.Stage:
        """Its life stage today."""
        return lifecycle.stage_on(self)

    @property
    def durability_ends(self):
        return lifecycle.durability_ends(self)

    @property
    def months(self) -> int | None:
        """Its duration in whole months, first and last day included; None where a date isn't known."""
        return lifecycle.whole_months(self.start, self.end) if self.start and self.end else None

    @property
    def eu_rate(self) -> Decimal | None:
        """The Union's share of the total budget, of one; None where an amount isn't known."""
        if not self.total_budget or self.union_funding is None:
            return None
        return self.union_funding / self.total_budget

    @cached_property
    def consortium(self):
        """The participations of lead and partners who have not left, in their order; associated ones stand apart."""
        return [participation for participation in self.participations.all() if participation.in_consortium]

    @property
    def lead(self):
        return next((participation for participation in self.consortium if participation.is_lead), None)

    @property
    def countries(self) -> list[str]:
        """The codes of the countries that the consortium comes from, in the partners' order."""
        return list(dict.fromkeys(participation.partner.country for participation in self.consortium))


class ProjectWebsite(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="websites", verbose_name=_("project"))
    address = models.URLField(_("address"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    belongs_to = "project"

    class Meta:
        verbose_name = _("website")
        verbose_name_plural = _("websites")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.address


class Phase(models.Model):
    """A part of a project's span. Phases neither overlap nor leave it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="phases", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    goal = models.TextField(_("goal"), blank=True)
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["project", "number"]
        constraints = [
            in_order("phase_ends_after_it_starts"),
            models.UniqueConstraint(
                name="phase_number_unique_in_project",
                fields=["project", "number"],
                violation_error_message=_("The project has a phase with this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name or ''}".strip()

    def siblings(self):
        """The project's other phases. A form that edits several at once compares them itself."""
        return Phase.objects.filter(project=self.project_id).exclude(pk=self.pk)

    def clean(self):
        check_order(self)
        if self.start and self.end and hasattr(self, "project"):
            self.check_within_project()
            self.check_apart_from(self.siblings())

    def check_within_project(self):
        """Raise ValidationError where the phase begins before or ends after its project."""
        project = self.project
        if project.start and self.start < project.start:
            message = _("The phase begins before the project, which starts on %(date)s.")
            raise ValidationError({"start": message % {"date": long_date(project.start)}}, code="span")
        if project.end and self.end > project.end:
            message = _("The phase ends after the project, which ends on %(date)s.")
            raise ValidationError({"end": message % {"date": long_date(project.end)}}, code="span")

    def check_apart_from(self, others):
        """Raise ValidationError where a day belongs to this phase and to another one."""
        for other in others:
            if self.start <= other.end and other.start <= self.end:
                message = _("The phase overlaps with phase %(number)s (%(start)s – %(end)s). Move one of the dates.")
                overlap = {"number": other.number, "start": long_date(other.start), "end": long_date(other.end)}
                raise ValidationError({"start": message % overlap}, code="overlap")
