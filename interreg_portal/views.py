from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from editorial.bars import bars
from editorial.previews import Previewed, shown_by_link
from interreg_portal.key_figures import key_figures, places_of_partners
from news.models import Article, Event
from pages.models import Page
from partners.map import by_country, map_of
from projects.counts import projects_by_topic, projects_by_year
from projects.lifecycle import Stage
from projects.models import Project


class Home(Previewed, TemplateView):
    model = Page
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        projects = Project.objects.published().for_list()
        pages = Page.objects.published() | shown_by_link(self.request, Page)
        places = places_of_partners()
        return super().get_context_data(
            introduction=pages.filter(slug=Page.HOME).lean().first(),
            figures=key_figures(),
            map=map_of(places),
            countries=bars(by_country(places)),
            topics=bars(projects_by_topic()),
            years=bars(projects_by_year()),
            running=projects.in_stage(Stage.RUNNING)[:6],
            others=projects.exclude(pk__in=Project.objects.in_stage(Stage.RUNNING))[:6],
            articles=Article.objects.published().for_list()[:3],
            events=Event.objects.published().upcoming().for_list()[:3],
            **kwargs,
        )


@require_safe
def choose_language(request):
    """`/` leads to the language that the browser asks for, else to the portal's first."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        answer = redirect("home")
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


def not_found(request, exception):
    """Where the address begins with a language that isn't in use, the page says so and names those that are."""
    segment = request.path.split("/")[1]
    languages = dict(settings.CONTENT_LANGUAGES)
    unknown = len(segment) == 2 and segment.isalpha() and segment not in dict(settings.LANGUAGES)
    context = {"unknown_language": languages.get(segment, segment) if unknown else ""}
    return render(request, "404.html", context, status=404)


def not_allowed(request, exception):
    return render(request, "403.html", status=403)


def failed(request):
    """Without anything that could fail once more: no database, no session."""
    return render(request, "500.html", {"agency": None}, status=500)
