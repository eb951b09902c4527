from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.fields import RichTextField
from editorial.models import Publishable


class Page(Publishable):
    """A page that staff write: about, accessibility, privacy, open data, and what else the agency needs."""

    HOME = "home"  # its title and body open the home page
    TAKEN = ["projects", "partners", "practices", "news", "events", "search", "share", "preview", "styleguide"]
    required_texts = ("title", "body")
    advised_texts = ("summary",)

    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence, for search engines and lists.")
    )
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]

    def __str__(self):
        return self.title or self.slug

    def clean(self):
        if len(self.slug) < 3 or not self.slug[0].isalpha() or self.slug in self.TAKEN:
            message = _(
                "A page's address begins with a letter, has three characters at least, and is none of the portal's "
                "own: %(own)s. Choose another one."
            )
            raise ValidationError({"slug": message % {"own": ", ".join(self.TAKEN)}}, code="taken")

    def get_absolute_url(self):
        return reverse("home") if self.slug == self.HOME else reverse("page", args=[self.slug])
