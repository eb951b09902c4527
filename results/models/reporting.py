"""What projects report: the periods, and the values with what proves them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.formats import long_date
from editorial.querysets import TranslatedQuerySet
from projects.models import Document, Participation, Project, check_project
from results.models.indicators import FigureField, Target


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
