"""What a column of a list can mean, and what kind of value it then holds."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editorial.formats import language_name
from editorial.translations import active_languages, column

Kind = Literal["text", "number", "amount", "share", "day", "country", "yes", "address", "code", "currency", "point"]


@dataclass(frozen=True)
class Field:
    """`of` says whose it is: a project's, an organisation's, or that of an organisation's part in a project."""

    name: str
    label: str | Promise
    kind: Kind = "text"
    of: Literal["project", "partner", "share", "list"] = "project"


FIELDS = {
    field.name: field
    for field in [
        Field("operation_code", _("Operation code"), "code"),
        Field("keep_id", _("Number in keep.eu"), "number"),
        Field("acronym", _("Acronym")),
        Field("title", _("Operation name")),
        Field("summary", _("Summary")),
        Field("start", _("Start"), "day"),
        Field("end", _("End"), "day"),
        Field("approved_on", _("Approved on"), "day"),
        Field("total_budget", _("Total budget"), "amount"),
        Field("union_funding", _("Union funding"), "amount"),
        Field("national_cofinancing", _("Other national co-financing"), "amount"),
        Field("rate", _("Union co-financing rate (compared, not kept)"), "share"),
        Field("call", _("Call")),
        Field("specific_objective", _("Specific objective")),
        Field("website", _("Website of the project"), "address"),
        Field("programme_cci", _("CCI code of the programme"), "code", "list"),
        Field("programme_name", _("Programme"), "text", "list"),
        Field("currency", _("Currency of the amounts"), "currency", "list"),
        Field("partner_name", _("Beneficiary or partner"), "text", "partner"),
        Field("lead_name", _("Lead partner"), "text", "partner"),
        Field("english_name", _("Organisation's name in English"), "text", "partner"),
        Field("short_name", _("Organisation's short name"), "text", "partner"),
        Field("country", _("Country"), "country", "partner"),
        Field("pic", _("PIC"), "code", "partner"),
        Field("registration_number", _("VAT or registration number"), "code", "partner"),
        Field("organisation_type", _("Type of organisation"), "text", "partner"),
        Field("legal_status", _("Legal status"), "text", "partner"),
        Field("nuts2", _("Organisation's NUTS region"), "code", "partner"),
        Field("city", _("Organisation's city"), "text", "partner"),
        Field("address", _("Organisation's postal address"), "text", "partner"),
        Field("postcode", _("Organisation's postcode"), "code", "partner"),
        Field("partner_website", _("Organisation's website"), "address", "partner"),
        Field("latitude", _("Organisation's latitude"), "point", "partner"),
        Field("longitude", _("Organisation's longitude"), "point", "partner"),
        Field("coordinates", _("Organisation's latitude and longitude"), "point", "partner"),
        Field("role", _("Role, or whether it is the lead partner"), "yes", "share"),
        Field("unit", _("Department or unit"), "text", "share"),
        Field("order", _("Place in the list of partners"), "number", "share"),
        Field("joined", _("Joined on"), "day", "share"),
        Field("left", _("Left on"), "day", "share"),
        Field("partner_budget", _("Partner's budget"), "amount", "share"),
        Field("partner_union_funding", _("Partner's Union funding"), "amount", "share"),
        Field("other_contribution", _("Partner's other contribution"), "amount", "share"),
    ]
}
PER_LANGUAGE = ("title", "summary")  # also as `title_sl`, where a column has another language than the list


def kind_of(name: str) -> Kind:
    return FIELDS[name].kind if name in FIELDS else "text"


def is_field(name: str) -> bool:
    return name in FIELDS or name in (
        column(text, code) for text in PER_LANGUAGE for code in settings.MODELTRANSLATION_LANGUAGES
    )


def choices_of_fields() -> list[tuple[str, str | Promise]]:
    """The fields with their names in the reader's language, the first of them none."""
    texts = [
        (column(text, code), f"{FIELDS[text].label} ({language_name(code)})")
        for text in PER_LANGUAGE
        for code in active_languages()
    ]
    return [("", _("Not taken")), *((field.name, field.label) for field in FIELDS.values()), *texts]
