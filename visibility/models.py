from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models import Picture
from editorial.querysets import TranslatedQuerySet
from projects.models import Document, Participation, Project
from projects.models.project import check_project
from visibility.duties import NAMES


def duty_choices():
    return list(NAMES.items())


class DutyField(models.CharField):
    """The name of a duty. Which there are is known to `duties.py` and stays out of migrations."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 20, "choices": duty_choices} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class DutyEvidenceQuerySet(TranslatedQuerySet):
    def editable_by(self, user):
        """Who is bound to their organisation writes of what it did, or the whole project, never of what others did."""
        evidence = super().editable_by(user)
        if not user.only_own_organisation:
            return evidence
        return evidence.filter(Q(participation__isnull=True) | Q(participation__partner=user.partner_id))


class DutyEvidence(models.Model):
    """What shows that a duty to make the funding visible was met, and when; or why it doesn't apply."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="duty_evidence", verbose_name=_("project")
    )
    duty = DutyField(_("duty"))
    participation = models.ForeignKey(
        Participation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duty_evidence",
        verbose_name=_("partner"),
        help_text=_("Whose poster or website it is. Empty: the whole project’s."),
    )
    met_on = models.DateField(_("met on"), null=True, blank=True, help_text=_("The day from which it can be shown."))
    address = models.URLField(_("address"), blank=True, help_text=_("Where it can be seen."))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("As a photo of the poster in its place."),
    )
    does_not_apply = models.BooleanField(
        _("does not apply"), default=False, help_text=_("The rules don’t ask it of this project. Say why in the note.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("As “In the entrance hall, beside the lift”."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_on = models.DateField(_("recorded on"), default=timezone.localdate, editable=False)

    objects = DutyEvidenceQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("evidence of visibility")
        verbose_name_plural = _("evidence of visibility")
        ordering = ["project", "duty", models.F("met_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_is_met_on_a_day_or_does_not_apply",
                condition=Q(does_not_apply=True, met_on__isnull=True) | Q(does_not_apply=False, met_on__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.project}: {self.get_duty_display()}"

    def clean(self):
        self.check_outcome()
        if self.met_on and self.met_on > timezone.localdate():
            raise ValidationError({"met_on": _("This day is still to come.")}, code="future")
        if self.project_id:
            check_project(self, "participation", self.project_id)
            check_project(self, "document", self.project_id)

    def check_outcome(self):
        """Raise ValidationError unless it says either when the duty was met and by what, or why it doesn't apply."""
        if self.does_not_apply:
            if self.met_on:
                raise ValidationError({"met_on": _("What does not apply was met on no day.")}, code="both")
            if not self.note:
                raise ValidationError({"note": _("Say why it does not apply.")}, code="required")
            return
        if not self.met_on:
            raise ValidationError({"met_on": _("Say on which day it was met.")}, code="required")
        if not (self.address or self.document_id or self.picture_id or self.note):
            raise ValidationError(
                {"address": _("Name what shows it: an address, a document, a picture or a note.")}, code="required"
            )
