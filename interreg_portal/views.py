from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from editorial.bars import bars
from editorial.generations import kept
from editorial.prepared import ask
from editorial.previews import Previewed, shown_by_link
from interreg_portal.key_figures import key_figures, places_of_partners
from news.models import Article, Event
from pages.models import Page
from partners.map import by_country, map_of
from projects.counts import projects_by_topic, projects_by_year
from projects.lifecycle import Stage
from projects.models import Project


def others():
    return Project.objects.published().for_list().exclude(pk__in=Project.objects.in_stage(Stage.RUNNING))[:6]


class Home(Previewed, TemplateView):
    model = Page
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        pages = Page.objects.published() | shown_by_link(self.request, Page)
        return super().get_context_data(
            introduction=pages.filter(slug=Page.HOME).lean().first(),
            running=ask("home.running", lambda: Project.objects.published().for_list().in_stage(Stage.RUNNING)[:6]),
            others=ask("home.others", others),
            articles=ask("home.articles", lambda: Article.objects.published().for_list()[:3]),
            events=ask("home.events", lambda: Event.objects.published().upcoming().for_list()[:3]),
            **kept(f"figures_of_all:{translation.get_language()}", figures_of_all),
            **kwargs,
        )


def figures_of_all() -> dict:
    """What is worked out over everything that is public, and kept: it takes the longer the more there is."""
    places = places_of_partners()
    return {
        "figures": key_figures(),
        "map": map_of(places),
        "countries": bars(by_country(places)),
        "topics": bars(projects_by_topic()),
        "years": bars(projects_by_year()),
    }


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
