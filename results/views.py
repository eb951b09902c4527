from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from editorial.views import RecordList, RecordPage
from projects.views import ProjectPage
from results.bars import shapes_of
from results.filters import PracticeFilter
from results.linked_data import good_practice
from results.models import ActionPlan, GoodPractice, PolicyChange, PolicyInstrument, Target


class ProjectResults(ProjectPage):
    section = "results"

    def get_queryset(self):
        return super().get_queryset().prefetch_related(Prefetch("targets", Target.objects.for_results_page()))

    def get_context_data(self, **kwargs):
        return super().get_context_data(shapes=shapes_of(self.object.targets.all()), **kwargs)


class ProjectPractices(ProjectPage):
    section = "practices"

    def get_context_data(self, **kwargs):
        return super().get_context_data(practices=self.object.practices.published().lean(), **kwargs)


class ProjectPolicy(ProjectPage):
    section = "policy"

    def get_queryset(self):
        instruments = PolicyInstrument.objects.select_related("partner").prefetch_related(
            Prefetch("action_plans", ActionPlan.objects.select_related("document__project", "partner").lean()),
            Prefetch("changes", PolicyChange.objects.select_related("evidence_document__project").lean()),
        )
        return super().get_queryset().prefetch_related(Prefetch("instruments", instruments.lean()))


class PracticeList(RecordList):
    model = GoodPractice
    filterset_class = PracticeFilter
    template_name = "results/practice_list.html"

    def get_queryset(self):
        return super().get_queryset().select_related("project").lean()


class PracticePage(RecordPage):
    model = GoodPractice
    context_object_name = "practice"
    template_name = "results/practice.html"
    listed = "practices", _("Good practices")

    def describe(self, absolute):
        return good_practice(self.object, absolute)

    def get_queryset(self):
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs):
        related = GoodPractice.objects.published().related_to(self.object).select_related("project").lean()
        return super().get_context_data(related=related[:3], project=self.object.project, **kwargs)
