"""What the back office asks before a fact of a public project changes: whether it was decided, when, and why."""

from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import history
from editorial.facts import check
from editorial.keeping import keep, note_why
from editorial.restoring import Refused
from editorial.translations import columns
from editorial.versions import kind
from projects.amending import Change, changes_since, public_facts

DECISION, CORRECTION = "decision", "correction"
WAYS = [
    (DECISION, gettext_lazy("It was decided so: visitors read on the timeline what changed, when and why.")),
    (
        CORRECTION,
        gettext_lazy(
            "No decision: it corrects a mistake or fills in what was missing. The reason stands in the history."
        ),
    ),
]


class Unexplained(Refused):
    """Facts of public projects would change, and nobody has said yet why. Nothing is saved."""


class ExplanationForm(forms.Form):
    """
    Why facts of public projects change. `changes` are what it is asked about; a decision's reason is written in the
    portal's first language at least.
    """

    use_required_attribute = False
    how = forms.ChoiceField(
        label=gettext_lazy("Why does this change?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    decided_on = forms.DateField(
        label=gettext_lazy("Decided on"),
        help_text=gettext_lazy("Empty: the date of the decision is not known."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("What is corrected?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False)

    def __init__(self, changes: list[Change], data=None):
        super().__init__(data, prefix="amending")
        self.changes = changes
        for language, column in zip(dict(settings.LANGUAGES), columns("reason"), strict=True):
            self.fields[column] = forms.CharField(
                label=dict(settings.LANGUAGES)[language],
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    @property
    def mark(self) -> str:
        """What the editor has before their eyes; as it was sent where it isn't known what changes."""
        return " ".join(change.mark for change in self.changes) or self.data.get("amending-seen", "")

    def reasons(self):
        return [self[name] for name in columns("reason")]

    @property
    def has_wrong_translation(self) -> bool:
        return any(name in self.errors for name in columns("reason")[1:])

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.mark:
            message = _("What changes is no longer what you were asked about. Look at it once more, then save.")
            raise ValidationError(message, code="seen")

    def clean(self):
        cleaned = super().clean()
        how, first = cleaned.get("how"), columns("reason")[0]
        if how == CORRECTION and not cleaned.get("note"):
            self.add_error("note", ValidationError(_("Say in a few words what was wrong."), code="required"))
        if how == DECISION and not cleaned.get(first):
            self.add_error(first, ValidationError(_("Say why it was decided: visitors read it."), code="required"))
        if how == DECISION:
            self.check_amendments()
        return cleaned

    def check_amendments(self):
        for change in self.changes:
            amendment = self.amendment(change)
            for name in ["decided_on", *columns("reason")]:
                try:
                    self.check_part(amendment, name)
                except ValidationError as mistake:
                    self.add_error(name, mistake.messages)

    def check_part(self, amendment, name):
        """Raise ValidationError where the day is still to come, or a reason names a fact that there is not."""
        if name == "decided_on":
            amendment.check_decided_on()
        else:
            check(getattr(amendment, name) or "", self.fields[name].label, [amendment.project])

    def amendment(self, change):
        """The amendment of a change with what was typed, not saved."""
        amendment = change.amendment()
        for name in ["decided_on", *columns("reason")]:
            setattr(amendment, name, self.cleaned_data.get(name))
        return amendment

    def write_amendments(self) -> list:
        """Save the amendments where it was decided."""
        if self.cleaned_data["how"] != DECISION:
            return []
        return [self.write(change) for change in self.changes]

    def write(self, change):
        amendment = self.amendment(change)
        amendment.save()
        for part in change.partnership():
            part.amendment = amendment
            part.save()
        return amendment


class Explaining:
    """What a request changes of public projects, and what it says about it."""

    def __init__(self, request):
        data = request.POST if request.method == "POST" else {}
        self.data = data if "amending-seen" in data else None
        self.before, self.why, self.is_asked = {}, "", False
        self.form = ExplanationForm([], self.data) if self.data else None

    def begin(self, pks):
        self.before = public_facts(pks)

    def end(self) -> list:
        """Write amendments for what has changed since it began. Raises Unexplained where they lack an explanation."""
        changes = changes_since(self.before)
        if not changes:
            return []
        self.form, self.is_asked = ExplanationForm(changes, self.data), True
        if not self.form.is_valid():
            raise Unexplained(_("This changes facts of a published project, and nobody has said yet when and why."))
        self.why = self.form.cleaned_data["note"] if self.form.cleaned_data["how"] == CORRECTION else ""
        return self.form.write_amendments()


class Amending:
    """
    For admins by which canonical facts of a public project can change: the form asks when and why, and writes the
    amendment in the same transaction. A version that would change them, brought back, asks as well.

    The admin says with `projects_of(record)` and `projects_of_version(snapshot)` the numbers of the projects whose
    facts may change by saving a record, or by bringing a version back.
    """

    change_form_template = "admin/projects/amended_form.html"

    def changeform_view(self, request, *args, **kwargs):
        request.explaining, sent = Explaining(request), request.POST
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except Unexplained:
            request.POST = sent  # without what others changed meanwhile: it is merged into it once more
            request.held_back = _("Nothing is saved yet: first say why facts of a published project change.")
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, record, form, change):
        if explaining := getattr(request, "explaining", None):
            explaining.begin(self.projects_of(record))
        super().save_model(request, record, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.keep_amendments(request, request.explaining.end())

    def keep_amendments(self, request, amendments):
        for amendment in amendments:
            keep(amendment, request.user, history.screen_of(request), kind(self.model))

    def keep(self, request, record):
        super().keep(request, record)
        if explaining := getattr(request, "explaining", None):
            note_why(type(record), record.pk, explaining.why)

    @contextmanager
    def watched(self, request, snapshot):
        request.explaining = Explaining(request)
        with super().watched(request, snapshot):
            request.explaining.begin(self.projects_of_version(snapshot))
            yield
            self.keep_amendments(request, request.explaining.end())
            note_why(self.model, snapshot.record_id, request.explaining.why)

    def render_change_form(self, request, context, **kwargs):
        context["explaining"] = getattr(request, "explaining", None)
        return super().render_change_form(request, context, **kwargs)

    def answer(self, request, template, **context):
        explaining = getattr(request, "explaining", None)
        return super().answer(request, template, explaining=explaining, **context)
