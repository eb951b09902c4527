"""What the rows of a dataset are made of: fields under names that stay, so that programs can rely on them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import Any, Literal
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from editorial.translations import active_languages, column
from reports.cells import plain_text

Kind = Literal[
    "text", "long_text", "rich_text",
    "list",  # of texts
    "address",
    "day",
    "flag",  # true or false
    "identifier",  # a whole number that nobody reckons with, such as a year
    "number",
    "amount",  # in EUR
    "percent",  # a share of one
]  # fmt: skip
PLACES = {"amount": Decimal("0.01"), "percent": Decimal("0.0001")}


@dataclass(frozen=True)
class Field:
    """
    A fact of a record. `name` is what programs know it by, `title` and `explanation` are for people.

    `value` takes the record; of a field `per_language` it takes the language too, and the field has a column for each
    language in use. None, an empty text and an empty list are unknown.
    """

    name: str
    title: str
    explanation: str
    value: Callable[..., Any]
    format: Kind = "text"
    per_language: bool = False

    @property
    def columns(self) -> list["Column"]:
        if not self.per_language:
            return [Column(self.name, self)]
        return [Column(column(self.name, language), self, language) for language in active_languages()]


@dataclass(frozen=True)
class Column:
    name: str
    field: Field
    language: str = ""

    @property
    def format(self) -> Kind:
        return self.field.format

    def value(self, record):
        return self.field.value(record, self.language) if self.language else self.field.value(record)


def as_published(value, format: Kind, portal: str):
    """
    A value as every kind of file tells it: words of rich text, amounts to the cent, rates to four decimals; None where
    nothing is known. An address without a host gets the portal's in front of it.
    """
    if value in ("", [], None):
        return None
    if format == "rich_text":
        return plain_text(value) or None
    if format == "address":
        return urljoin(portal, value)
    return value.quantize(PLACES[format], ROUND_HALF_UP) if format in PLACES else value


def texts(path: str) -> Callable[[Any, str], str | None]:
    """The value of a field per language, of the record or of what it leads to: `title`, `programme.name`."""
    owner, _dot, name = path.rpartition(".")
    lead = attrgetter(owner) if owner else lambda record: record

    def value(record, language):
        of = lead(record)
        return of and getattr(of, column(name, language))

    return value


def page_of(record) -> str:
    """The address of a record's page in the portal's first language."""
    with override(settings.LANGUAGE_CODE):
        return record.get_absolute_url()


def project_fields(project_of: Callable[[Any], Any]) -> list[Field]:
    """By what a row tells which project it is about."""
    return [
        Field(
            "programme_cci",
            _("Programme"),
            _("The CCI code of the programme."),
            lambda record: project_of(record).programme.cci,
        ),
        Field(
            "operation_code",
            _("Operation code"),
            _("The programme’s own code of the project, unique within the programme."),
            lambda record: project_of(record).operation_code,
        ),
        Field("acronym", _("Acronym"), _("The short name of the project."), lambda record: project_of(record).acronym),
    ]


def page_field(address=page_of) -> Field:
    explanation = _("The address of the page, in the portal’s first language. It identifies the record.")
    return Field("page", _("Page"), explanation, address, "address")
