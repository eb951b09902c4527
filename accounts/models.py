from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modeltranslation.fields import TranslationField

from accounts.roles import ROLES, Role
from editorial.review import model_named, told


class User(AbstractUser):
    """Someone who works in the back office: of the agency, or of a partner organisation."""

    partner = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organisation"),
        help_text=_("The partner organisation that this person works for."),
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        help_text=_("The languages in which this person writes or translates."),
    )
    interface_language = models.CharField(
        _("language of the back office"),
        max_length=2,
        blank=True,
        help_text=_("Empty: the language that the browser asks for."),
    )

    wants_digest = models.BooleanField(
        _("e-mail me a digest"),
        default=True,
        help_text=_("At most one e-mail a day with what is new for this person. The bell at the top tells it anyway."),
    )
    digest_on = models.DateField(null=True, editable=False)  # the day of the last one

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def role(self) -> Role | None:
        """The role that limits what this person may do; of several the narrowest. A superuser has no limits."""
        if self.is_superuser:
            return None
        names = {group.name for group in self.groups.all()}
        return next((role for role in reversed(ROLES) if role.name in names), None)

    @property
    def only_own_organisation(self) -> bool:
        """Whether they work only with what belongs to the projects that their organisation takes part in."""
        return self.role is not None and self.role.only_own_organisation

    @property
    def unread(self) -> int:
        """How many notices wait for them."""
        return self.notices.unread().count()

    def may_write(self, field) -> bool:
        """Whether, of a record that they may change, they may change this field of the model."""
        role = self.role
        if role is None:
            return True
        if role.only_own_languages:
            return isinstance(field, TranslationField) and field.language in self.languages
        if role.only_fields is not None:
            return field.name in role.only_fields
        return field.name not in role.never_fields

    def may_set(self, state: str) -> bool:
        """Whether they may give a record this state."""
        return self.role is None or self.role.states is None or state in self.role.states


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def to_mail(self):
        """What a digest should tell: neither read nor mailed."""
        return self.unread().filter(mailed_at=None)

    def mark_read(self):
        return self.unread().update(read_at=timezone.now())


class Notice(models.Model):
    """Tells someone that a record of theirs took a step of the review: at the bell, and in the digest."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=20)  # a code of editorial.review
    kind = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=250)  # of the record, as it was then
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "read_at", "-id"], name="notices_of_person")]

    def __str__(self):
        return told(self.step, model_named(self.kind), self.actor, self.name)

    @property
    def path(self) -> str:
        """The form of the record it is about; empty where the portal no longer has such records."""
        app, model = self.kind.split(".")
        try:
            return reverse(f"admin:{app}_{model}_change", args=[self.record_id])
        except NoReverseMatch:
            return ""
