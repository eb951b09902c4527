from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order
from editorial.fields import CountryField, RichTextField
from editorial.models import Picture, Publishable
from editorial.readiness import Gap, missing_values
from partners.models import Partner
from projects.models import Project, Topic
from results.querysets import GoodPracticeQuerySet


class GoodPractice(Publishable):
    """Something that worked in one region and is worth taking over in another."""

    class Validation(models.TextChoices):
        PROPOSED = "proposed", _("Proposed by the project")
        VALIDATED = "validated", _("Validated by the programme")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="practices", verbose_name=_("project"))
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("partner"),
        help_text=_("The partner who brought it into the project."),
    )
    title = models.CharField(_("title"), max_length=100)
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences for lists."))
    description = RichTextField(_("what it is"), blank=True)
    resources = RichTextField(_("resources needed"), blank=True)
    evidence = RichTextField(_("evidence of success"), blank=True)
    difficulties = RichTextField(_("difficulties"), blank=True)
    transfer = RichTextField(_("potential for transfer"), blank=True)
    owner = models.CharField(_("owner"), max_length=250, blank=True, help_text=_("The organisation that runs it."))
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = CountryField(_("country"))
    nuts = models.CharField(_("NUTS code"), max_length=5, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="practices", verbose_name=_("topics"))
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: it goes on."))
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    validation = models.CharField(_("validation"), max_length=9, choices=Validation, blank=True)

    objects = GoodPracticeQuerySet.as_manager()
    belongs_to = "project"
    required_texts = ("title", "summary")
    advised_texts = ("description", "evidence", "transfer")
    looked_at_before_publishing = ("topics", "project")

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["pk"]
        constraints = [in_order("practice_ends_after_it_starts")]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("practice", args=[self.slug])

    def clean(self):
        check_order(self)
        self.check_plans()
        if not (self.partner_id and self.project_id):
            return
        if not self.project.participations.filter(partner=self.partner_id).exists():
            message = _("This organisation takes no part in the project. Choose one of its partners, or none.")
            raise ValidationError({"partner": message}, code="partner")

    def check_plans(self):
        """Raise ValidationError where it would leave the project whose action plans it inspired."""
        plans = self.action_plans.exclude(instrument__project=self.project_id) if self.pk and self.project_id else ()
        if plan := next(iter(plans), None):
            message = _("It inspired “%(plan)s”, an action plan of %(project)s. Take it out of that plan first.")
            raise ValidationError(
                {"project": message % {"plan": plan, "project": plan.instrument.project}}, code="plan"
            )

    def missing_before_publishing(self):
        gaps = super().missing_before_publishing() + missing_values(self, "topics", is_required=False)
        if not self.project.is_public:
            message = _("Its project, %(project)s, is not public: until it is, visitors don't see the practice either.")
            gaps.append(Gap(message % {"project": self.project}, "project", is_required=False))
        return gaps
