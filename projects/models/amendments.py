from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, check_year
from editorial.fields import AmountField, not_negative
from editorial.querysets import TranslatedQuerySet
from partners.models import Partner
from projects import lifecycle
from projects.decisions import Told, told
from projects.models.project import Project


class Amendment(models.Model):
    """
    A decision that changed canonical facts of a project, with their values before and after it.

    Where both values of a fact are empty, it stayed as it was; where one is, it was not published then.
    """

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("Extension")
        BUDGET = "budget", _("Budget change")
        PARTNERSHIP = "partnership", _("Partnership change")
        OTHER = "other", _("Other")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="amendments", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    decided_on = models.DateField(
        _("decided on"), null=True, blank=True, help_text=_("Empty: the date of the decision is not known.")
    )
    reason = models.TextField(_("reason"), blank=True)
    previous_end = models.DateField(_("previous end"), null=True, blank=True)
    new_end = models.DateField(_("new end"), null=True, blank=True)
    previous_total_budget = AmountField(_("previous total budget"))
    new_total_budget = AmountField(_("new total budget"))
    previous_union_funding = AmountField(_("previous Union funding"))
    new_union_funding = AmountField(_("new Union funding"))
    previous_partner_count = models.PositiveSmallIntegerField(_("previous number of partners"), null=True, blank=True)
    new_partner_count = models.PositiveSmallIntegerField(_("new number of partners"), null=True, blank=True)
    previous_country_count = models.PositiveSmallIntegerField(_("previous number of countries"), null=True, blank=True)
    new_country_count = models.PositiveSmallIntegerField(_("new number of countries"), null=True, blank=True)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["project", F("decided_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_says_from_when_to_when",
                condition=~Q(kind="extension") | Q(previous_end__isnull=False, new_end__isnull=False),
            ),
            not_negative(
                "amended_amounts_not_negative",
                "previous_total_budget",
                "new_total_budget",
                "previous_union_funding",
                "new_union_funding",
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.get_kind_display()}"

    def clean(self):
        self.check_decided_on()
        for name in ("previous_end", "new_end"):
            check_year(self, name)
        if self.kind == self.Kind.EXTENSION:
            self.check_extension()
        if self.kind == self.Kind.BUDGET and self.new_total_budget is None and self.new_union_funding is None:
            message = _("Say what the decision changed: fill in the new total budget or the new Union funding.")
            raise ValidationError({"new_total_budget": message}, code="required")

    def check_decided_on(self):
        """Raise ValidationError where the day of the decision is still to come, or can't be meant."""
        if self.decided_on and self.decided_on > timezone.localdate():
            message = _("This day is still to come. Enter the day of the decision, or leave it empty.")
            raise ValidationError({"decided_on": message}, code="to_come")
        check_year(self, "decided_on")

    def check_extension(self):
        """Raise ValidationError where an extension doesn't move the end to a later day."""
        for field in ("previous_end", "new_end"):
            if getattr(self, field) is None:
                message = _("An extension says from which end to which: fill in both dates.")
                raise ValidationError({field: message}, code="required")
        check_order(self, "previous_end", "new_end")
        if self.previous_end == self.new_end:
            message = _("The end has not changed: an extension has a later one.")
            raise ValidationError({"new_end": message}, code="same")

    @property
    def told(self) -> list[Told]:
        """What it changed, in the reader's words."""
        return told(self, self.partnership_changes.all())

    @property
    def title(self) -> str:
        """All that it is: “Extension · Budget change”, its own kind first."""
        amounts = ("total_budget", "union_funding")
        told = {
            self.Kind.BUDGET: any(self.changes_fact(name) for name in amounts),
            self.Kind.PARTNERSHIP: self.changes_fact("partner_count") or bool(self.partnership_changes.all()),
        }
        others = [kind for kind, is_told in told.items() if is_told and kind != self.kind]
        return " · ".join(str(self.Kind(kind).label) for kind in [self.kind, *others])

    def changes_fact(self, name) -> bool:
        return getattr(self, f"previous_{name}") != getattr(self, f"new_{name}")

    @property
    def months(self) -> int | None:
        """By how many months the end was moved; None where the end didn't change."""
        if not (self.previous_end and self.new_end):
            return None
        return lifecycle.whole_months(self.previous_end + timedelta(days=1), self.new_end)

    @property
    def budget_difference(self):
        """In EUR; None where one of the two figures isn't known."""
        if self.previous_total_budget is None or self.new_total_budget is None:
            return None
        return self.new_total_budget - self.previous_total_budget


class PartnershipChange(models.Model):
    """What a decision changed for one organisation of a project's consortium."""

    class What(models.TextChoices):
        JOINED = "joined", _("became a partner")
        LEFT = "left", _("is no longer a partner")
        LEADS = "leads", _("became the lead partner")

    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="partnership_changes", verbose_name=_("amendment")
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    what = models.CharField(_("what changed"), max_length=6, choices=What)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "amendment"

    class Meta:
        verbose_name = _("change in the partnership")
        verbose_name_plural = _("changes in the partnership")
        ordering = ["amendment", "what", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="partnership_changes_once_a_decision",
                fields=["amendment", "partner", "what"],
                violation_error_message=_("This is said of the organisation already."),
            )
        ]

    def __str__(self):
        return f"{self.partner} – {self.get_what_display()}"
