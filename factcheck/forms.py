from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from editorial.rights import in_reach_of
from factcheck.checking import languages
from projects.models import Project

TEXT_BYTES = 200 * 1024


def check_length(text: str):
    """Raise ValidationError where a text has more bytes than are checked at once."""
    if len(text.encode()) > TEXT_BYTES:
        message = _("This text is longer than %(limit)s. Check it part by part.")
        raise ValidationError(message % {"limit": filesizeformat(TEXT_BYTES)}, code="long")


class OutsideText(forms.Form):
    """A text from elsewhere, and what it speaks of."""

    project = forms.ModelChoiceField(Project.objects.none(), label=gettext_lazy("Which project it speaks of"))
    language = forms.ChoiceField(label=gettext_lazy("Its language"))
    as_of = forms.DateField(
        label=gettext_lazy("Written on, if you know"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It is held against what was true then. Empty: it has to be true today."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 12, "data-limit": TEXT_BYTES}),
        error_messages={"required": gettext_lazy("Paste the text that is to be checked.")},
    )

    def __init__(self, data, user):
        super().__init__(data, initial={"language": get_language()})
        projects = in_reach_of(user, Project.objects.order_by("acronym"))
        self.fields["project"].queryset = projects.lean()
        self.fields["language"].choices = [each for each in settings.CONTENT_LANGUAGES if each[0] in languages()]
        limit = _("This text is longer than %(limit)s. Check it part by part.")
        limit %= {"limit": filesizeformat(TEXT_BYTES)}
        self.fields["text"].widget.attrs |= {"data-too-long": limit}

    def clean_text(self):
        check_length(self.cleaned_data["text"])
        return self.cleaned_data["text"].replace("\r\n", "\n")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        error_messages={
            "required": gettext_lazy("Say why this is right although the record differs: others read it."),
            "max_length": gettext_lazy("Say it in 500 characters at most."),
        },
    )
