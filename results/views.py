from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from editorial.prepared import ask
from editorial.views import RecordList, RecordPage
from projects.views import ProjectPage
from results.bars import shapes_of
from results.chain import chain_of
from results.counting import counted_records, source_of
from results.filters import PracticeFilter
from results.ledger import ledger_of
from results.linked_data import good_practice
from results.models import GoodPractice, PolicyInstrument

LONGEST_NUMBER = 6  # figures, of a reporting period's number


class ProjectResults(ProjectPage):
    section = "results"

    def get_context_data(self, **kwargs):
        lines = ledger_of(self.object.targets.select_related("indicator").lean(), by_day=True)
        parted = [line for line in lines if line.has_parts]
        return super().get_context_data(lines=lines, shapes=shapes_of(lines), parted=parted, **kwargs)


class ProjectCounted(ProjectPage):
    """The records of the portal that one of a project's indicators counts, of a period where the address names one."""

    section = "results"
    MOST_ON_PAGE = 50

    def get_template_names(self):
        return ["results/counted.html"]

    def get_context_data(self, **kwargs):
        counts = self.kwargs["counts"]
        target = self.object.targets.filter(indicator__counts=counts).select_related("indicator").lean().first()
        source = source_of(counts)
        if target is None or source is None:
            raise Http404
        period = self.period(source)
        pages = Paginator(counted_records(counts, self.object, period), self.MOST_ON_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(target=target, period=period, page_obj=page, template=source.template, **kwargs)

    def period(self, source):
        """The reporting period that the address asks for, if any; of records without days there is none."""
        number = self.request.GET.get("period")
        if number is None:
            return None
        is_number = source.day and number.isdecimal() and len(number) < LONGEST_NUMBER
        return get_object_or_404(self.object.reporting_periods, number=number if is_number else None)


class ProjectPractices(ProjectPage):
    section = "practices"

    def get_context_data(self, **kwargs):
        return super().get_context_data(practices=self.object.practices.published().for_list(), **kwargs)


class ProjectPolicy(ProjectPage):
    section = "policy"

    def get_queryset(self):
        return super().get_queryset().prefetch_related(Prefetch("instruments", PolicyInstrument.objects.for_page()))

    def get_context_data(self, **kwargs):
        return super().get_context_data(chain=chain_of(self.object.instruments.all()), **kwargs)


class PracticeList(RecordList):
    model = GoodPractice
    filterset_class = PracticeFilter
    template_name = "results/practice_list.html"

    def get_queryset(self):
        return super().get_queryset().for_list()


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
        related = ask("results.related", related_to, self.object.pk, self.object.project_id)
        return super().get_context_data(related=related, project=self.object.project, **kwargs)


def related_to(practice: int, project: int):
    return GoodPractice.objects.published().related_to(practice, project).for_list()[:3]
