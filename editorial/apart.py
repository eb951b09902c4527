"""Rows of a form that are spans of days, such as phases: none may overlap another as they are saved together."""

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from editorial.forms import RecordForm


class SpanRow(RecordForm):
    """A row whose model compares it with its `siblings` by `check_apart_from`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.siblings = list  # none: SpanRows compares with what is being saved, not with what was


class SpanRows(BaseInlineFormSet):
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
