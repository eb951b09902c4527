from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from editorial.admin import PublishableAdmin, TranslatedInline, TranslatedTable
from editorial.copy_admin import Duplicable
from editorial.copying import Copied
from editorial.list_filters import RecordFilter
from partners.models import Contact
from projects.admin.amending import Amending
from projects.admin.consortium import ParticipationInline, doubts
from projects.admin.phases import PhaseInline
from projects.admin.topics import TopicsForMany
from projects.lifecycle import Stage
from projects.models import AmountElsewhere, Project, ProjectWebsite


class StageFilter(admin.SimpleListFilter):
    title = _("life stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return Stage.choices

    def queryset(self, request, projects):
        return projects.in_stage(self.value()) if self.value() in Stage else projects


class WebsiteTable(TranslatedTable):
    model = ProjectWebsite
    classes = ["collapse"]
    fields = ["address", "order"]


class ElsewhereTable(TranslatedTable):
    model = AmountElsewhere
    classes = ["collapse"]
    fields = ["what", "amount", "currency"]


class ContactInline(TranslatedInline):
    model = Contact
    classes = ["collapse"]
    fields = [
        "partner", "function", ("email", "phone"), "person", ("start", "end"), ("consent_given_on", "consent_ends_on"),
    ]  # fmt: skip
    autocomplete_fields = ["partner"]
    list_select_related = ["partner", "project"]


@admin.register(Project)
class ProjectAdmin(Duplicable, TopicsForMany, Amending, PublishableAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["acronym", "title", "programme", "topics", "specific_objective"]}),
        (_("Numbers it is known by"), {"fields": ["call", "operation_code", "keep_id"]}),
        (_("In words"), {"fields": ["summary", "change", "goals", "picture"]}),
        (_("Dates"), {"fields": ["approved_on", ("start", "end"), "durability_years", "cancelled_on"]}),
        (
            _("Money"),
            {"fields": ["total_budget", ("union_funding", "union_funding_is_rounded"), "national_cofinancing"]},
        ),
        PublishableAdmin.PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["acronym"]}
    autocomplete_fields = ["programme", "topics", "specific_objective", "picture"]
    inlines = [WebsiteTable, PhaseInline, ParticipationInline, ElsewhereTable, ContactInline]
    date_hierarchy = "start"
    list_display = [
        "acronym", "title", "stage", "state", "written_in", "partner_count", "country_count", "start", "end",
        "programme",
    ]  # fmt: skip
    list_select_related = ["programme__period"]
    list_filter = ["state", StageFilter, ("programme", RecordFilter), ("topics", RecordFilter)]
    search_fields = ["acronym", "title", "summary", "operation_code", "slug"]
    copy_asks = ["title", "acronym", "slug", "start"]
    copy_names = ["title", "acronym"]
    copy_first_day = "start"
    copied = Copied(
        without=[
            "call", "operation_code", "keep_id", "approved_on", "cancelled_on", "picture",
            "total_budget", "union_funding", "union_funding_is_rounded", "national_cofinancing",
        ],
        ends=["end"],
    )  # fmt: skip
    copy_explained = _(
        "The copy is a draft with the programme, the topics, the texts in all languages, the partners who have not"
        " left, and the phases, targets and reporting periods, their days moved to the new start. Amounts, the numbers"
        " the project is known by, contacts, websites, documents, news and reported figures stay with the original, and"
        " so does its title in the other languages."
    )

    def for_list(self, projects):
        return projects.with_partners()

    def projects_of(self, project):
        return {project.pk} - {None}

    def projects_of_version(self, snapshot):
        return {snapshot.record_id}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for doubt in doubts(form.instance):
            messages.warning(request, doubt)

    @admin.display(description=_("life stage"))
    def stage(self, project):
        return project.stage.label

    @admin.display(description=_("partners"))
    def partner_count(self, project):
        return len(project.consortium)

    @admin.display(description=_("countries"))
    def country_count(self, project):
        return len(project.countries)
