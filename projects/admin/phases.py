from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import TranslatedAdmin, TranslatedInline
from editorial.apart import SpanRow, SpanRows
from editorial.copying import Copied
from editorial.list_filters import RecordFilter
from projects.models import Phase


class PhaseInline(TranslatedInline):
    model = Phase
    classes = ["collapse"]
    form = SpanRow
    formset = SpanRows
    fields = ["number", "name", "goal", ("start", "end")]
    copied = Copied(begins=["start"], ends=["end"])


@admin.register(Phase)
class PhaseAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["project", "number", "name", "goal"]}),
        (_("Dates"), {"fields": [("start", "end")]}),
    ]
    autocomplete_fields = ["project"]
    main_text = "name"
    list_display = ["project", "number", "name", "start", "end", "written_in"]
    list_display_links = ["project", "number"]
    list_select_related = ["project"]
    list_filter = [("project", RecordFilter)]
    search_fields = ["name", "goal", "project__acronym", "project__title"]

    def option_label(self, phase):
        return f"{phase.project}: {phase}"
