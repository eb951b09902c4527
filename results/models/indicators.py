from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.formats import long_date
from editorial.querysets import TranslatedQuerySet
from projects.models import Document, Participation, Project, check_project
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
    def with_actual(self):
        """
        Adds `actual`: what the approved measurements come to, or None where none is approved (not yet reported).

        A cumulative indicator counts the last value of each participation, a percentage only the whole project's.
        """
        approved = Measurement.objects.approved().filter(target=OuterRef("pk"))
        later = (
            Measurement.objects.approved()
            .annotate(whose=Coalesce("participation", 0))
            .filter(whose=Coalesce(OuterRef("participation"), 0), target=OuterRef("target"))
            .filter(period__number__gt=OuterRef("period__number"))
        )
        counted = approved.filter(Q(target__indicator__calculation="sum") | ~Exists(later))
        whole = counted.exclude(target__indicator__measure="percentage", participation__isnull=False)
        total = whole.order_by().values("target").annotate(total=Sum("value")).values("total")
        return self.annotate(actual=Subquery(total))

    def for_results_page(self):
        """With what was reported, the approved measurements behind it and their evidence."""
        measurements = (
            Measurement.objects.approved()
            .select_related("period", "participation__partner", "evidence_document__project")
            .lean()
        )
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


class ReportingPeriod(models.Model):
    """A span that a project reports on. Once locked, its measurements stay as they are."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="reporting_periods", verbose_name=_("project")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    locked_on = models.DateField(_("locked on"), null=True, blank=True)

    belongs_to = "project"

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["project", "number"]
        constraints = [
            in_order("reporting_period_ends_after_it_starts"),
            models.UniqueConstraint(
                name="period_number_unique_in_project",
                fields=["project", "number"],
                violation_error_message=_("The project has a reporting period with this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.project} {self.number}"

    def clean(self):
        check_order(self)


class MeasurementQuerySet(TranslatedQuerySet):
    def approved(self):
        """The only ones that count in public."""
        return self.filter(state=Measurement.State.APPROVED)

    def editable_by(self, user):
        """Who is bound to their organisation enters its share or the whole project's, until it is approved."""
        values = super().editable_by(user)
        if not user.only_own_organisation:
            return values
        own = Q(participation__isnull=True) | Q(participation__partner=user.partner_id)
        return values.filter(own).exclude(state=Measurement.State.APPROVED)


class Measurement(models.Model):
    """A value reported for a target in a period, by the whole project or by one of its partners, and what proves it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="measurements", verbose_name=_("target"))
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="measurements", verbose_name=_("reporting period")
    )
    participation = models.ForeignKey(
        Participation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measurements",
        verbose_name=_("partner"),
        help_text=_("Whose share it is. Empty: the whole project's."),
    )
    value = FigureField(_("value"))
    narrative = models.TextField(_("in words"), blank=True, help_text=_("What stands behind the value."))
    evidence_document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measurements",
        verbose_name=_("evidence (document)"),
    )
    evidence_address = models.URLField(_("evidence (address)"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    review_note = models.TextField(_("reviewer's note"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
    )

    objects = MeasurementQuerySet.as_manager()
    belongs_to = "target"

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["target", "period__number", "participation__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_value_per_target_period_and_partner",
                fields=["target", "period", "participation"],
                violation_error_message=_(
                    "This partner's value has been entered for the period already. Correct that one."
                ),
            ),
            models.UniqueConstraint(
                name="one_value_per_target_and_period_of_the_whole",
                fields=["target", "period"],
                condition=Q(participation__isnull=True),
                violation_error_message=_("This value has been entered for the period already. Correct that one."),
            ),
        ]

    def __str__(self):
        return f"{self.target} ({self.period.number})"

    def clean(self):
        if not self.target_id:
            return
        for field in ("period", "participation", "evidence_document"):
            if getattr(self, f"{field}_id"):
                check_project(self, field, self.target.project_id)
        if self.period_id:
            self.check_unlocked()
            self.check_not_counted_twice()

    def check_unlocked(self):
        if self.period.locked_on:
            message = _("This period was locked on %(day)s. Its figures stay as they are.")
            raise ValidationError({"period": message % {"day": long_date(self.period.locked_on)}}, code="locked")

    def check_not_counted_twice(self):
        """Raise ValidationError where a period would hold the whole project's value beside partners' shares."""
        beside = Measurement.objects.filter(target=self.target, period=self.period).exclude(pk=self.pk)
        if beside.filter(participation__isnull=self.participation_id is not None).exists():
            message = _(
                "The period has a value of the whole project, or shares of partners, for this target already. "
                "Enter either the one or the others, so that nothing counts twice."
            )
            raise ValidationError({"participation": message}, code="twice")
