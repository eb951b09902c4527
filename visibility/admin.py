from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.admin import TranslatedAdmin
from editorial.list_filters import RecordFilter
from visibility.models import DutyEvidence


@admin.register(DutyEvidence)
class DutyEvidenceAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What was asked"), {"fields": ["project", "duty", "participation"]}),
        (_("How it was met"), {"fields": ["met_on", "address", "document", "picture", "note"]}),
        (_("Where the rules don’t ask it"), {"fields": ["does_not_apply"]}),
        (_("Who recorded it"), {"fields": ["recorded_by", "recorded_on"]}),
    ]
    readonly_fields = ["recorded_by", "recorded_on"]
    autocomplete_fields = ["project", "participation", "document", "picture"]
    list_display = ["project", "duty", "participation", "met_on", "does_not_apply", "recorded_by"]
    list_display_links = ["project", "duty"]
    list_select_related = [
        "project", "participation__partner", "participation__project", "document__project", "recorded_by",
    ]  # fmt: skip
    list_filter = ["duty", "does_not_apply", ("project", RecordFilter)]
    search_fields = ["project__acronym", "participation__partner__name", "note", "address"]
    date_hierarchy = "met_on"

    def save_model(self, request, evidence, form, change):
        if not change:
            evidence.recorded_by = request.user
        super().save_model(request, evidence, form, change)

    def response_post_save_add(self, request, evidence):
        return self.to_pack(evidence)

    def response_post_save_change(self, request, evidence):
        return self.to_pack(evidence)

    def to_pack(self, evidence):
        """Back to all duties of the project, where the form was opened."""
        return HttpResponseRedirect(reverse("visibility_pack", args=[evidence.project_id]))
