from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from editorial.changes import Followed
from editorial.decisions import Decision
from editorial.fields import AddressField
from editorial.pictures import check_picture, picture_address
from editorial.querysets import PictureQuerySet, PublishableQuerySet
from editorial.readiness import Gap, missing_descriptions, missing_texts, missing_values
from editorial.renditions import make_renditions, remove_after_commit, source_set
from editorial.review import STEPS, Reviewable
from editorial.states import SCHEDULED, STANDINGS, State
from editorial.translating.models import Identity, ReturnedFile, SourceText, Translation
from editorial.translations import column

__all__ = [
    "BulkChange",
    "Decision",
    "FormerSlug",
    "Identity",
    "Picture",
    "Presence",
    "Publishable",
    "ReturnedFile",
    "Snapshot",
    "SourceText",
    "Translation",
]


class Publishable(Reviewable, Followed):
    """
    A record with a public page: `slug` is its address in every language, `state` and `published_at` say who may see it.

    A published record whose time has not come is scheduled. A changed slug leaves a FormerSlug that redirects.
    What a record needs before visitors see it is said by `required_texts`, `required_values`, `advised_texts`, and by a
    model that looks at more in `missing_before_publishing`, which names the relations it needs in
    `looked_at_before_publishing`; what more it requires, it says in `may_lack` as well.
    """

    review_name = _("Review and publishing")
    steps = STEPS
    standings = STANDINGS
    written_by_steps = ["state", "published_at", "updated_at"]
    required_texts = ("title",)
    required_values = ()
    advised_texts = ()
    looked_at_before_publishing = ()

    slug = AddressField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the page's address, in every language: small letters, figures and hyphens."),
        error_messages={
            "required": _("The page needs an address. Take a few words of the title, as “final-event-in-postojna”."),
            "unique": _("Another page has this address already. Add a word or a year to this one."),
        },
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    published_at = models.DateTimeField(
        _("published from"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty: from the moment of publishing. A time to come: visitors see it from then on."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        record = super().from_db(db, field_names, values)
        record._slug_in_database = record.__dict__.get("slug")
        return record

    def save(self, *args, **kwargs):
        if self.state == State.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        super().save(*args, **kwargs)
        former = getattr(self, "_slug_in_database", None)
        if former != self.slug:
            FormerSlug.objects.remember(self, former)
            self._slug_in_database = self.slug

    @property
    def is_public(self) -> bool:
        """Whether a visitor may see it now."""
        return self.state == State.PUBLISHED and self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        """Whether visitors see it from a time to come on."""
        return self.state == State.PUBLISHED and not self.is_public and self.published_at is not None

    @property
    def standing(self) -> str:
        """Its state as editors know it: `scheduled` until the time has come."""
        return SCHEDULED if self.is_scheduled else self.state

    def take(self, step, due=None):
        """One that was published once keeps its day."""
        is_to_come = self.published_at is not None and self.published_at > timezone.now()
        if step.needs_time:
            self.published_at = due
        elif is_to_come:
            self.published_at = timezone.now() if step.makes_public else None
        super().take(step)

    def missing_before_publishing(self) -> list[Gap]:
        """What it lacks, as it is stored with its rows and relations; what is required comes before what is advised."""
        gaps = missing_values(self, "slug", *self.required_values) + missing_texts(self, *self.required_texts)
        return gaps + missing_descriptions(self) + missing_texts(self, *self.advised_texts, is_required=False)

    @classmethod
    def may_lack(cls) -> models.Q:
        """Records that may lack something required beside their texts, values and descriptions of pictures."""
        return models.Q()


class FormerSlugQuerySet(models.QuerySet):
    def remember(self, record, former):
        """Let `former`, and every slug that led to it, lead to the record's slug of now."""
        kind = record._meta.label_lower
        self.filter(kind=kind, former=record.slug).delete()
        if former:
            self.filter(kind=kind, current=former).update(current=record.slug)
            self.create(kind=kind, former=former, current=record.slug)

    def current(self, model, former) -> str | None:
        """The slug that a page has now, given one that it had before."""
        return self.filter(kind=model._meta.label_lower, former=former).values_list("current", flat=True).first()


class FormerSlug(models.Model):
    """An address that a page once had, kept so that links to it go on working."""

    kind = models.CharField(max_length=60)
    former = models.SlugField(max_length=80)
    current = models.SlugField(max_length=80)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "former"], name="former_slug_leads_to_one_page")]

    def __str__(self):
        return f"{self.former} → {self.current}"


