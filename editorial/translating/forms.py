from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from editorial.forms import mind_size
from editorial.translating import board


class ExportForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Into which language"))
    everything = forms.ChoiceField(
        label=gettext_lazy("Which texts"),
        choices=[("", gettext_lazy("Only what is missing or outdated")), ("all", gettext_lazy("All of them"))],
        required=False,
    )

    def __init__(self, data=None, *, user, **options):
        super().__init__(data, **options)
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(code, names[code]) for code in board.ordered_for(user)]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The translator's file"), widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xml"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mind_size(self.fields["file"], settings.XLIFF_BYTES)
