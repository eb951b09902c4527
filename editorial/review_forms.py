"""What is typed to take a step of the review, and how a record's own form is saved together with one."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.forms import RecordForm
from editorial.readiness import Gap
from editorial.review import Step, obstacle, step_named


class StepForm(forms.Form):
    """The reason for a step, and the time where it has one. `data` is what was sent, whichever step it was for."""

    use_required_attribute = False
    due = forms.DateTimeField(
        label=gettext_lazy("Visitors see it from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, step: Step, data=None, **kwargs):
        super().__init__(data, prefix=f"review-{step.code}", **kwargs)
        self.step = step
        note = self.fields["note"]
        note.required = step.needs_note
        note.label = (
            _("Why? Those concerned read it.") if step.needs_note else _("Note to those concerned, if you like")
        )
        note.error_messages["required"] = _("Say why: those who wrote it read this.")
        if not step.needs_time:
            del self.fields["due"]

    def clean_due(self):
        if self.cleaned_data["due"] <= timezone.now():
            raise ValidationError(_("This time has passed. Set one to come, or publish it now."), code="past")
        return self.cleaned_data["due"]


@dataclass
class Asked:
    """The step that someone asks for by a button of a record's form; `gaps` are what kept it from being published."""

    step: Step
    user: object
    form: StepForm
    gaps: list[Gap] = field(default_factory=list)
    before: str = ""  # the record's standing until then

    @classmethod
    def by(cls, request, model):
        """What a request asks for; None where it only saves."""
        step = step_named(request.POST.get("_step"), model) if request.method == "POST" else None
        return cls(step, request.user, StepForm(step, request.POST)) if step else None

    def faults(self, record) -> list[tuple[str, str]]:
        """Why the step can't be taken with what was typed: fields, or none, with sentences."""
        if reason := obstacle(self.step, self.user, record):
            return [("", reason)]
        if not self.form.is_valid():
            return [("", message) for messages in self.form.errors.values() for message in messages]
        if not self.gaps:
            return []
        message = _("Nothing is saved yet: visitors may see this only when nothing required is missing.")
        return [("", message), *((gap.field, gap.text) for gap in self.gaps)]


class ReviewedForm(RecordForm):
    """The form of a record that takes steps. Its standing travels along, so that a step by others is noticed."""

    standing = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=forms.HiddenInput)
    asked: Asked | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = self.instance.standings
        self.initial["standing"] = self.instance.standing
        if "published_at" in self.fields:
            self.fields["published_at"].help_text = _("The day that visitors read. Empty: the moment of publishing.")

    def clean_published_at(self):
        moment = self.cleaned_data["published_at"]
        if "published_at" in self.changed_data and moment and moment > timezone.now():
            message = _("This time is still to come. To publish it then, choose “Schedule” at the top of the form.")
            raise ValidationError(message, code="to_come")
        return moment

    def clean(self):
        cleaned = super().clean()
        for name, message in self.asked.faults(self.instance) if self.asked else []:
            if name in self.fields or not name:
                self.add_error(name or None, ValidationError(message, code="step"))
        return cleaned
