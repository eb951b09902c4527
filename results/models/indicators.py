from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.querysets import TranslatedQuerySet
from projects.models import Project
from results.bars import bar_of


class FigureField(models.DecimalField):
    """A baseline, target or value, in its indicator's unit; empty where none is known, which is not zero."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_digits": 16, "decimal_places": 4} | kwargs)

    def formfield(self, **kwargs):
        too_long = _("A value has at most twelve figures before the decimals. Is there a figure too many?")
        messages = {
            "max_digits": too_long,
            "max_whole_digits": too_long,
            "max_decimal_places": _("A value has four decimals at most."),
        }
        return super().formfield(**{"localize": True, "error_messages": messages} | kwargs)


class Indicator(models.Model):
    class Level(models.TextChoices):
        OUTPUT = "output", _("Output")
        RESULT = "result", _("Result")
        COMMUNICATION = "communication", _("Communication")

    class Measure(models.TextChoices):
        NUMBER = "number", _("Number")
        PERCENTAGE = "percentage", _("Percentage")
        AMOUNT = "amount", _("Amount in EUR")

    class Calculation(models.TextChoices):
        SUM = "sum", _("Sum over the periods")
        LAST = "last", _("Last value, which counts from the start")

    class Counts(models.TextChoices):
        KICK_OFFS = "kick_offs", _("Kick-off meetings")
        STUDY_VISITS = "study_visits", _("Study visits")
        PARTNER_MEETINGS = "partner_meetings", _("Partner meetings")
        STAKEHOLDER_MEETINGS = "stakeholder_meetings", _("Stakeholder meetings")
        WORKSHOPS = "workshops", _("Workshops")
        REVIEWS = "reviews", _("Reviews")
        DISSEMINATION = "dissemination", _("Dissemination events")
        FINAL_EVENTS = "final_events", _("Final events")
        PRACTICES = "practices", _("Good practices")
        ACTION_PLANS = "action_plans", _("Action plans")
        POLICY_CHANGES = "policy_changes", _("Policy changes")
        MEDIA_MENTIONS = "media_mentions", _("Media mentions")
        NEWSLETTERS = "newsletters", _("Newsletters")
        WEBSITES = "websites", _("Websites")
        DELIVERABLES = "deliverables", _("Documents: deliverables")
        REPORTS = "reports", _("Documents: reports")

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("RCO… or RCR… for a common indicator, else the programme's own code."),
    )
    name = models.CharField(_("name"), max_length=250)
    definition = models.TextField(_("definition"), blank=True, help_text=_("What is counted, and what is not."))
    unit = models.CharField(_("unit"), max_length=100, help_text=_("What one of it is, in the plural: “enterprises”."))
    level = models.CharField(_("level"), max_length=13, choices=Level)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure, default=Measure.NUMBER)
    calculation = models.CharField(_("calculation"), max_length=4, choices=Calculation, default=Calculation.SUM)
    counts = models.CharField(
        _("counts"),
        max_length=20,
        choices=Counts,
        blank=True,
        help_text=_("The records of this portal that the indicator counts, if it counts any."),
    )
    is_common = models.BooleanField(_("common indicator of the EU"), default=False)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="percentages_are_not_summed", condition=~Q(measure="percentage", calculation="sum")
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name or ''}".strip()

    def clean(self):
        if self.measure == self.Measure.PERCENTAGE and self.calculation == self.Calculation.SUM:
            message = _("Percentages can't be added up. Choose the last value.")
            raise ValidationError({"calculation": message}, code="ratio")


class TargetQuerySet(TranslatedQuerySet):
    @property
    def approved_figures(self):
        """The approved measurements of whatever targets; their model refers to this one."""
        return self.model._meta.get_field("measurements").related_model.objects.approved()

    def with_actual(self):
        """
        Adds `actual`: what the approved measurements come to, or None where none is approved (not yet reported).

        A cumulative indicator counts the last value of each participation, a percentage only the whole project's.
        """
        approved = self.approved_figures.filter(target=OuterRef("pk"))
        later = (
            self.approved_figures.annotate(whose=Coalesce("participation", 0))
            .filter(whose=Coalesce(OuterRef("participation"), 0), target=OuterRef("target"))
            .filter(period__number__gt=OuterRef("period__number"))
        )
        counted = approved.filter(Q(target__indicator__calculation="sum") | ~Exists(later))
        whole = counted.exclude(target__indicator__measure="percentage", participation__isnull=False)
        total = whole.order_by().values("target").annotate(total=Sum("value")).values("total")
        return self.annotate(actual=Subquery(total))

    def for_results_page(self):
        """With what was reported, the approved measurements behind it and their evidence."""
        measurements = self.approved_figures.select_related(
            "period", "participation__partner", "evidence_document__project"
        ).lean()
        related = models.Prefetch("measurements", measurements)
        return self.with_actual().select_related("indicator").prefetch_related(related).lean()


class Target(models.Model):
    """What a project promised to reach for an indicator; without a value, something it reports without a promise."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="targets", verbose_name=_("project"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    baseline = FigureField(_("baseline"), null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    value = FigureField(
        _("target"), null=True, blank=True, help_text=_("Empty: reported without having been promised.")
    )
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TargetQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["project", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_target_per_indicator",
                fields=["project", "indicator"],
                violation_error_message=_("The project has a target for this indicator already."),
            )
        ]

    def __str__(self):
        return f"{self.project}: {self.indicator}"

    @property
    def promises_less(self) -> bool:
        """Whether the promise lies below the baseline, as with emissions."""
        return None not in (self.value, self.baseline) and self.value < self.baseline

    @property
    def share(self) -> Decimal | None:
        """
        Of one, what is reached of the promise, after `with_actual`; None without a promise or a report.

        Where less is promised than there was, it is the share of the promised fall.
        """
        if self.actual is None or self.value is None:
            return None
        if self.promises_less:
            return (self.baseline - self.actual) / (self.baseline - self.value)
        return self.actual / self.value if self.value else None

    @cached_property
    def bar(self):
        """How it is drawn, after `with_actual`: a TargetBar, or None."""
        return bar_of(self)