class Picture(models.Model):
    """A picture with what must be said of it wherever it is shown."""

    file = models.ImageField(
        _("file"),
        upload_to=picture_address,
        validators=[check_picture],
        width_field="width",
        height_field="height",
        help_text=_(
            "A photo or graphic as JPEG, PNG, WebP, AVIF or GIF. Position and camera data are taken out of it."
        ),
    )
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)
    alt = models.CharField(
        _("description for those who can't see it"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, in one sentence: “Visitors beside a robot arm in a factory hall”."),
    )
    is_decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("It says nothing that the text doesn't, and needs no description."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it: “Photo: RRA Posavje”.")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True, help_text=_("For example CC BY 4.0."))
    focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left, in %"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("What must stay in sight where the picture is cropped: click on it in the preview."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top, in %"), default=50, validators=[MaxValueValidator(100)]
    )
    renditions = models.JSONField(default=list, editable=False)  # as make_renditions() tells them

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="focal_point_lies_within_the_picture", condition=models.Q(focus_x__lte=100, focus_y__lte=100)
            )
        ]

    def __str__(self):
        return self.alt or self.file.name.rpartition("/")[2]

    def save(self, *args, **kwargs):
        is_new_file = self.file and not self.file._committed
        former = type(self).objects.filter(pk=self.pk).first() if is_new_file and self.pk else None
        super().save(*args, **kwargs)
        if is_new_file:
            self.make_renditions()
            remove_after_commit(self.file.storage, former.file_names if former else [])

    def delete(self, *args, **kwargs):
        storage, names = self.file.storage, self.file_names
        deleted = super().delete(*args, **kwargs)
        remove_after_commit(storage, names)
        return deleted

    def make_renditions(self):
        """Make the picture's renditions anew; the caller removes those that were."""
        self.renditions = make_renditions(self.file)
        type(self).objects.filter(pk=self.pk).update(renditions=self.renditions)

    @property
    def file_names(self) -> list[str]:
        """The names in the storage of its file and its renditions."""
        return [self.file.name, *self.rendition_names]

    @property
    def rendition_names(self) -> list[str]:
        return [rendition["name"] for rendition in self.renditions]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """What today's browsers choose from: the format, as “avif”, with the `srcset` of its renditions."""
        return [(format.lower(), self.source_set(format)) for format in ("AVIF", "WEBP") if self.renditions]

    @property
    def fallback(self) -> str:
        """The `srcset` for browsers that know none of the sources."""
        return self.source_set("JPEG", "PNG")

    @property
    def fallback_url(self) -> str:
        """The widest picture that every browser can show."""
        return self.fallback_urls[0]

    @property
    def thumbnail_url(self) -> str:
        """The smallest one."""
        return self.fallback_urls[-1]

    @property
    def fallback_urls(self) -> list[str]:
        names = [rendition["name"] for rendition in self.renditions if rendition["format"] in ("JPEG", "PNG")]
        return [self.file.storage.url(name) for name in names] or [self.file.url]

    def source_set(self, *formats) -> str:
        return source_set(self.file.storage, [each for each in self.renditions if each["format"] in formats])

    @property
    def focus_classes(self) -> str:
        """The classes of pictures.css that keep the focal point in sight where the picture is cropped."""
        return f"focus-x-{round(self.focus_x, -1)} focus-y-{round(self.focus_y, -1)}"

    def clean(self):
        if not getattr(self, column("alt", settings.LANGUAGE_CODE)) and not self.is_decorative:
            raise ValidationError(
                {"alt": _("Describe the picture in one sentence, or mark it as only decoration.")}, code="required"
            )


class PresenceQuerySet(models.QuerySet):
    def note(self, user, record):
        """Keep in mind that someone has the record's form open, and forget those who no longer have theirs."""
        self.filter(seen_at__lt=timezone.now() - Presence.GONE_AFTER).delete()
        here = Presence(user=user, kind=record._meta.label_lower, record=str(record.pk))
        self.bulk_create(
            [here], update_conflicts=True, unique_fields=["user", "kind", "record"], update_fields=["seen_at"]
        )

    def at(self, record):
        return self.filter(kind=record._meta.label_lower, record=str(record.pk))

    def beside(self, user, record):
        """The others who have the record's form open."""
        seen = self.at(record).filter(seen_at__gte=timezone.now() - Presence.GONE_AFTER)
        return seen.exclude(user=user).select_related("user").order_by("opened_at")


class Presence(models.Model):
    """Someone has a record's form open. Nothing is locked by it: the others are told."""

    GONE_AFTER = timedelta(seconds=90)  # a form says that it is open every 30 seconds

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "record"], name="one_presence_per_form")]

    def __str__(self):
        words = _("%(name)s opened this form at %(time)s and may be working in it.")
        time = date_format(timezone.localtime(self.opened_at), "TIME_FORMAT")
        return words % {"name": self.user.get_full_name() or self.user.get_username(), "time": time}


class BulkChange(models.Model):
    """One action over several records of a `kind`, which who did it can undo; its snapshots say which they were."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=60)
    screen = models.CharField(max_length=100)  # as a Snapshot's
    undone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"], name="bulk_change_of_user")]

    def __str__(self):
        return f"{self.screen} {self.kind}, {self.at:%Y-%m-%d %H:%M}"


class Snapshot(models.Model):
    """
    One save of a record: who, when, from which screen, what changed. `revision` holds the record as it was then.

    `screen` is a code of `editorial.history`, `of` the model whose screen it was; `gone` marks the record's deletion,
    `bulk` the action over several records of which the save was one. `changes` may also say `why`.
    """

    revision = models.ForeignKey("reversion.Revision", on_delete=models.CASCADE, related_name="snapshots")
    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    screen = models.CharField(max_length=100)
    of = models.CharField(max_length=60)
    gone = models.BooleanField(default=False)
    changes = models.JSONField(null=True)
    bulk = models.ForeignKey(BulkChange, on_delete=models.SET_NULL, null=True, related_name="snapshots")

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "record_id", "-id"], name="snapshot_of_record")]

    def __str__(self):
        return f"{self.kind} {self.record_id}, {self.at:%Y-%m-%d %H:%M}"
