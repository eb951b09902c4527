"""What visitors download from the public lists: the very selection that they see, in its order, as a file."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View

from editorial.views import MOST_IN_A_DOWNLOAD
from news.filters import ArticleFilter, EventFilter
from partners.filters import PartnerFilter
from projects.filters import ProjectFilter
from reports.downloads import as_file
from reports.spreadsheets import FILE_FORMATS
from reports.tables.articles import ARTICLES
from reports.tables.events import EVENTS
from reports.tables.partners import PARTNERS
from reports.tables.practices import PRACTICES
from reports.tables.projects import PROJECTS
from results.filters import PracticeFilter

# The lists by the names of their addresses: the report on each, and its filters.
LISTS = {
    "projects": (PROJECTS, ProjectFilter),
    "partners": (PARTNERS, PartnerFilter),
    "practices": (PRACTICES, PracticeFilter),
    "articles": (ARTICLES, ArticleFilter),
    "events": (EVENTS, EventFilter),
}
FORMATS = {file_format.extension: file_format for file_format in FILE_FORMATS}


class PublicDownload(View):
    """
    A list's selection, by the query of its address. What is too much for a file leads back to the list, which says so.

    Only what is published, whoever asks, and only the columns that visitors may read.
    """

    def get(self, request, name, extension):
        if name not in LISTS or extension not in FORMATS:
            raise Http404
        report, filters = LISTS[name]
        selected = filters(request.GET, report.model.objects.published(), request=request)
        if selected.qs.count() > MOST_IN_A_DOWNLOAD:
            return redirect(f"{reverse(name)}{selected.address}")
        public = report.for_visitors()
        rows = selected.in_order(public.rows(selected.qs))
        answer = as_file(public, FORMATS[extension], public.told(rows, None, request.build_absolute_uri("/")))
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer
