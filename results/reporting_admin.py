from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import RecordFilter, TranslatedAdmin, TranslatedTable
from editorial.copying import Copied
from editorial.formats import number
from results.due import figures_due
from results.models import Measurement, ReportingPeriod


class ReportingPeriodTable(TranslatedTable):
    model = ReportingPeriod
    classes = ["collapse"]
    fields = ["number", "start", "end", "due_on", "locked_on"]
    list_select_related = ["project"]
    copied = Copied(without=["locked_on"], begins=["start"], ends=["end", "due_on"])


class DueFilter(admin.SimpleListFilter):
    title = _("figures")
    parameter_name = "figures"

    def lookups(self, request, model_admin):
        return [("due", _("Due, and not all handed in"))]

    def queryset(self, request, periods):
        return figures_due(periods) if self.value() == "due" else periods


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(TranslatedAdmin):
    fields = ["project", "number", ("start", "end"), "due_on", "locked_on"]
    autocomplete_fields = ["project"]
    list_display = ["project", "number", "start", "end", "due_on", "locked_on"]
    list_display_links = ["project", "number"]
    list_select_related = ["project"]
    list_filter = [DueFilter, ("project", RecordFilter)]
    search_fields = ["project__acronym", "project__title", "number"]


@admin.register(Measurement)
class MeasurementAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What is measured"), {"fields": ["target", "period", "participation"]}),
        (_("What was reached"), {"fields": ["value", "narrative"]}),
        (_("Evidence"), {"fields": ["evidence_document", "evidence_address"]}),
        (_("Review"), {"fields": ["state", "review_note", ("author", "reviewer")]}),
    ]
    readonly_fields = ["author", "reviewer"]
    left_on_restore = ("state",)
    autocomplete_fields = ["target", "period", "participation", "evidence_document"]
    REVIEWED = [Measurement.State.APPROVED, Measurement.State.RETURNED]
    main_text = "narrative"
    list_display = ["target", "period", "participation", "figure", "state", "author", "written_in"]
    list_select_related = [
        "target__project", "target__indicator", "period__project", "participation__partner", "participation__project",
        "author",
    ]  # fmt: skip
    list_filter = ["state", ("target__project", RecordFilter)]
    search_fields = [
        "target__project__acronym", "target__indicator__code", "target__indicator__name", "narrative",
        "participation__partner__name",
    ]  # fmt: skip

    def save_model(self, request, measurement, form, change):
        if not change:
            measurement.author = request.user
        if "state" in form.changed_data and measurement.state in self.REVIEWED:
            measurement.reviewer = request.user
        super().save_model(request, measurement, form, change)

    @admin.display(description=_("value"), ordering="value")
    def figure(self, measurement):
        return number(measurement.value)
