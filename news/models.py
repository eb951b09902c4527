from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.dates import check_order, in_order
from editorial.fields import CountryField, LanguageField, RichTextField
from editorial.models import Picture, Publishable
from editorial.querysets import TranslatedQuerySet
from editorial.readiness import Gap, missing_values
from news.querysets import ArticleQuerySet, EventQuerySet
from partners.models import Partner
from projects.models import Document, Phase, Project, Topic, check_project


class Article(Publishable):
    """A piece of news about projects, by the agency or taken over from a named source."""

    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences: what happened, where, for whom."))
    body = RichTextField(_("text"), blank=True)
    author = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("written by"),
        help_text=_("The organisation that wrote it."),
    )
    source_name = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Where it was published first, if elsewhere.")
    )
    source_address = models.URLField(_("address of the source"), blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    projects = models.ManyToManyField(Project, blank=True, related_name="articles", verbose_name=_("projects"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles", verbose_name=_("topics"))

    objects = ArticleQuerySet.as_manager()
    belongs_to = "projects"
    required_texts = ("title", "lead")
    advised_texts = ("body",)
    looked_at_before_publishing = ("projects",)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [models.F("published_at").desc(nulls_last=True), "-pk"]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])

    def missing_before_publishing(self):
        return super().missing_before_publishing() + missing_values(self, "projects", is_required=False)


def time_zones():
    return [(name, name) for name in sorted(available_timezones())]


def agency_time_zone():
    return settings.TIME_ZONE


class Event(Publishable):
    class Kind(models.TextChoices):
        KICK_OFF = "kick_off", _("Kick-off meeting")
        PARTNER_MEETING = "partner_meeting", _("Partner meeting")
        STUDY_VISIT = "study_visit", _("Study visit")
        STAKEHOLDER_MEETING = "stakeholder_meeting", _("Stakeholder meeting")
        WORKSHOP = "workshop", _("Workshop")
        REVIEW = "review", _("Review meeting")
        DISSEMINATION = "dissemination", _("Dissemination event")
        FINAL = "final", _("Final event")

    class Status(models.TextChoices):
        ON = "on", pgettext_lazy("event", "Takes place")
        POSTPONED = "postponed", pgettext_lazy("event", "Postponed")
        CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")

    class Attendance(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("project")
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("phase")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    description = RichTextField(_("description"), blank=True)
    outcome = RichTextField(_("outcome"), blank=True, help_text=_("After the event: what came of it."))
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(
        _("last day"), blank=True, db_index=True, help_text=_("Empty: it ends on its first day.")
    )
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, choices=time_zones, default=agency_time_zone)
    only_month_known = models.BooleanField(
        _("only the month is known"),
        default=False,
        help_text=_("Then enter the month's first day; visitors see the month alone."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ON)
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Building or hall, and street."))
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = CountryField(_("country"), blank=True)
    online_address = models.URLField(_("online address"), blank=True)
    registration_address = models.URLField(_("registration address"), blank=True)
    host = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted_events", verbose_name=_("host")
    )
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="events", verbose_name=_("documents"))
    pictures = models.ManyToManyField(Picture, blank=True, related_name="events", verbose_name=_("pictures"))

    objects = EventQuerySet.as_manager()
    belongs_to = "project"
    required_values = ("start_date", "end_date")
    advised_texts = ("description",)
    looked_at_before_publishing = ("project",)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-start_date", "-pk"]
        constraints = [in_order("event_ends_after_it_starts", "start_date", "end_date")]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("event", args=[self.slug])

    @classmethod
    def from_db(cls, db, field_names, values):
        event = super().from_db(db, field_names, values)
        event._days_in_database = event.__dict__.get("start_date"), event.__dict__.get("end_date")
        return event

    def clean(self):
        self.settle_end()
        check_order(self, "start_date", "end_date")
        one_day = not self.end_date or self.end_date == self.start_date
        if one_day and self.start_time and self.end_time and self.end_time < self.start_time:
            message = _("The event ends before it begins. Correct one of the two times, or enter its last day.")
            raise ValidationError({"end_time": message}, code="order")
        if self.end_time and not self.start_time:
            raise ValidationError({"start_time": _("Say when it begins too.")}, code="required")
        check_project(self, "phase", self.project_id)

    def save(self, *args, **kwargs):
        self.settle_end()
        super().save(*args, **kwargs)

    def settle_end(self):
        """An event of which only the month is known ends with it; one of a single day still does when it is moved."""
        if self.start_date is None:
            return
        first, last = getattr(self, "_days_in_database", (None, None))
        is_moved = first == last == self.end_date and self.start_date != first
        if self.only_month_known:
            self.start_date = self.start_date.replace(day=1)
            self.end_date = self.start_date.replace(day=monthrange(self.start_date.year, self.start_date.month)[1])
        elif self.end_date is None or is_moved:
            self.end_date = self.start_date

    @property
    def begins(self) -> date | datetime:
        """The first day; with its time of day, where that is known, in the event's own time zone."""
        return self._moment(self.start_date, self.start_time)

    @property
    def ends(self) -> date | datetime:
        """The last day; with its time of day where that is known, and that of the beginning."""
        return self._moment(self.end_date, self.end_time)

    def _moment(self, day, at):
        return datetime.combine(day, at, ZoneInfo(self.time_zone)) if self.start_time and at else day

    @property
    def is_past(self) -> bool:
        return self.end_date < timezone.localdate()

    def missing_before_publishing(self):
        gaps = super().missing_before_publishing()
        if not (self.city or self.online_address):
            gaps.append(Gap(_("It says neither a city nor an online address."), "city", is_required=False))
        if self.project and not self.project.is_public:
            message = _("Its project, %(project)s, is not public: until it is, visitors don't see the event either.")
            gaps.append(Gap(message % {"project": self.project}, "project", is_required=False))
        return gaps


class MediaMention(models.Model):
    """What others published about a project."""

    class Kind(models.TextChoices):
        PRESS = "press", _("Press")
        RADIO = "radio", _("Radio")
        TV = "tv", _("Television")
        WEB = "web", _("Web")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="media_mentions", verbose_name=_("project")
    )
    outlet = models.CharField(_("outlet"), max_length=150, help_text=_("The newspaper, station or site."))
    title = models.CharField(_("title"), max_length=250, help_text=_("In the language it was published in."))
    language = LanguageField(_("language"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.WEB)
    published_on = models.DateField(_("published on"))
    address = models.URLField(_("address"), blank=True)

    belongs_to = "project"

    class Meta:
        verbose_name = _("media mention")
        verbose_name_plural = _("media mentions")
        ordering = ["-published_on", "-pk"]

    def __str__(self):
        return f"{self.outlet}: {self.title}"


class Newsletter(models.Model):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="newsletters", verbose_name=_("project")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    address = models.URLField(_("address"), blank=True)

    objects = TranslatedQuerySet.as_manager()
    belongs_to = "project"

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["project", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="newsletter_number_unique_in_project",
                fields=["project", "number"],
                violation_error_message=_("The project has a newsletter with this number already."),
            ),
            models.CheckConstraint(name="newsletter_can_be_read", condition=Q(document__isnull=False) | ~Q(address="")),
        ]

    def __str__(self):
        return f"{self.number}. {self.title or ''}".strip()

    def clean(self):
        check_project(self, "document", self.project_id)
        if not self.document_id and not self.address:
            raise ValidationError({"address": _("Choose the newsletter's file, or give its address.")}, code="required")
