from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.showing import Found, Text
from editorial.translations import column
from news.models import Article


class ArticleFeed(Feed):
    """The latest news as Atom, of one project if given: those that are written in the reader's language."""

    feed_type = Atom1Feed
    latest = 30

    def __init__(self, project=None):
        self.project = project

    def title(self):
        return f"{self.project.acronym}: {_('News')}" if self.project else _("News")

    def subtitle(self):
        return self.project.title if self.project else _("What is new in the projects.")

    def link(self):
        return reverse("project", args=[self.project.slug]) if self.project else reverse("articles")

    def language(self):
        return get_language()

    def items(self):
        articles = self.project.articles if self.project else Article.objects
        title = column("title", get_language())
        written = articles.published().exclude(**{title: ""}).exclude(**{title: None})
        articles = list(written.for_list().select_related("author")[: self.latest])
        leads = [Text(article.lead, article) for article in articles]
        found = Found(None, leads)
        for lead in leads:
            lead.record.lead_as_read = found.told(lead)
        return articles

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.lead_as_read

    def item_author_name(self, article):
        return article.author.name if article.author else None

    def item_categories(self, article):
        return [project.acronym for project in article.projects.all()]

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.updated_at
