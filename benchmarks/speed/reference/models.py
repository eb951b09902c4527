from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """What a list is commonly made of: a dozen columns in one language."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        EVENT = "event", _("Event")

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    author = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    summary = models.TextField()
    body = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    published_on = models.DateField(db_index=True)
    website = models.URLField()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("entry", args=[self.slug])
