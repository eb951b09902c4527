from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.dates import check_order, in_order, running_on
from editorial.fields import CountryField, RichTextField
from editorial.models import Picture, Publishable
from editorial.querysets import PublishableQuerySet, TranslatedQuerySet
from editorial.readiness import missing_values


class OrganisationType(models.Model):
    """One of the eleven types by which keep.eu tells organisations apart."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("type of organisation")
        verbose_name_plural = _("types of organisation")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class PartnerQuerySet(PublishableQuerySet):
    def agency(self):
        """The organisation that runs this portal, or None while nobody has said which it is."""
        return self.filter(is_agency=True).select_related("logo").lean("description").first()

    def of_organisation(self, organisation):
        return self.filter(pk=organisation)

    def for_list(self):
        """What a card in a list shows."""
        return self.select_related("kind").lean("description")

    def for_page(self):
        return self.select_related("kind", "logo").lean()


class Partner(Publishable):
    """An organisation, under the name that it gave itself; matched on its identifiers, then on name and country."""

    class LegalStatus(models.TextChoices):
        PUBLIC = "public", _("Public")
        PRIVATE = "private", _("Private")

    name = models.CharField(
        _("name"),
        max_length=250,
        help_text=_("As the organisation calls itself, in its own language. It is never translated."),
    )
    english_name = models.CharField(_("name in English"), max_length=250, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.ForeignKey(
        OrganisationType, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("type of organisation")
    )
    legal_status = models.CharField(_("legal status"), max_length=10, choices=LegalStatus, blank=True)
    country = CountryField(_("country"))
    nuts2 = models.CharField(
        _("NUTS 2 region"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}[A-Z0-9]{2}$", _("A NUTS 2 code has four characters, as SI03."))],
        help_text=_("Its code, as SI03."),
    )
    region = models.CharField(_("name of the region"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    address = models.CharField(_("postal address"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, as 45.95890. It puts the organisation on the map."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    description = RichTextField(_("description"), blank=True)
    pic = models.CharField(
        _("PIC"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{9}$", _("A participant identification code has nine figures, as 999905974."))],
        help_text=_("The participant identification code of the EU's funding portal: nine figures."),
    )
    registration_number = models.CharField(_("VAT or registration number"), max_length=40, blank=True)
    is_agency = models.BooleanField(
        _("runs this portal"),
        default=False,
        help_text=_("The agency whose portal this is. Its name stands at the top of every page."),
    )

    objects = PartnerQuerySet.as_manager()
    required_texts = ()
    required_values = ("name", "country")
    advised_texts = ("description",)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="one_agency_runs_the_portal",
                fields=["is_agency"],
                condition=Q(is_agency=True),
                violation_error_message=_(
                    "Another organisation runs this portal already. Take the tick away there first."
                ),
            ),
            models.UniqueConstraint(
                name="pic_belongs_to_one_partner",
                fields=["pic"],
                condition=~Q(pic=""),
                violation_error_message=_("Another organisation has this PIC already. Is it the same one?"),
            ),
            models.UniqueConstraint(
                name="registration_number_belongs_to_one_partner",
                fields=["country", "registration_number"],
                condition=~Q(registration_number=""),
                violation_error_message=_(
                    "Another organisation of this country has this number already. Is it the same one?"
                ),
            ),
        ]

    def __str__(self):
        return self.short_name or self.name

    def get_absolute_url(self):
        return reverse("partner", args=[self.slug])

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            empty = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({empty: _("A place has both a latitude and a longitude, or neither.")}, code="half")

    def missing_before_publishing(self):
        return super().missing_before_publishing() + missing_values(self, "city", "website", is_required=False)


class ContactQuerySet(TranslatedQuerySet):
    def public_on(self, day=None):
        """Contacts who have consented to being shown, while they hold their function. By default today."""
        day = day or timezone.localdate()
        consented = Q(consent_given_on__lte=day) & running_on(day, "consent_given_on", "consent_ends_on")
        return self.filter(consented, running_on(day))

    def whose_consent_ends(self):
        """Those who hold their function and whose consent ends within `settings.CONSENT_REMINDER`, or has ended."""
        today = timezone.localdate()
        return self.filter(running_on(today), consent_ends_on__lte=today + settings.CONSENT_REMINDER)


class Contact(models.Model):
    """A function at an organisation, perhaps for one project, and perhaps the person who holds it for a time."""

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    project = models.ForeignKey(
        "projects.Project",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("project"),
        help_text=_("Empty: for everything that the organisation does."),
    )
    function = models.CharField(_("function"), max_length=120, help_text=_("As “Project manager” or “Communication”."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Better the function's address than a person's."))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    person = models.CharField(_("person's name"), max_length=120, blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    consent_given_on = models.DateField(
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_("When they agreed to being shown to the public. Without consent the contact stays internal."),
    )
    consent_ends_on = models.DateField(_("consent ends on"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()
    belongs_to = "partner"

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["partner", "pk"]
        constraints = [
            in_order("contact_ends_after_start"),
            in_order("consent_ends_after_it_is_given", "consent_given_on", "consent_ends_on"),
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.function, self.person, str(self.partner)]))

    def clean(self):
        check_order(self)
        check_order(self, "consent_given_on", "consent_ends_on")
        if not self.email and not self.phone:
            raise ValidationError({"email": _("Give an e-mail address or a phone number.")}, code="required")
