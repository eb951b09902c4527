from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.formats import amount_in
from projects.models.project import Project


class AmountElsewhere(models.Model):
    """An amount of a project that was published in another currency than the euro. It is never converted."""

    class What(models.TextChoices):
        TOTAL_BUDGET = "total_budget", _("Total budget")
        UNION_FUNDING = "union_funding", _("Union funding")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="amounts_elsewhere", verbose_name=_("project")
    )
    what = models.CharField(_("what"), max_length=13, choices=What)
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(
        _("currency"),
        max_length=3,
        validators=[
            RegexValidator(r"^(?!EUR)[A-Z]{3}\Z", _("A currency has three letters, as GBP, and is not the euro."))
        ],
        help_text=_("Its code, as GBP."),
    )

    belongs_to = "project"

    class Meta:
        verbose_name = _("amount in another currency")
        verbose_name_plural = _("amounts in another currency")
        ordering = ["project", "what"]
        constraints = [
            models.UniqueConstraint(
                name="amount_elsewhere_once_a_kind",
                fields=["project", "what"],
                violation_error_message=_("The project has this amount in another currency already."),
            ),
            models.CheckConstraint(name="amount_elsewhere_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="amount_elsewhere_is_not_in_euro", condition=~Q(currency="EUR")),
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """`4,578,474.00 GBP`"""
        return amount_in(self.amount, self.currency)
