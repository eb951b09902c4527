"""What the back office's forms need beyond Django's own."""

import re

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.utils import ErrorList
from django.template.defaultfilters import filesizeformat
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from editorial.facts import check, facts, refuse
from editorial.pictures import check_picture, plain_copy
from editorial.translations import column


def number_pattern() -> str:
    """How a number may look in the reader's language: digits, alone or in groups of three, then decimals."""
    group, decimal = re.escape(get_format("THOUSAND_SEPARATOR")), re.escape(get_format("DECIMAL_SEPARATOR"))
    return rf"[+-]?(\d*|\d{{1,3}}({group}\d{{3}})+)(({decimal}|\.)\d*)?"


class LocalNumberField(forms.DecimalField):
    """
    A number as the form's language writes it, with any spaces. Another language's notation is refused, not guessed at:
    Django alone reads “1637941,00” in English as a hundred times as much.
    """

    def to_python(self, value):
        if self.localize and isinstance(value, str):
            value = "".join(value.split())
            if not re.fullmatch(number_pattern(), value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def record_number(value):
    """The same, or 0, which no record has, where it can't be a record's number: Django would fail on it."""
    return value if not value or (value.isdecimal() and len(value) < 19) else "0"


class ChooseOne(AutocompleteSelect):
    """`chosen` holds records that are known already, by their keys; the copies of a field in a form's rows share it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = {}

    def optgroups(self, name, value, attr=None):
        record = self.chosen.get("".join(value))
        if record is None:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(record)
        return [(None, [*none, self.create_option(name, record.pk, label, True, len(none))], 0)]

    def value_from_datadict(self, data, files, name):
        return record_number(super().value_from_datadict(data, files, name))


def find_chosen(formset):
    """Let the rows of a form name what they have chosen with one query a field, where Django takes one a row."""
    for name, field in formset.form.base_fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, ChooseOne):
            keys = {str(row[name].value() or "") for row in formset.initial_forms + formset.extra_forms} - {""}
            widget.chosen |= {str(record.pk): record for record in field.queryset.filter(pk__in=keys)}


class ChooseSeveral(AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        """Without select2's button that takes out all at once, which breaks the list for screen readers."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}

    def value_from_datadict(self, data, files, name):
        return [record_number(value) for value in super().value_from_datadict(data, files, name)]


class DateAndTime(AdminSplitDateTime):
    """Django's two fields for a moment, each of which has a name of its own here."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Date"), _("Time")), strict=True):
            part["attrs"]["aria-label"] = label
        return context


class Mistakes(ErrorList):
    """Django draws a template for each field without a mistake too, which takes a fifth of a large form's time."""

    def render(self, *args, **kwargs):
        return super().render(*args, **kwargs) if self else ""


class RecordForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"error_class": Mistakes} | kwargs)

    def clean(self):
        """The facts that texts name are there; a short text names none."""
        cleaned = super().clean()
        for name, text in [(name, text) for name, text in cleaned.items() if isinstance(text, str) and "[[" in text]:
            field = next((field for field in self._meta.model._meta.fields if field.name == name), None)
            if isinstance(field, TranslationField):
                try:
                    self.check_facts(text, self.fields[name].label, is_long=isinstance(field, models.TextField))
                except ValidationError as mistake:
                    self.add_error(name, mistake)
        return cleaned

    def check_facts(self, text, label, is_long):
        if is_long:
            check(text, label, self.subjects())
        else:
            refuse(text, label)

    def subjects(self) -> list | None:
        """What the record's facts will be about once it is saved as typed; None where that isn't known yet."""
        whole = getattr(self._meta.model, "belongs_to", None)
        if whole in self.errors or (whole and whole not in self.fields and not self.instance.pk):
            return None
        if whole not in self.cleaned_data:
            return facts.subjects_of(self.instance)
        value = self.cleaned_data[whole]
        wholes = value if isinstance(value, models.QuerySet) else [value]
        return [subject for each in wholes for subject in facts.subjects_of(each)]

    def add_error(self, field, error):
        """What a model finds wrong with a text is said beside it in the portal's first language."""
        if hasattr(error, "error_dict"):
            error = ValidationError({self.place_of(name): errors for name, errors in error.error_dict.items()})
        super().add_error(field, error)

    def place_of(self, name) -> str:
        places = [name, column(name, settings.LANGUAGE_CODE)]
        return next((place for place in places if place in self.fields), NON_FIELD_ERRORS)


def mind_size(field, limit: int):
    """Let file_size.js say beside the field that a file has more bytes than the limit, before it is sent in vain."""
    message = _("This file has more than %(limit)s. Save it smaller and choose it again.")
    field.widget.attrs |= {"data-limit": limit, "data-too-large": message % {"limit": filesizeformat(limit)}}


def checked_copy(file):
    """The picture that is kept of a file: without what else lay in it. ValidationError where it is none."""
    check_picture(file)
    return plain_copy(file)


class StoredFileForm(RecordForm):
    """A file is checked when it comes in, and not read once more whenever something beside it changes."""

    limit = "DOCUMENT_BYTES"  # the setting that says how large it may be

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):
                mind_size(field, getattr(settings, self.limit))

    def _get_validation_exclusions(self):
        files = {name for name, field in self.fields.items() if isinstance(field, forms.FileField)}
        return super()._get_validation_exclusions() | files.difference(self.changed_data)


class PictureForm(StoredFileForm):
    limit = "PICTURE_BYTES"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.focal_point():
            field.required = field.widget.is_required = False
            field.widget.attrs |= {"max": 100}

    def focal_point(self):
        return [self.fields[name] for name in ("focus_x", "focus_y") if name in self.fields]

    def clean(self):
        """A focal point left empty is the middle."""
        cleaned = super().clean()
        return cleaned | {name: 50 for name in ("focus_x", "focus_y") if name in cleaned and cleaned[name] is None}

    def clean_file(self):
        file = self.cleaned_data["file"]
        return checked_copy(file) if "file" in self.changed_data else file
