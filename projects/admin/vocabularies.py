from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import TranslatedAdmin
from editorial.list_filters import RecordFilter, ValueFilter
from projects.models import Fund, Programme, ProgrammingPeriod, SpecificObjective, Topic


@admin.register(ProgrammingPeriod)
class ProgrammingPeriodAdmin(TranslatedAdmin):
    fields = ["code", "funding_statement", "names_fund"]
    main_text = "funding_statement"
    list_display = ["code", "funding_statement", "names_fund", "written_in"]
    search_fields = ["code", "funding_statement"]


@admin.register(Fund)
class FundAdmin(TranslatedAdmin):
    fields = ["code", "name"]
    main_text = "name"
    list_display = ["code", "name", "written_in"]
    search_fields = ["code", "name"]


@admin.register(Programme)
class ProgrammeAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["cci", "name", "period", "strand", "fund", "website", "logo"]}),
        (_("Words beside the emblem"), {"fields": ["own_statement"]}),
    ]
    autocomplete_fields = ["period", "fund", "logo"]
    main_text = "name"
    list_display = ["name", "cci", "period", "strand", "fund", "written_in"]
    list_select_related = ["period", "fund"]
    list_filter = [("period", RecordFilter), "strand", ("fund", RecordFilter)]
    search_fields = ["name", "cci", "period__code"]


@admin.register(Topic)
class TopicAdmin(TranslatedAdmin):
    fields = ["name", "slug", "order"]
    prepopulated_fields = {"slug": ["name"]}
    main_text = "name"
    list_display = ["name", "slug", "order", "written_in"]
    search_fields = ["name", "slug"]


@admin.register(SpecificObjective)
class SpecificObjectiveAdmin(TranslatedAdmin):
    fields = ["code", "policy_objective", "name"]
    main_text = "name"
    list_display = ["code", "name", "policy_objective", "written_in"]
    list_filter = [("policy_objective", ValueFilter)]
    search_fields = ["code", "name"]
