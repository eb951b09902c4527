from datetime import timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from editorial.prepared import ask
from editorial.views import RecordList, RecordPage
from news.feeds import ArticleFeed
from news.filters import ArticleFilter, EventFilter
from news.linked_data import event_data, news_article
from news.models import Article, Event, Newsletter
from projects.models import Project
from projects.views import ProjectPage


class ProjectNews(ProjectPage):
    section = "news"

    def get_context_data(self, **kwargs):
        return super().get_context_data(articles=self.object.articles.published().for_list(), **kwargs)


class ProjectEvents(ProjectPage):
    section = "events"

    def get_context_data(self, **kwargs):
        events = self.object.events.published().for_list()
        return super().get_context_data(upcoming=events.upcoming(), past=events.past(), **kwargs)


class ProjectMedia(ProjectPage):
    section = "media"

    def get_context_data(self, **kwargs):
        newsletters = Newsletter.objects.filter(project=self.object).select_related("document__project").lean()
        return super().get_context_data(mentions=self.object.media_mentions.all(), newsletters=newsletters, **kwargs)


class ProjectFeed(ProjectPage):
    """The project's news for feed readers, at an address that lasts as long as the project's."""

    def render_to_response(self, context):
        return ArticleFeed(self.object)(self.request)


class ArticleList(RecordList):
    model = Article
    filterset_class = ArticleFilter

    def get_queryset(self):
        return super().get_queryset().for_list()


class ArticlePage(RecordPage):
    model = Article
    template_name = "news/article.html"
    listed = "articles", _("News")

    def describe(self, absolute):
        return news_article(self.object, self.object.projects.all(), absolute)

    def get_queryset(self):
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs):
        programmes = one_for_each_statement(project.programme for project in self.object.projects.all())
        related = ask("news.related", related_to, self.object.pk)
        return super().get_context_data(programmes=programmes, related=related, **kwargs)


def related_to(article: int):
    """The latest others on the public projects of an article."""
    projects = Project.objects.published().filter(articles=article)
    about = Article.projects.through.objects.filter(project__in=projects).values("article")
    return Article.objects.published().filter(pk__in=about).exclude(pk=article).for_list()[:3]


def one_for_each_statement(programmes):
    """Programmes whose rules want different words beside the emblem: an article may tell of projects of two periods."""
    words = {}
    for programme in programmes:
        fund = programme.fund_id if programme.period.names_fund else None
        words.setdefault((programme.own_statement or programme.period_id, fund), programme)
    return list(words.values())


class EventList(RecordList):
    model = Event
    filterset_class = EventFilter

    def get_queryset(self):
        return super().get_queryset().for_list()


class Calendar(EventList):
    """The events of the last year and all to come, filtered as their list is, for calendars to subscribe to."""

    paginate_by = None

    def get_queryset(self):
        a_year_ago = timezone.localdate() - timedelta(days=365)
        return self.filters.qs.for_list().filter(end_date__gte=a_year_ago)

    def render_to_response(self, context):
        return calendar_file(self.request, context["object_list"], _("Events"), "calendar")


class EventPage(RecordPage):
    model = Event
    listed = "events", _("Events")

    def describe(self, absolute):
        return event_data(self.object, absolute)

    template_name = "news/event.html"

    def get_queryset(self):
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(project=self.object.project, **kwargs)


class EventCalendar(EventPage):
    """One event, for one's own calendar."""

    def get_object(self, queryset=None):
        event = super().get_object(queryset)
        if event.only_month_known:
            raise Http404
        return event

    def render_to_response(self, context):
        return calendar_file(self.request, [self.object], self.object.title, self.object.slug)


def calendar_file(request, events, name, filename):
    calendar_of = import_string("news.calendars.calendar_of")  # icalendar takes 3 MB, which few workers need
    calendar = calendar_of(events, str(name), request.build_absolute_uri)
    disposition = content_disposition_header(as_attachment=False, filename=f"{filename}.ics")
    return HttpResponse(
        calendar, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition}
    )
