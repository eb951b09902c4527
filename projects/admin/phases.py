from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from editorial.admin import RecordFilter, TranslatedAdmin, TranslatedInline
from editorial.copying import Copied
from editorial.forms import RecordForm
from projects.models import Phase


class PhaseRow(RecordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.siblings = list  # none: PhaseRows compares with what is being saved, not with what was


class PhaseRows(BaseInlineFormSet):
    """A project's phases, none of which may overlap another as they are saved together."""

    def clean(self):
        super().clean()
        earlier = []
        for row in self.forms:
            if not self._should_delete_form(row) and {"start", "end"} <= row.cleaned_data.keys():
                self.check_apart(row, earlier)
                earlier.append(row.instance)

    def check_apart(self, row, earlier):
        try:
            row.instance.check_apart_from(earlier)
        except ValidationError as overlap:
            row.add_error(None, overlap)


class PhaseInline(TranslatedInline):
    model = Phase
    classes = ["collapse"]
    form = PhaseRow
    formset = PhaseRows
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
