"""The rows in which someone reports a period's figures: one for each target, of the whole project or of one partner."""

from decimal import Decimal
from functools import cached_property, partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, HiddenInput, ModelChoiceField, inlineformset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.forms import RecordForm
from editorial.review import step_named
from editorial.translations import active_languages, column
from projects.models import Document
from results.models import Measurement, ReportingPeriod, Target

SUBMIT = step_named("submit", Measurement)


class FigureRow(RecordForm):
    """A target's value; one that is fixed takes nothing any more, and says so to who typed before it was."""

    target = ModelChoiceField(Target.objects.none(), widget=HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fixed = self.instance.why_fixed() if self.instance.pk else ""
        self.fields["target"].disabled = bool(self.instance.pk)
        if self.instance.pk:
            self.initial["value"] = Decimal(f"{self.instance.value.normalize():f}")  # 30, not 30.0000
        self.fields["value"].error_messages["required"] = _("Enter the value too, or empty the whole row.")
        self.typed_too_late = self.changed_texts() if self.fixed else ""
        for field in self.fields.values() if self.fixed else ():
            field.disabled = True

    def changed_texts(self) -> str:
        """What was typed into the row and isn't as it is stored, from field to field."""
        typed = {name: self.data.get(self.add_prefix(name)) for name in self.fields if name != "target"}
        changed = [text for name, text in typed.items() if text and self[name]._has_changed()]
        return " · ".join(changed)

    @cached_property
    def changed_data(self):
        """A row with nothing but its target is one that nobody filled in."""
        return ["value"] if self.typed_too_late else [name for name in super().changed_data if name != "target"]

    def _get_validation_exclusions(self):
        """Whose value it is stands in no field of the row, and is checked all the same."""
        return super()._get_validation_exclusions() - {"participation", "period"}

    def clean(self):
        if self.typed_too_late:
            message = _("%(reason)s You typed: %(value)s")
            raise ValidationError(message % {"reason": self.fixed, "value": self.typed_too_late}, code="fixed")
        if not self.instance.pk and self.is_begun():
            raise ValidationError(
                _("Someone has just entered a value for this target. Correct that one."), code="begun"
            )
        return super().clean()

    def is_begun(self) -> bool:
        """Whether somebody else has entered the target meanwhile: a row leaves that to be found by the database."""
        figure = self.instance
        same = Measurement.objects.filter(target=self.cleaned_data.get("target"), period=figure.period)
        return same.filter(participation=figure.participation).exists()


class FigureRows(BaseInlineFormSet):
    """
    `participation` is the partner who reports, or None for the whole project; `documents` are the choices of evidence.
    A row that nobody changed is not looked at, unless it `submits`.
    """

    participation = None
    targets = Target.objects.none()
    documents = ()
    submits = False

    def _construct_form(self, i, **kwargs):
        row = super()._construct_form(i, **kwargs)
        row.instance.participation, row.instance.period = self.participation, self.instance
        row.fields["target"].queryset = self.targets
        row.fields["evidence_document"].queryset = Document.objects.filter(project=self.instance.project_id)
        row.fields["evidence_document"].choices = self.documents
        row.empty_permitted = not (self.submits and self.is_to_submit(row))
        return row

    def is_to_submit(self, row) -> bool:
        return bool(row.instance.pk) and SUBMIT.leads_on(row.instance)


def narrative_column() -> str:
    """The column of the reader's own language."""
    language = get_language()
    return column("narrative", language if language in active_languages() else settings.LANGUAGE_CODE)


def rows_class(measurement_admin, request, extra):
    return inlineformset_factory(
        ReportingPeriod,
        Measurement,
        form=FigureRow,
        formset=FigureRows,
        fields=["target", "value", narrative_column(), "evidence_document", "evidence_address"],
        formfield_callback=partial(field_of_row, measurement_admin, request),
        extra=extra,
        can_delete=False,
        max_num=1000,
        absolute_max=1000,
    )


def field_of_row(measurement_admin, request, db_field, **kwargs):
    """The field as the measurement's own form has it; a short list to choose from where that one searches."""
    if db_field.name == "evidence_document":
        return db_field.formfield(**kwargs)
    return measurement_admin.formfield_for_dbfield(db_field, request=request, **kwargs)
