from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.fields import AmountField, CountryField, not_negative
from editorial.formats import amount, country_name
from editorial.querysets import TranslatedQuerySet
from partners.models import Partner
from projects.models.project import Project, check_parts
from projects.querysets import in_consortium

# Functions of a participation about to be saved. One raises ValidationError where a floor above needs it as it is.
checks: list[Callable[["Participation"], None]] = []


class ParticipationQuerySet(TranslatedQuerySet):
    def in_consortium(self):
        """Lead and partners who have not left: those that a project's partners are counted from."""
        return self.filter(in_consortium())

    def of_organisation(self, organisation):
        return self.filter(partner=organisation)

    def of_agency(self):
        """Those of the agency that runs the portal."""
        return self.filter(partner__is_agency=True)

    def in_public(self):
        """What an organisation's page shows: its parts in published projects, the latest first."""
        published = self.filter(project__in=Project.objects.published()).select_related("project__programme__period")
        return published.order_by(F("project__start").desc(nulls_last=True), "pk").lean()


class Participation(models.Model):
    """An organisation's part in a project. Amounts that nobody published are empty: unknown is not zero."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead partner")
        PARTNER = "partner", _("Partner")
        ASSOCIATED = "associated", _("Associated partner")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="participations", verbose_name=_("project")
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="participations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTNER)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Its place in the list of partners."))
    unit = models.CharField(
        _("department"), max_length=200, blank=True, help_text=_("The part of the organisation that does the work.")
    )
    joined = models.DateField(_("joined"), null=True, blank=True, help_text=_("Empty: from the start."))
    left = models.DateField(_("left"), null=True, blank=True, help_text=_("Empty: stayed to the end."))
    total_budget = AmountField(_("total budget"), help_text=_("In EUR. Empty: not published."))
    union_funding = AmountField(_("Union funding"), help_text=_("In EUR. Empty: not published."))
    union_funding_is_rounded = models.BooleanField(
        _("Union funding is rounded"), default=False, help_text=_("Only a rounded figure has been published.")
    )
    other_contribution = AmountField(_("other contribution"), help_text=_("In EUR: national, regional or own."))
    funding_note = models.CharField(
        _("note on funding"),
        max_length=250,
        blank=True,
        help_text=_("As “The Republic of Slovenia co-finances this share”."),
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["project", "order", "pk"]
        constraints = [
            in_order("participation_ends_after_it_begins", "joined", "left"),
            models.UniqueConstraint(
                name="partner_takes_part_once",
                fields=["project", "partner"],
                violation_error_message=_("This organisation takes part in the project already."),
            ),
            models.UniqueConstraint(
                name="one_lead_partner",
                fields=["project"],
                condition=Q(role="lead"),
                violation_error_message=_(
                    "The project has a lead partner already. Make the other one a partner first."
                ),
            ),
            not_negative("shares_not_negative", "total_budget", "union_funding", "other_contribution"),
            models.CheckConstraint(
                name="union_share_within_partner_budget", condition=Q(total_budget__gte=F("union_funding"))
            ),
        ]

    def __str__(self):
        return f"{self.partner} – {self.project}"

    @property
    def is_lead(self) -> bool:
        return self.role == self.Role.LEAD

    @property
    def in_consortium(self) -> bool:
        return self.role != self.Role.ASSOCIATED and (self.left is None or self.left > timezone.localdate())

    @property
    def eu_rate(self) -> Decimal | None:
        """The Union's share of the partner's budget, of one; None where an amount isn't known."""
        if not self.total_budget or self.union_funding is None:
            return None
        return self.union_funding / self.total_budget

    def clean(self):
        check_order(self, "joined", "left")
        self.check_share("union_funding", self.total_budget, _("the organisation's own budget"))
        check_parts(self, "other_contribution")
        if hasattr(self, "project"):
            self.check_share("total_budget", self.project.total_budget, _("the project's total budget"))
            self.check_share("union_funding", self.project.union_funding, _("the project's Union funding"))
        for check in checks:
            check(self)

    def check_share(self, field, whole, name_of_whole):
        """Raise ValidationError where a part is above its whole; an unknown whole contradicts nothing."""
        part = getattr(self, field)
        if None not in (part, whole) and part > whole:
            message = _("%(part)s is above %(name)s, %(whole)s. Correct one of the two.")
            raise ValidationError(
                {field: message % {"part": amount(part), "name": name_of_whole, "whole": amount(whole)}}, code="share"
            )


class StakeholderGroup(models.Model):
    """Those whom a project consults in one country."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="stakeholder_groups", verbose_name=_("project")
    )
    country = CountryField(_("country"))
    name = models.CharField(_("name"), max_length=200)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("stakeholder group")
        verbose_name_plural = _("stakeholder groups")
        ordering = ["project", "country", "pk"]

    def __str__(self):
        return self.name or f"{self.project}: {country_name(self.country)}"


class StakeholderMember(models.Model):
    group = models.ForeignKey(
        StakeholderGroup, on_delete=models.CASCADE, related_name="members", verbose_name=_("stakeholder group")
    )
    name = models.CharField(_("name"), max_length=250)
    partner = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("organisation in this portal")
    )

    belongs_to = "group"

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["group", "pk"]

    def __str__(self):
        return self.name
