from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models import Picture
from editorial.querysets import TranslatedQuerySet
from editorial.readiness import Gap, form_of, missing_texts


class ProgrammingPeriod(models.Model):
    """Seven years of EU funding, with the words that its rules want beside the emblem."""

    code = models.CharField(_("period"), max_length=9, unique=True, help_text=_("As 2021-2027."))
    funding_statement = models.CharField(
        _("funding statement"),
        max_length=200,
        help_text=_("The words beside the emblem, in their official wording: “Co-funded by the European Union”."),
    )
    names_fund = models.BooleanField(
        _("names the fund"),
        default=False,
        help_text=_(
            "Whether the fund must be named too, as 2014-2020 asked (Implementing Regulation 821/2014, Article 4)."
        ),
    )

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("programming period")
        verbose_name_plural = _("programming periods")
        ordering = ["-code"]

    def __str__(self):
        return self.code


class Fund(models.Model):
    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("As ERDF."))
    name = models.CharField(_("name"), max_length=150)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["code"]

    def __str__(self):
        return self.name or self.code


class Programme(models.Model):
    class Strand(models.TextChoices):
        CROSS_BORDER = "A", _("A – cross-border")
        TRANSNATIONAL = "B", _("B – transnational")
        INTERREGIONAL = "C", _("C – interregional")
        OUTERMOST = "D", _("D – outermost regions")

    cci = models.CharField(
        _("CCI code"),
        max_length=15,
        unique=True,
        validators=[RegexValidator(r"^\d{4}[A-Z0-9]{11}$", _("A CCI code has 15 characters, as 2014TC16RFIR001."))],
        help_text=_("The Commission's code of the programme, as 2014TC16RFIR001."),
        error_messages={"unique": _("There is a programme with this CCI code already.")},
    )
    name = models.CharField(_("name"), max_length=200)
    period = models.ForeignKey(ProgrammingPeriod, on_delete=models.PROTECT, verbose_name=_("programming period"))
    strand = models.CharField(_("strand"), max_length=1, choices=Strand, blank=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, verbose_name=_("fund"))
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    own_statement = models.CharField(
        _("own funding statement"),
        max_length=200,
        blank=True,
        help_text=_("Only where the programme asks for other words than its period's official ones."),
    )

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-period__code", "cci"]

    def __str__(self):
        return f"{self.name} ({self.period.code})" if self.period_id else self.name or self.cci

    def missing_for_funding(self) -> list[Gap]:
        """
        What the words beside the emblem lack on the pages of its projects: its name, the statement of its period or its
        own (Reg. (EU) 2021/1060, Article 47), and the fund where the period names it (Impl. Reg. 821/2014, Article 4).
        """
        gaps = missing_texts(self, "name", address=form_of(self), of=str(self))
        if missing_texts(self, "own_statement"):
            gaps += missing_texts(self.period, "funding_statement", address=form_of(self.period), of=str(self.period))
        if self.period.names_fund:
            gaps += missing_texts(self.fund, "name", address=form_of(self.fund), of=str(self.fund))
        return gaps


class Topic(models.Model):
    """A theme of the programmes' vocabulary."""

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name or self.slug


class SpecificObjective(models.Model):
    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("As RSO1.1."))
    policy_objective = models.CharField(_("policy objective"), max_length=12, blank=True)
    name = models.CharField(_("name"), max_length=300)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("specific objective")
        verbose_name_plural = _("specific objectives")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name or ''}".strip()
