from django.db.models import Prefetch
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from editorial.previews import Previewed, shown_by_link
from editorial.views import RecordList, RecordPage, reader, withdrawn
from partners.map import map_of
from partners.models import Partner
from projects.filters import ProjectFilter
from projects.linked_data import research_project
from projects.models import Document, Project, StakeholderGroup
from projects.places import places_of_consortium
from projects.sections import sections_of, timeline_of, with_moments, with_sections
from projects.timeline import draw_timeline
from projects.who_pays import funding_of


class ProjectList(RecordList):
    model = Project
    filterset_class = ProjectFilter

    def get_queryset(self):
        return super().get_queryset().for_list()


class ProjectPage(RecordPage):
    """One of a project's pages. `section` names which; a section that holds nothing has no page."""

    model = Project
    section = None
    listed = "projects", _("Projects")

    def get_queryset(self):
        return with_sections(super().get_queryset().for_page()).lean()

    def get_object(self, queryset=None):
        project = super().get_object(queryset)
        if self.section and self.section not in [section.name for section in sections_of(project)]:
            raise Http404
        return project

    def trail(self):
        above = super().trail()
        return [*above, (self.object.acronym, self.object.get_absolute_url())] if self.section else above

    def get_template_names(self):
        return [f"projects/sections/{self.section}.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(sections=sections_of(self.object), section=self.section, **kwargs)


class ProjectOverview(ProjectPage):
    def get_queryset(self):
        return with_moments(super().get_queryset().for_overview()).lean()

    def get_template_names(self):
        return ["projects/overview.html"]

    def describe(self, absolute):
        return research_project(self.object, absolute)

    def get_context_data(self, **kwargs):
        timeline = timeline_of(self.object)
        picture = draw_timeline(self.object, timeline)
        places = places_of_consortium(self.object)
        pictures = {"timeline_picture": picture, "funding": funding_of(self.object), "map": map_of(places)}
        context = super().get_context_data(timeline=timeline, places=places, **pictures, **kwargs)
        previews = [section for section in context["sections"] if section.preview]
        for section in previews:
            context |= section.preview(self.object)
        return context | {"previews": previews, "contacts": self.object.public_contacts}


class ProjectPartners(ProjectPage):
    section = "partners"

    def get_queryset(self):
        groups = StakeholderGroup.objects.prefetch_related(Prefetch("members__partner", Partner.objects.lean())).lean()
        return super().get_queryset().with_partners().prefetch_related(Prefetch("stakeholder_groups", groups))

    def get_context_data(self, **kwargs):
        places = places_of_consortium(self.object)
        return super().get_context_data(places=places, map=map_of(places), **kwargs)


class ProjectDocuments(ProjectPage):
    section = "documents"

    def get_queryset(self):
        documents = Document.objects.select_related("phase", "project").lean()
        return super().get_queryset().prefetch_related(Prefetch("documents", documents))


class DocumentFile(Previewed, View):
    """A project's file, for whoever may see the project."""

    model = Project

    def get(self, request, slug, pk, filename):
        projects = Project.objects.visible_to(reader(request)) | shown_by_link(request, Project)
        document = Document.objects.filter(project__in=projects.filter(slug=slug), pk=pk).lean().first()
        if document is None and (project := Project.objects.withdrawn().filter(slug=slug).lean().first()):
            return withdrawn(request, project, ProjectPage.listed)
        if document is None or document.filename != filename:
            raise Http404
        try:
            return FileResponse(document.file.open(), filename=document.filename)
        except OSError as error:
            raise Http404 from error
