from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from editorial.translations import active_languages, columns, languages_with


class RecordSitemap(Sitemap):
    """A model's public pages: each in the languages that its `text` is written in; in all of them without one."""

    i18n = alternates = True

    def __init__(self, records, text=None):
        self.records, self.text = records, text

    def items(self):
        texts = columns(self.text) if self.text else []
        return self.records.published().order_by("pk").only("slug", "updated_at", *texts)

    def get_languages_for_item(self, record):
        return languages_with(record, self.text) if self.text else active_languages()

    def lastmod(self, record):
        return record.updated_at


class ListSitemap(Sitemap):
    """The pages that show no single record, by the names of their addresses, in all languages."""

    i18n = alternates = True

    def __init__(self, *names):
        self.names = names

    def items(self):
        return self.names

    def get_languages_for_item(self, name):
        return active_languages()

    def location(self, name):
        return reverse(name)
