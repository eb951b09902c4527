"""Every component of the public pages in each of its states, on one page: for those who develop the portal alone."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from editorial.bars import Count, bars
from editorial.filters import Option
from interreg_portal import examples
from partners.map import map_of
from projects.filters import ProjectFilter
from projects.lifecycle import Stage
from projects.models import Project
from projects.timeline import draw_timeline
from projects.who_pays import funding_of
from results.bars import shapes_of


def filters(query="", loosened=()) -> ProjectFilter:
    """Those of the projects, as if there were some; none is asked for."""
    made = ProjectFilter(QueryDict(query), Project.objects.none())
    stages = [Option(stage.value, stage.label, 3) for stage in Stage]
    made.options = {name: stages if name == "stage" else [] for name in made.facets}
    made.loosened = lambda: [(chip, 3) for chip in made.chips if chip.name in loosened]
    return made


def timelines() -> list:
    """One with all there is, one whose end isn't published."""
    busy, moments = examples.busy_project()
    return [draw_timeline(busy, moments, examples.TODAY), draw_timeline(examples.project(end=None), [])]


def counts() -> list[Count]:
    names = ["One", "Two", "Grenzüberschreitende Zusammenarbeit", "Four"]
    return [
        Count(name, number, "#bars", colour=place)
        for place, (name, number) in enumerate(zip(names, (24, 7, 1, 0), strict=True))
    ]


class Styleguide(TemplateView):
    """Only where DEBUG is on: a visitor finds nothing here."""

    template_name = "styleguide.html"

    def dispatch(self, *args, **kwargs):
        if not settings.DEBUG:
            raise Http404
        return super().dispatch(*args, **kwargs)

    def get_context_data(self, **kwargs):
        ledger = examples.ledger()
        projects = examples.projects()
        return super().get_context_data(
            projects=projects,
            articles=examples.articles(),
            events=examples.events(),
            partners=examples.partners(),
            practices=examples.practices(),
            untranslated=projects[-2],
            document=examples.document(),
            picture=examples.picture(),
            programmes=[examples.programme("2014-2020"), examples.programme("2021-2027")],
            fundings=[funding_of(project) for project in examples.budgets()],
            ledger=ledger,
            shapes=shapes_of(ledger),
            timelines=timelines(),
            map=map_of(examples.places()),
            places=examples.places(),
            bars=bars(counts()),
            offers=examples.offers(),
            filters=filters("q=river&stage=running"),
            nothing=[filters(), filters("q=river&stage=running", ["q"]), filters("q=river")],
            trail=[(_("Home"), "#"), (_("Projects"), "#bars")],
            page_obj=Paginator(range(60), 20).page(2),
            **kwargs,
        )
