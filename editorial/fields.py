from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from editorial.formats import country_choices
from editorial.rich_text import clean

# What of the library's editor an article needs. static/back_office/rich_text/editor.js adds the portal's own parts.
ARTICLE_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,  # without it the editor doesn't start
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Menu": False,
    "NoSpellCheck": False,
}


class RichTextField(ProseEditorField):
    """
    Text with headings, lists, quotes, links, tables and figures; whatever else comes in, from anywhere, is taken out.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"extensions": ARTICLE_EXTENSIONS, "sanitize": clean, "preset": "article"})

    def pre_save(self, model_instance, add):
        """Forms clean already; `create()`, `bulk_create()` and imports come only through here."""
        text = super().pre_save(model_instance, add)
        clean = self.sanitize(text) if text else text
        if clean != text:
            # Not by setattr: of the base column, modeltranslation would write it into the language of the moment.
            model_instance.__dict__[self.attname] = clean
        return clean


class AddressField(models.SlugField):
    """The last part of a page's address in every language: small letters and figures, hyphens between them."""

    form = _("An address has small letters a–z and figures only, with hyphens between them: “final-event-in-postojna”.")
    default_validators = [RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", form)]

    def formfield(self, **kwargs):
        return super().formfield(**{"error_messages": {"invalid": self.form}} | kwargs)


class AmountField(models.DecimalField):
    """An amount in EUR, to the cent, below ten billion. Empty means unknown or unpublished, which is not zero."""

    default_error_messages = {
        "invalid": _("“%(value)s” is not an amount. Write it in EUR with figures only, for example 1637941.00."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_digits": 12, "decimal_places": 2, "null": True, "blank": True} | kwargs)

    @property
    def validators(self):
        floor = MinValueValidator(Decimal(0), _("An amount can't be negative. Leave it empty if it is not known."))
        return [floor, *super().validators]

    def formfield(self, **kwargs):
        too_long = _("An amount has at most ten figures before the decimals. Is there a figure too many?")
        messages = {
            "max_digits": too_long,
            "max_whole_digits": too_long,
            "max_decimal_places": _("An amount in EUR has two decimals at most."),
            "invalid": _("This is not an amount. Write it in EUR with figures only, for example 1637941.00."),
        }
        return super().formfield(**{"localize": True, "error_messages": messages} | kwargs)


def not_negative(name: str, *fields: str) -> models.CheckConstraint:
    """The constraint that none of the amounts is below zero; one that isn't known contradicts nothing."""
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__gte": 0 for field in fields}))


class CountryField(models.CharField):
    """An ISO 3166 country code. EL and UK, as EU data have them, are taken for GR and GB."""

    EUROPEAN_CODES = {"EL": "GR", "UK": "GB"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 2, "choices": country_choices} | kwargs)

    def to_python(self, value):
        code = super().to_python(value)
        return self.EUROPEAN_CODES.get(code, code)

    def pre_save(self, model_instance, add):
        code = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, code)
        return code

    def deconstruct(self):
        """Country names change with the reader's language, so they stay out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


def content_languages():
    return settings.CONTENT_LANGUAGES


class LanguageField(models.CharField):
    """The language of something that exists in one only, such as a file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 2, "choices": content_languages} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs
