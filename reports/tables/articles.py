from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from news.models import Article
from projects.models import Project, Topic
from reports.cells import plain_text
from reports.columns import Column, Report
from reports.tables.publication import LANGUAGES, PUBLICATION


def rows(articles, projects=None):
    """With all projects that they are about, or with those given."""
    projects = Project.objects.all() if projects is None else projects
    return (
        Article.objects.filter(pk__in=articles)
        .select_related("author")
        .prefetch_related(
            Prefetch("projects", projects.order_by("acronym").lean()), Prefetch("topics", Topic.objects.lean())
        )
        .lean()
    )


def public_rows(articles):
    return rows(articles, Project.objects.published())


def words(article) -> int:
    return len(plain_text(article.body or "").split())


ARTICLES = Report(
    name="articles",
    title=_("Articles"),
    label=_("Download articles as {format}"),
    model=Article,
    rows=rows,
    public_rows=public_rows,
    columns=[
        Column(_("Title"), attrgetter("title")),
        Column(_("Lead"), attrgetter("lead"), "long_text"),
        Column(_("Projects"), lambda article: list(article.projects.all())),
        Column(_("Topics"), lambda article: list(article.topics.all())),
        Column(_("Written by"), lambda article: article.author and article.author.name),
        Column(_("Source"), attrgetter("source_name")),
        Column(_("Address of the source"), attrgetter("source_address"), "address"),
        Column(_("Number of words"), words, "number"),
        LANGUAGES,
        *PUBLICATION,
    ],
)
