from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from editorial.admin import TranslatedAdmin, TranslatedTable
from editorial.list_filters import RecordFilter
from projects.models import Amendment, PartnershipChange


class PartnershipTable(TranslatedTable):
    model = PartnershipChange
    fields = ["partner", "what"]
    autocomplete_fields = ["partner"]
    list_select_related = ["partner"]


@admin.register(Amendment)
class AmendmentAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What was decided"), {"fields": ["project", "kind", "decided_on", "reason"]}),
        (_("End"), {"fields": [("previous_end", "new_end")]}),
        (
            _("Money"),
            {
                "fields": [
                    ("previous_total_budget", "new_total_budget"), ("previous_union_funding", "new_union_funding"),
                ]
            },
        ),
        (
            _("Partnership"),
            {
                "fields": [
                    ("previous_partner_count", "new_partner_count"), ("previous_country_count", "new_country_count"),
                ]
            },
        ),
    ]  # fmt: skip
    inlines = [PartnershipTable]
    autocomplete_fields = ["project"]
    main_text = "reason"
    date_hierarchy = "decided_on"
    list_display = ["project", "kind", "decided_on", "previous_end", "new_end", "written_in"]
    list_display_links = ["project", "kind"]
    list_select_related = ["project"]
    list_filter = ["kind", ("project", RecordFilter)]
    search_fields = ["project__acronym", "project__title", "reason"]
    ordering = ["project__acronym", F("decided_on").asc(nulls_last=True), "pk"]
