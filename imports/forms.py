"""The forms of an import: the file, and what its columns mean."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import language_name
from editorial.forms import mind_size
from imports.fields import FIELDS, choices_of_fields
from imports.models import Import
from imports.programmes import CCI
from imports.reading.separated import SEPARATORS
from imports.rereading import ENCODINGS
from imports.showing import SIGNS
from projects.models import Programme

FORMATS = ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.html,.htm"


WHOLE = ["programme", "cci", "language", "currency"]
GROUPS = {
    "project": gettext_lazy("Project"),
    "partner": gettext_lazy("Organisation"),
    "share": gettext_lazy("The organisation’s part in the project"),
    "list": gettext_lazy("Programme and currency"),
}


def fields_in_groups() -> list:
    """The fields that a column of a list can fill, by whose they are; the first is none of them."""
    groups = {}
    for name, label in choices_of_fields():
        if name:
            groups.setdefault(FIELDS[name].of if name in FIELDS else "project", []).append((name, label))
    return [("", _("Not taken")), *((GROUPS[of], fields) for of, fields in groups.items())]


class OfTheList(forms.Form):
    """What a list may not say itself of all its rows."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("Programme"),
        required=False,
        empty_label=gettext_lazy("As the list says"),
        help_text=gettext_lazy("Of the rows that name none."),
    )
    cci = forms.CharField(
        label=gettext_lazy("CCI code of another programme"),
        required=False,
        validators=[
            RegexValidator(rf"(?i)^{CCI.pattern}\Z", gettext_lazy("A CCI code has 15 characters, as 2014TC16RFIR001."))
        ],
        help_text=gettext_lazy("Of one that can’t be chosen here: it is made together with the list."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its texts"),
        required=False,
        help_text=gettext_lazy("Of titles and summaries whose column doesn’t say it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.select_related("period").lean()
        named = [(code, language_name(code)) for code, _name in settings.CONTENT_LANGUAGES]
        self.fields["language"].choices = [("", _("Recognise it")), *named]

    def clean(self):
        given = super().clean()
        given["cci"] = given.get("cci", "").upper()
        if given.get("programme") and given["cci"]:
            self.add_error("cci", _("Choose a programme or enter a code, not both."))
        return given


class UploadForm(OfTheList):
    file = forms.FileField(
        label=gettext_lazy("The list"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={"required": gettext_lazy("Choose the file that holds the list.")},
    )
    field_order = ["file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mind_size(self.fields["file"], settings.IMPORT_BYTES)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_BYTES:
            message = _("The file has more than %(limit)s. Divide it, as by programme or by year.")
            raise ValidationError(message % {"limit": filesizeformat(settings.IMPORT_BYTES)}, code="large")
        return file


class RereadForm(forms.Form):
    """How the file is to be read, where it was recognised wrongly: of a text also its encoding and separator."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    separator = forms.ChoiceField(label=gettext_lazy("Separator between the cells"), required=False)

    def __init__(self, one: Import, data=None):
        super().__init__(data, initial=one.reading)
        self.one = one
        as_found = ("", _("As recognised"))
        self.fields["encoding"].choices = [as_found, *((name, name) for name in ENCODINGS)]
        self.fields["separator"].choices = [as_found, *((sign, SIGNS[name]) for sign, name in SEPARATORS.items())]
        if not one.format.startswith("CSV"):
            del self.fields["encoding"], self.fields["separator"]
        for place, table in enumerate(one.tables):
            self.fields[f"header-{place}"] = forms.IntegerField(
                label=header_label(table["sheet"]), required=False, min_value=1, initial=table.get("header_row")
            )

    def header_rows(self) -> list[int | None]:
        return [self.cleaned_data[f"header-{place}"] for place in range(len(self.one.tables))]


def header_label(sheet: str) -> str:
    return _("Row of headers in the sheet “%(sheet)s”") % {"sheet": sheet} if sheet else _("Row of headers")


class ColumnsForm(OfTheList):
    """What holds for the whole list, and for each column of its tables the field that it fills."""

    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        validators=[RegexValidator(r"(?i)^[a-z]{3}\Z", gettext_lazy("A currency has three letters, as EUR or GBP."))],
        widget=forms.TextInput(attrs={"size": 5, "autocapitalize": "characters"}),
        help_text=gettext_lazy("Of amounts that say no other. None is converted into euro."),
    )

    def __init__(self, one: Import, data=None):
        super().__init__(data, initial={name: getattr(one, name) for name in WHOLE})
        self.one = one
        self.fields["language"].choices = self.fields["language"].choices[1:]
        self.fields["language"].required = True
        choices = fields_in_groups()
        for place, table in enumerate(one.tables):
            for number, header in enumerate(table.get("columns", [])):
                meant = table["mapping"][number]
                field = forms.ChoiceField(label=header, choices=choices, required=False, initial=meant)
                self.fields[name_of(place, number)] = field

    @property
    def is_unknown(self) -> bool:
        """Whether the header of no column is known."""
        return not any(field for table in self.one.tables for field in table["mapping"])

    def clean(self):
        given = super().clean()
        columns = [name for name in self.fields if name.startswith("column-")]
        if not any(given.get(name) for name in columns):
            raise ValidationError(_("Choose for at least one column which field it fills."), code="none")
        return given

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def mappings(self) -> list[list[str]]:
        """What was chosen, as `imports.receiving.correct` takes it."""
        return [
            [self.cleaned_data[name_of(place, number)] for number in range(len(table.get("columns", [])))]
            for place, table in enumerate(self.one.tables)
        ]

    def close(self):
        """Let everything be read and nothing be chosen."""
        for field in self.fields.values():
            field.disabled = True

    def common(self) -> list:
        return [self[name] for name in WHOLE]

    def tables(self) -> list[dict]:
        """For the page: each table that is taken with its columns, each with header, examples and choice."""
        return [
            table | {"place": place, "columns": list(self.columns(place, table))}
            for place, table in enumerate(self.one.tables)
            if table["columns"]
        ]

    def left_out(self) -> list[str]:
        """The names of the sheets in which no headers were recognised."""
        return [table["sheet"] for table in self.one.tables if not table["columns"]]

    def columns(self, place: int, table: dict):
        for number, header in enumerate(table.get("columns", [])):
            yield {
                "header": header,
                "samples": table["samples"][number],
                "is_guess": number in table.get("guessed", []),
                "field": self[name_of(place, number)],
            }


def name_of(table: int, column: int) -> str:
    return f"column-{table}-{column}"
