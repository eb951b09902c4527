"""What projects report: the periods, and the values with what proves them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.fields import TranslationField

from editorial.dates import check_order, check_year, in_order
from editorial.formats import long_date
from editorial.querysets import TranslatedQuerySet
from editorial.review import Reviewable
from editorial.translations import columns, translated_fields
from projects.models import Document, Participation, Project, check_project, documents, participation
from results.models.indicators import FigureField, Target, check_stays
from results.steps import FIGURE_STEPS, LOCKED, OPEN, PERIOD_STANDINGS, PERIOD_STEPS, FigureState

EMPTY = (None, "")


def is_to_translate(record, field) -> bool:
    """Whether a text can still be translated into the language of the field, whatever else of the record is fixed."""
    if not isinstance(field, TranslationField) or getattr(record, field.attname):
        return False
    return any(getattr(record, name) for name in columns(field.translated_field.name))


def differs(record, stored) -> bool:
    """Whether a field of a record, of those that were read, isn't as it is stored; but for a translation added."""
    texts = translated_fields(type(record))
    fields = [field for field in record._meta.concrete_fields if field.name not in texts]
    names = [
        field.attname for field in fields if field.attname in record.__dict__ and not is_to_translate(stored, field)
    ]
    values = [(getattr(record, name), getattr(stored, name)) for name in names]
    return any(new != old and not (new in EMPTY and old in EMPTY) for new, old in values)


class ReportingPeriod(Reviewable, models.Model):
    """A span that a project reports on. Once locked, it and its measurements stay as they are until it is reopened."""

    review_name = _("Locking")
    steps = PERIOD_STEPS
    standings = PERIOD_STANDINGS
    standing_field = "locked_on"

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
        permissions = [("reopen_reportingperiod", "Can reopen a locked reporting period")]
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

    @property
    def standing(self) -> str:
        return LOCKED if self.locked_on else OPEN

    def take(self, step, due=None):
        self.locked_on = timezone.localdate() if step.state == LOCKED else None

    def hindrance(self, step) -> str:
        """What waits for its review would wait for ever in a locked period."""
        is_asked = self.pk and step.state == LOCKED
        waiting = self.measurements.filter(state=FigureState.SUBMITTED).count() if is_asked else 0
        sentence = ngettext(
            "%(count)d figure still waits for review. Approve or return it first.",
            "%(count)d figures still wait for review. Approve or return them first.",
            waiting,
        )
        return sentence % {"count": waiting} if waiting else ""

    def also_concerned(self) -> list[int]:
        """Those who entered its figures."""
        return [*self.measurements.exclude(author=None).order_by().values_list("author", flat=True).distinct()]

    def why_fixed(self) -> str:
        if not self.locked_on:
            return ""
        message = _("This period was locked on %(day)s. Its dates and figures stay as they are until it is reopened.")
        return message % {"day": long_date(self.locked_on)}

    def check_unfixed(self):
        stored = ReportingPeriod.objects.filter(pk=self.pk).first()
        if stored and (reason := stored.why_fixed()) and differs(self, stored):
            raise ValidationError(reason, code="locked")
        if stored:
            check_stays(self, stored, "project", self.measurements)

    def siblings(self):
        """The project's other periods. A form that edits several at once compares them itself."""
        return ReportingPeriod.objects.filter(project=self.project_id).exclude(pk=self.pk)

    def clean(self):
        self.check_unfixed()
        check_order(self)
        check_year(self, "due_on")
        if self.start and self.end and hasattr(self, "project"):
            self.check_apart_from(self.siblings())

    def check_apart_from(self, others):
        """Raise ValidationError where a day belongs to this period and to another: its figures would count twice."""
        for other in others:
            if self.start <= other.end and other.start <= self.end:
                message = _("The period overlaps with period %(number)s (%(start)s – %(end)s). Move one of the dates.")
                overlap = {"number": other.number, "start": long_date(other.start), "end": long_date(other.end)}
                raise ValidationError({"start": message % overlap}, code="overlap")


class MeasurementQuerySet(TranslatedQuerySet):
    def approved(self):
        """The only ones that count in public."""
        return self.filter(state=Measurement.State.APPROVED)

    def editable_by(self, user):
        """Who is bound to their organisation enters its share or the whole project's, until nobody may any more."""
        values = super().editable_by(user)
        if not user.only_own_organisation:
            return values
        own = Q(participation__isnull=True) | Q(participation__partner=user.partner_id)
        return values.filter(own, period__locked_on__isnull=True).exclude(state=Measurement.State.APPROVED)


