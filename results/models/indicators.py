from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.formats import percentage
from editorial.querysets import TranslatedQuerySet
from editorial.translations import columns
from projects.models import Project
from results.bars import WHOLE
from results.figures import total

EXACT_IN_SQLITE = 15  # figures
TOO_LONG = _("A value has at most twelve figures before the decimals. Is there a figure too many?")


def check_kept_exactly(value: Decimal):
    """Raise ValidationError where SQLite, which keeps floating point, would round the value: beyond 15 figures."""
    if len(value.normalize().as_tuple().digits) > EXACT_IN_SQLITE:
        raise ValidationError(TOO_LONG, code="max_digits")


class FigureField(models.DecimalField):
    """A baseline, target or value, in its indicator's unit; empty where none is known, which is not zero."""

    default_validators = [check_kept_exactly]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_digits": 16, "decimal_places": 4} | kwargs)

    def formfield(self, **kwargs):
        messages = {
            "max_digits": TOO_LONG,
            "max_whole_digits": TOO_LONG,
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
        PRESENTATIONS = "presentations", _("Documents: presentations")
        POSTERS = "posters", _("Documents: posters")
        AGREEMENTS = "agreements", _("Documents: agreements")
        PRESS_RELEASES = "press_releases", _("Documents: press releases")

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
        help_text=_(
            "The records of this portal that the indicator counts, if it counts any: those that visitors see, of the "
            "target’s project. Its figure leads visitors to them."
        ),
    )
    can_exceed_whole = models.BooleanField(
        _("may exceed 100 per cent"),
        default=False,
        help_text=_("Of a percentage: a growth may, the share of a whole can't."),
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
        if self.counts and self.measure != self.Measure.NUMBER:
            message = _("Records can only be counted for a number. Choose another measure, or count no records.")
            raise ValidationError({"counts": message}, code="measure")

    def check_figure(self, value: Decimal | None, field: str):
        """Raise ValidationError on the field where the indicator can't have this value."""
        is_share = self.measure == self.Measure.PERCENTAGE and not self.can_exceed_whole
        if value is not None and is_share and value > WHOLE:
            message = _(
                "%(value)s is more than the whole. Correct it, or say on the indicator that it may exceed 100 per cent."
            )
            raise ValidationError({field: message % {"value": percentage(value / WHOLE)}}, code="whole")


def check_stays(record, stored, field: str, measurements):
    """Raise ValidationError where a relation by which measurements are what they are is changed under them."""
    if getattr(stored, f"{field}_id") != getattr(record, f"{field}_id") and measurements.exists():
        message = _("Figures have been reported for it, so it stays what it is. Make a new one instead.")
        raise ValidationError({field: message}, code="reported")


class TargetQuerySet(TranslatedQuerySet):
    def approved_with(self, *related: str) -> Prefetch:
        """For `prefetch_related`: the approved measurements of each target, as `approved`, with what is related."""
        measurements = self.model._meta.get_field("measurements").related_model.objects.approved()
        return Prefetch("measurements", measurements.select_related(*related).lean(), to_attr="approved")

    def with_actual(self):
        """With what each `actual` is made of, and no more of the measurements than that takes."""
        return self.select_related("indicator").prefetch_related(self.approved_with("period")).lean()


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
    difference_note = models.TextField(
        _("why the figures differ"),
        blank=True,
        help_text=_("Where the report says otherwise than the records that this portal holds."),
    )
    difference_note_is_public = models.BooleanField(
        _("visitors may read why"), default=False, help_text=_("Beside the figure. Otherwise only staff see it.")
    )
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

    @cached_property
    def actual(self) -> Decimal | None:
        """What the approved measurements come to, after `with_actual`; None where none is approved."""
        return total(self.indicator, self.approved)

    @property
    def explains_difference(self) -> bool:
        """Whether it says, in any language in use, why the report differs from the records that are counted."""
        return any(getattr(self, name) for name in columns("difference_note"))

    def clean(self):
        self.check_reported()
        if not self.indicator_id:
            return
        if not self.indicator.unit:
            message = _("This indicator has no unit, so nobody could tell what the figure is of. Give it one first.")
            raise ValidationError({"indicator": message}, code="unit")
        for name in ("baseline", "value"):
            self.indicator.check_figure(getattr(self, name), name)

    def check_reported(self):
        """Raise ValidationError where figures would come to be another project's, or approved ones of another kind."""
        if stored := Target.objects.filter(pk=self.pk).only("project", "indicator").first():
            check_stays(self, stored, "project", self.measurements)
            check_stays(self, stored, "indicator", self.measurements.approved())
