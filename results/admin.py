from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from editorial.admin import PublishableAdmin, TranslatedAdmin
from editorial.forms import RecordForm
from editorial.list_filters import ChoiceFilter, RecordFilter
from projects.admin.topics import TopicsForMany
from projects.models import Project
from results.ledger_admin import TargetInline
from results.models import (
    ActionPlan,
    GoodPractice,
    Indicator,
    PolicyChange,
    PolicyInstrument,
)
from results.reporting_admin import ReportingPeriodTable

# Targets and periods belong to this floor, but are part of the project's form.
project_admin = admin.site.get_model_admin(Project)
project_admin.inlines = [*project_admin.inlines, TargetInline, ReportingPeriodTable]


@admin.register(Indicator)
class IndicatorAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["code", "name", "definition", "unit", ("level", "is_common")]}),
        (_("How it is counted"), {"fields": [("measure", "can_exceed_whole"), "calculation", "counts"]}),
    ]
    main_text = "name"
    list_display = ["code", "name", "level", "measure", "calculation", "counts", "is_common", "written_in"]
    list_filter = ["level", "measure", "is_common", ("counts", ChoiceFilter)]
    search_fields = ["code", "name", "definition"]


@admin.register(GoodPractice)
class GoodPracticeAdmin(TopicsForMany, PublishableAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["title", "summary", "description", "picture"]}),
        (_("Why it works"), {"fields": ["evidence", "resources", "difficulties", "transfer"]}),
        (_("Where it comes from"), {"fields": ["owner", "place", ("country", "nuts"), ("start", "end")]}),
        (_("In the project"), {"fields": ["project", "partner", "topics", "validation"]}),
        PublishableAdmin.PUBLISHING,
    ]
    autocomplete_fields = ["project", "partner", "topics", "picture"]
    list_display = ["title", "project", "country", "owner", "validation", "state", "written_in"]
    list_select_related = ["project"]
    list_filter = [
        "state",
        "validation",
        ("project", RecordFilter),
        ("country", ChoiceFilter),
        ("topics", RecordFilter),
    ]
    search_fields = ["title", "summary", "owner", "place", "project__acronym", "slug"]


@admin.register(PolicyInstrument)
class PolicyInstrumentAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["name", "managing_body", ("country", "region"), "is_structural_funds"]}),
        (_("Who works on it"), {"fields": ["project", "partner"]}),
    ]
    autocomplete_fields = ["project", "partner"]
    main_text = "name"
    list_display = ["name", "project", "partner", "country", "is_structural_funds", "written_in"]
    list_select_related = ["project", "partner"]
    list_filter = [("project", RecordFilter), ("country", ChoiceFilter), "is_structural_funds"]
    search_fields = ["name", "managing_body", "region", "project__acronym", "partner__name"]


class ActionPlanForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("instrument") and "practices" in cleaned:
            try:
                ActionPlan.check_practices(cleaned["instrument"], cleaned["practices"])
            except ValidationError as mistake:
                self.add_error(None, mistake)
        return cleaned


@admin.register(ActionPlan)
class ActionPlanAdmin(TranslatedAdmin):
    form = ActionPlanForm
    fieldsets = [
        (_("What it is"), {"fields": ["instrument", "partner", "title", "summary", "document"]}),
        (_("What inspired it"), {"fields": ["practices"]}),
        (_("How far it is"), {"fields": ["progress", ("start", "end")]}),
    ]
    autocomplete_fields = ["instrument", "partner", "practices", "document"]
    list_display = ["title", "instrument", "partner", "progress", "start", "end", "written_in"]
    list_select_related = ["instrument", "partner"]
    list_filter = ["progress", ("instrument__project", RecordFilter)]
    search_fields = ["title", "summary", "instrument__name", "partner__name", "instrument__project__acronym"]


@admin.register(PolicyChange)
class PolicyChangeAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["instrument", "kind", "achieved_on", "description", "amount_influenced"]}),
        (_("Evidence"), {"fields": ["evidence_document", "evidence_address"]}),
    ]
    autocomplete_fields = ["instrument", "evidence_document"]
    main_text = "description"
    date_hierarchy = "achieved_on"
    list_display = ["instrument", "kind", "achieved_on", "amount_influenced", "written_in"]
    list_display_links = ["instrument", "kind"]
    list_select_related = ["instrument"]
    list_filter = ["kind", ("instrument__project", RecordFilter)]
    search_fields = ["instrument__name", "description", "instrument__project__acronym"]