class Measurement(Reviewable, models.Model):
    """A value reported for a target in a period, by the whole project or by one of its partners, and what proves it."""

    State = FigureState
    steps = FIGURE_STEPS
    standings = FigureState.choices

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
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
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

    def hindrance(self, step) -> str:
        return self.period.why_fixed() if self.period_id else ""

    def why_fixed(self) -> str:
        approved = _("This value is approved and counts in public, so it stays as it is until it is reopened.")
        locked = self.period.why_fixed() if self.period_id else ""
        return locked or (approved if self.state == FigureState.APPROVED else "")

    def check_unfixed(self):
        stored = Measurement.objects.filter(pk=self.pk).select_related("period").first()
        if stored and not differs(self, stored):
            return
        if reason := (stored.period.why_fixed() if stored else "") or (self.period_id and self.period.why_fixed()):
            raise ValidationError({"period": reason}, code="locked")
        if stored and (reason := stored.why_fixed()):
            raise ValidationError(reason, code="approved")

    def clean(self):
        if not self.target_id:
            return
        for field in ("period", "participation", "evidence_document"):
            if getattr(self, f"{field}_id"):
                check_project(self, field, self.target.project_id)
        self.check_unfixed()
        self.check_measure()
        if self.period_id:
            self.check_still_there()
            self.check_not_counted_twice()
            self.check_continues()

    def check_measure(self):
        """Raise ValidationError where the value can't be one of what its indicator measures."""
        indicator = self.target.indicator
        if not any(getattr(indicator, name) for name in columns("unit")):
            message = _("The indicator %(indicator)s has no unit, so nobody could read a value. Enter its unit first.")
            raise ValidationError({"target": message % {"indicator": indicator}}, code="unit")
        indicator.check_figure(self.value, "value")

    def check_still_there(self):
        """Raise ValidationError where the partner had left the project before the period began."""
        left = self.participation and self.participation.left
        if left and left < self.period.start:
            message = _("%(partner)s left the project on %(day)s, before this period began. Choose another partner.")
            names = {"partner": self.participation.partner, "day": long_date(left)}
            raise ValidationError({"participation": message % names}, code="left")

    def check_not_counted_twice(self):
        """Raise ValidationError where a period would hold the whole project's value beside partners' shares."""
        beside = Measurement.objects.filter(target=self.target, period=self.period).exclude(pk=self.pk)
        if beside.filter(participation__isnull=self.participation_id is not None).exists():
            message = _(
                "The period has a value of the whole project, or shares of partners, for this target already. "
                "Enter either the one or the others, so that nothing counts twice."
            )
            raise ValidationError({"participation": message}, code="twice")

    def check_continues(self):
        """
        Raise ValidationError where a partner's share would follow a value of the whole project that counts from the
        start: who has reported no share since would count as zero.
        """
        indicator = self.target.indicator
        if indicator.calculation == "sum" or indicator.measure == "percentage":
            return
        others = Measurement.objects.filter(target=self.target).exclude(pk=self.pk)
        if self.participation_id:
            broken = others.filter(participation__isnull=True, period__number__lt=self.period.number)
        else:
            broken = others.filter(participation__isnull=False, period__number__gt=self.period.number)
        if broken.exists():
            message = _(
                "This figure counts from the start, so shares of partners can't follow a value of the whole project: "
                "what the others have reached would count as zero. Enter the whole project's value each time from then "
                "on."
            )
            raise ValidationError({"participation": message}, code="continues")


def check_proof(document):
    """Raise ValidationError where the file of a document that proves approved figures is replaced, or moved away."""
    stored = Document.objects.filter(pk=document.pk).first()
    if stored is None or (stored.file.name, stored.project_id) == (document.file.name, document.project_id):
        return
    proved = Measurement.objects.approved().filter(evidence_document=stored).select_related("target", "period")
    if figure := proved.first():
        message = _(
            "This file proves an approved figure, %(figure)s, so it stays as it is. Add the new file as a document of "
            "its own, or reopen the figure first."
        )
        raise ValidationError(message % {"figure": figure}, code="proof")


def check_reporter(reporter):
    """Raise ValidationError where a participation with figures would become another partner's or project's."""
    stored = Participation.objects.filter(pk=reporter.pk).only("project", "partner").first()
    for field in ("project", "partner") if stored else ():
        check_stays(reporter, stored, field, reporter.measurements)


documents.checks.append(check_proof)
participation.checks.append(check_reporter)
